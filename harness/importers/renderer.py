"""A program of its own: fills templates of other people's benchmarks, within bounds of time and memory.

It reads ``{"strict", "templates", "values", "jobs": [[template, values], …]}`` as JSON and writes a list: a
text for each job, or ``{"error": …}``. Templates run in Jinja's sandbox, which keeps them from the machine
but not from taking all its time and memory: that is why it is a process.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from contextlib import suppress
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MOST = 256 << 20  # characters of all texts together


def main() -> None:
    """Read the jobs, do them, write the texts; its arguments are seconds and bytes of memory."""
    seconds, memory = map(int, sys.argv[1:])
    for limit, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # where a system has no such limit
            resource.setrlimit(limit, (value, value))
    given = json.load(sys.stdin)
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined if given["strict"] else ChainableUndefined, keep_trailing_newline=True
    )
    environment.filters["regex_replace"] = _regex_replace
    environment.filters["dump"] = lambda value: json.dumps(value, ensure_ascii=False)
    environment.filters["load"] = json.loads
    compiled: dict[int, Template] = {}
    texts: list[Any] = []
    left = _MOST
    for template, values in given["jobs"]:
        try:
            if template not in compiled:
                compiled[template] = environment.from_string(given["templates"][template])
            text = compiled[template].render(given["values"][values])
        except MemoryError:
            raise
        except Exception as error:  # whatever a template does wrong is its own fault
            texts.append({"error": f"{type(error).__name__}: {error}"})
            continue
        left -= len(text)
        if left < 0:
            raise MemoryError
        texts.append(text)
    json.dump(texts, sys.stdout)


def _regex_replace(text: str, pattern: str, replacement: str) -> str:
    """The one filter that lm-evaluation-harness adds to Jinja's."""
    return re.sub(pattern, replacement, text)


if __name__ == "__main__":
    main()

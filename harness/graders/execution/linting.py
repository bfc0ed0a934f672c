"""What linters have in common: one visit to the sandbox for many files, and what it printed of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from harness.errors import SandboxUnavailable
from harness.sandbox.base import Limits, Sandbox

_EACH_S = 1.0  # for each answer, beside the limits of one
_MOST = 1 << 18  # bytes about one answer; of one with more to say, nothing is counted
_CUT = f"head -c {_MOST}; echo"

BrokenRules = Mapping[str, int]  # rule → how often it was broken


class Linter(Protocol):
    """Reads every file of a folder; code that the compiler refuses is not among what comes back."""

    def __call__(self, folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, BrokenRules]: ...


def missing(language: str, tool: str, remedy: str) -> SandboxUnavailable:
    """A linter that is not installed; ``remedy`` is the command that installs it."""
    return SandboxUnavailable(f"no code in {language} is linted: there is no {tool}; {remedy}")


def printed(
    command: str, folder: Path, names: Sequence[str], sandbox: Sandbox, readonly: Sequence[Path]
) -> Iterator[tuple[str, bytes]]:
    """What ``command`` prints of each file, in one visit to the sandbox."""
    more = _EACH_S * len(names)
    outcome = sandbox.run(
        ["/bin/sh", "-c", f'for name in {" ".join(names)}; do echo "@$name"; {command} 2>&1 | {_CUT}; done'],
        workdir=folder,
        limits=Limits(
            wall_s=20 + more, cpu_s=20 + more, memory_mb=3072, processes=64, file_mb=64, output_kb=65536
        ),
        writable=True,
        readonly=readonly,
    )
    parts = (b"\n" + outcome.stdout).split(b"\n@")[1:]
    for part in parts[:-1] if outcome.stopped_by else parts:  # the last one is not whole
        name, _, output = part.partition(b"\n")
        if name.decode() in names and len(output) < _MOST:
            yield name.decode(), output


def json_lines(output: bytes) -> list[Mapping[str, Any]]:
    """The JSON objects among the lines."""
    return [json.loads(line) for line in output.splitlines() if line.startswith(b"{")]

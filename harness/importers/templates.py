"""Templates of other people's benchmarks, filled in a process that can be stopped (``renderer``)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError

_PROGRAM = Path(__file__).with_name("renderer.py")
_CPU_S = 60
_MEMORY = 2 << 30  # bytes
_REASON = 200  # characters of an error


@dataclass(frozen=True, slots=True)
class Job:
    """A template and the values of its places. ``where`` names it in an error."""

    template: str
    values: Mapping[str, Any]
    where: str


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Why a template could not be filled."""

    reason: str


def fill(jobs: Sequence[Job], source: Path) -> list[str]:
    """The text of each job; a value that is missing is an error. Raises ``ConfigError`` for the first one."""
    texts = []
    for job, text in zip(jobs, fill_each(jobs, source, strict=True), strict=True):
        if isinstance(text, Unfilled):
            raise ConfigError(f"{job.where}: {text.reason}")
        texts.append(text)
    return texts


def fill_each(jobs: Sequence[Job], source: Path, *, strict: bool) -> list[str | Unfilled]:
    """The text of each job, or why there is none. Raises ``ConfigError`` where all together take too much."""
    if not jobs:
        return []
    templates = {
        template: number for number, template in enumerate(dict.fromkeys(job.template for job in jobs))
    }
    values = {id(job.values): job.values for job in jobs}
    places = {identity: number for number, identity in enumerate(values)}
    given = {
        "strict": strict,
        "templates": list(templates),
        "values": list(values.values()),
        "jobs": [[templates[job.template], places[id(job.values)]] for job in jobs],
    }
    done = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", str(_PROGRAM), str(_CPU_S), str(_MEMORY)],
        input=json.dumps(given, default=str),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={},
        timeout=20 * _CPU_S,
    )
    if done.returncode > 0 and "MemoryError" not in done.stderr:
        raise RuntimeError(done.stderr)
    if done.returncode:
        raise ConfigError(f"{source}: the templates take more than {_CPU_S} seconds, or too much memory")
    return [
        text if isinstance(text, str) else Unfilled(_one_line(text["error"]))
        for text in json.loads(done.stdout)
    ]


def _one_line(reason: str) -> str:
    return " ".join(reason.split())[:_REASON]

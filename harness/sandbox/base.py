"""What every sandbox level offers: files in, one command, limits → exit, output, usage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

ENVIRONMENT: Mapping[str, str] = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one command; exceeding any of them ends it."""

    wall_s: float = 10.0
    cpu_s: float = 10.0
    memory_mb: int = 1024  # address space of a process
    processes: int = 32  # processes and threads
    file_mb: int = 0  # largest file it may write, in /tmp at least; 0: no writable folder at all
    output_kb: int = 1024  # stdout and stderr, each


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sandboxed command did.

    ``exit_code`` is ``None`` when it was killed; ``stopped_by`` then names the
    limit: ``wall``, ``cpu``, ``memory``, ``output``, ``disk``, ``signal:N``.
    """

    exit_code: int | None
    stdout: bytes
    stderr: bytes
    stopped_by: str | None
    wall_s: float
    cpu_s: float
    max_rss_mb: float
    channel: bytes = b""  # what a warm Python's script wrote to its result channel


class Sandbox(Protocol):
    """A place where code that nobody trusts may run."""

    level: str  # "bwrap" or "none", stamped into the rows' metrics

    def run(
        self,
        argv: Sequence[str],
        *,
        workdir: Path,
        limits: Limits,
        writable: bool = False,
        stdin: bytes = b"",
        env: Mapping[str, str] = ENVIRONMENT,
        readonly: Sequence[Path] = (),
    ) -> Outcome:
        """Run ``argv`` in ``workdir`` (seen as ``/work`` inside).

        ``workdir`` is read-only unless ``writable`` (compilers need it); ``readonly``
        names toolchain folders that must be visible at their own paths. Raises
        ``SandboxUnavailable`` when the machine, not the code, is at fault.
        """
        ...


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What a level was seen to enforce: probe name → was it stopped."""

    level: str
    stopped: Mapping[str, bool] = field(default_factory=dict)

"""What the launcher is asked on its standard input, and what it replies on its standard output.

Each is one plain tuple, as ``marshal`` writes it: both ends are the same interpreter, and the command sees
neither. A reply that is text says what the machine lacks: the command could not be started.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Rlimit = tuple[int, int, int]  # resource, soft, hard


class LaunchRequest(NamedTuple):
    """One command, what it is given, and its limits. Descriptors are numbers that the command sees."""

    argv: list[str]  # as ``execve`` takes it
    env: dict[str, str]
    cwd: str = "/"
    files: Mapping[int, bytes] = {}  # descriptor → content of an open file
    keep: Mapping[int, int] = {}  # descriptor → one that the launcher inherited
    status: tuple[int, int] | None = None  # bubblewrap's --json-status-fd, --block-fd, if it is that
    rlimits: Sequence[Rlimit] = ()  # of the program
    inner: Sequence[Rlimit] = ()  # of the sandbox's first process, set before the command starts
    wall_s: float = 1e6  # the deadline; for ever
    output: int = 1 << 20  # bytes of stdout, and of stderr, after which it is stopped
    user: int | None = None  # the uid and gid to become, which needs root
    show: Sequence[str] = ()  # paths that this user must be able to reach, whatever lies above them
    workdir: str | None = None  # the folder that this user is to own
    disk: int | None = None  # the bytes by which ``workdir`` may grow


class Reply(NamedTuple):
    """How a command ended, and what it and all that it started used."""

    status: int  # as ``os.wait4`` gives it
    exit: int | None  # the exit code that bubblewrap reported
    stdout: bytes
    stderr: bytes
    stopped: str | None  # wall, output, disk: what it was stopped by
    wall_s: float
    cpu_s: float
    max_rss_mb: float


class Machine(Exception):
    """The command could not be started; the command is not to blame."""

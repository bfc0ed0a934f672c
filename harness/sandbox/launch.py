"""The harness's end of the launcher: processes that start and watch over sandboxed commands."""

from __future__ import annotations

import contextlib
import marshal
import math
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from harness.errors import SandboxUnavailable
from harness.sandbox.base import Limits, Outcome

SCRIPT = Path(__file__).with_name("launcher.py")
LAST_WORDS = (  # of programs that hit their memory limit: Python, Rust, C++, Go, LLVM, the linker
    b"MemoryError",
    b"memory allocation of ",
    b"bad_alloc",
    b"out of memory",
    b"annot allocate memory",
    b"memory exhausted",
)


class Launcher:
    """One launcher process; it runs one command at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env={},
            start_new_session=True,  # Ctrl-C is for the harness, which then hangs up
        )

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Have one command run; ``SandboxUnavailable`` when the machine is at fault."""
        assert self._process.stdin and self._process.stdout and self._process.stderr
        try:
            marshal.dump(request, self._process.stdin)
            self._process.stdin.flush()
            reply: dict[str, Any] = marshal.load(self._process.stdout)
        except (OSError, EOFError) as error:
            said = self._process.stderr.read().decode(errors="replace").strip().splitlines()
            raise SandboxUnavailable(f"the sandbox's launcher died: {said[-1] if said else error}") from None
        if "failure" in reply:
            raise SandboxUnavailable(f"the sandbox cannot start: {reply['failure']}")
        return reply

    def close(self) -> None:
        """End it."""
        self._process.communicate()


class Launchers:
    """As many launchers as there are commands at once; safe to use from several threads."""

    def __init__(self) -> None:
        self._idle: list[Launcher] = []
        self._lock = threading.Lock()

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Have one command run by a launcher that is free."""
        with self._lock:
            launcher = self._idle.pop() if self._idle else None
        launcher = launcher or Launcher()
        try:
            reply = launcher.ask(request)
        except BaseException:  # an interrupted launcher may still hold somebody's reply
            launcher.close()
            raise
        with self._lock:
            self._idle.append(launcher)
        return reply

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            idle, self._idle = self._idle, []
        for launcher in idle:
            with contextlib.suppress(OSError):
                launcher.close()


def rlimits(limits: Limits, *, writable: bool) -> list[tuple[int, int, int]]:
    """``limits`` as the kernel takes them, for each process: (resource, soft, hard)."""
    memory = limits.memory_mb << 20
    size = limits.file_mb << 20 if writable else 0
    cpu = math.ceil(limits.cpu_s)
    return [
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu, cpu + 1),  # SIGXCPU, which says why, before SIGKILL
        (resource.RLIMIT_FSIZE, size, size),
        (resource.RLIMIT_NOFILE, 256, 256),
        (resource.RLIMIT_CORE, 0, 0),
    ]


def outcome(reply: dict[str, Any], exit_code: int | None, killed_by: int | None) -> Outcome:
    """A launcher's reply, with the exit code or the signal that its caller read out of it."""
    stopped = reply["stopped"]
    if stopped is None and killed_by is not None:
        stopped = "cpu" if killed_by == signal.SIGXCPU else f"signal:{killed_by}"
    if (stopped is None and exit_code != 0) or stopped == f"signal:{signal.SIGABRT}":
        stopped = "memory" if ran_out_of_memory(reply["stderr"]) else stopped
    return Outcome(
        exit_code=exit_code if stopped is None else None,
        stdout=reply["stdout"],
        stderr=reply["stderr"],
        stopped_by=stopped,
        wall_s=reply["wall_s"],
        cpu_s=reply["cpu_s"],
        max_rss_mb=reply["max_rss_mb"],
    )


def ran_out_of_memory(stderr: bytes) -> bool:
    """Whether the last words of a failed program speak of memory: ``RLIMIT_AS`` kills nobody."""
    return any(words in stderr[-4096:] for words in LAST_WORDS)

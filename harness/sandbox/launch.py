"""The harness's end of the launcher: processes that start and watch over sandboxed commands."""

from __future__ import annotations

import contextlib
import marshal
import math
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.errors import SandboxUnavailable
from harness.sandbox.base import Limits, Outcome
from harness.sandbox.launcher.protocol import LaunchRequest, Reply, Rlimit

SCRIPT = Path(__file__).with_name("launcher") / "launcher.py"
LIMIT_SIGNALS = {signal.SIGXCPU.value: "cpu", signal.SIGXFSZ.value: "disk"}
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

    def __init__(self, inherit: Sequence[int] = ()) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env={},
            pass_fds=inherit,
            start_new_session=True,  # Ctrl-C is for the harness, which then hangs up
        )

    def send(self, request: LaunchRequest) -> None:
        """Have a command run."""
        assert self._process.stdin
        plain: tuple[Any, ...] = tuple(request)
        try:
            marshal.dump(plain, self._process.stdin)
            self._process.stdin.flush()
        except OSError as error:
            raise self._failure(error) from None

    def receive(self) -> Reply:
        """Wait for the command's end; ``SandboxUnavailable`` when the machine is at fault."""
        assert self._process.stdout
        try:
            reply = marshal.load(self._process.stdout)
        except EOFError as error:
            raise self._failure(error) from None
        if isinstance(reply, str):
            raise SandboxUnavailable(f"the sandbox cannot start: {reply}")
        return Reply(*reply)

    def _failure(self, error: Exception) -> SandboxUnavailable:
        assert self._process.stderr
        reason = last_line(self._process.stderr.read()) or repr(error)
        return SandboxUnavailable(f"the sandbox's launcher died: {reason}")

    def close(self) -> None:
        """End it, and the command that may still be running."""
        with contextlib.suppress(OSError, ValueError):  # dead, or closed already
            self._process.communicate()

    def __del__(self) -> None:
        """End it with whoever held it: ``Popen`` alone would keep the pipes open."""
        self.close()


class Launchers:
    """As many launchers as there are commands at once; safe to use from several threads."""

    def __init__(self) -> None:
        self._idle: list[Launcher] = []
        self._lock = threading.Lock()

    def run(self, request: LaunchRequest) -> Reply:
        """Have one command run by a launcher that is free."""
        with self._lock:
            launcher = self._idle.pop() if self._idle else None
        launcher = launcher or Launcher()
        try:
            launcher.send(request)
            reply = launcher.receive()
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
            launcher.close()


def rlimits(limits: Limits) -> list[Rlimit]:
    """``limits`` as the kernel takes them, for each process."""
    memory = limits.memory_mb << 20
    size = limits.file_mb << 20
    cpu = math.ceil(limits.cpu_s)
    return [
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu, cpu + 1),  # SIGXCPU, which says why, before SIGKILL
        (resource.RLIMIT_FSIZE, size, size),
        (resource.RLIMIT_NOFILE, 256, 256),
        (resource.RLIMIT_CORE, 0, 0),
    ]


def outcome(reply: Reply, exit_code: int | None, killed_by: int | None, channel: bytes = b"") -> Outcome:
    """A reply, with the exit code or the signal that the caller read out of it."""
    stopped = reply.stopped
    if stopped is None and killed_by is not None:
        stopped = LIMIT_SIGNALS.get(killed_by, f"signal:{killed_by}")
    failed = stopped is None and exit_code != 0
    if (failed or killed_by == signal.SIGABRT) and ran_out_of_memory(reply.stderr):
        stopped = "memory"
    return Outcome(
        exit_code=exit_code if stopped is None else None,
        stdout=reply.stdout,
        stderr=reply.stderr,
        stopped_by=stopped,
        wall_s=reply.wall_s,
        cpu_s=reply.cpu_s,
        max_rss_mb=reply.max_rss_mb,
        channel=channel,
    )


def plain_outcome(reply: Reply, channel: bytes = b"") -> Outcome:
    """The outcome of a program that was started without bubblewrap reporting on it, or forked."""
    code = os.waitstatus_to_exitcode(reply.status)
    return outcome(reply, code if code >= 0 else None, -code if code < 0 else None, channel)


def ran_out_of_memory(stderr: bytes) -> bool:
    """Whether the last words of a failed program speak of memory: ``RLIMIT_AS`` kills nobody."""
    return any(words in stderr[:4096] or words in stderr[-4096:] for words in LAST_WORDS)


def last_line(text: bytes) -> str:
    """The last line of an error message, or nothing."""
    return (text.decode(errors="replace").strip().splitlines() or [""])[-1]

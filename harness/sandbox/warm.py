"""A Python that is already running inside the sandbox, and forks for every script.

Starting a sandbox and a Python costs tens of milliseconds, a fork about one. Usage::

    worker = warm_python(sandbox)          # this thread's worker, started when first needed
    outcome = worker.run(script, limits=Limits(wall_s=2, cpu_s=2, memory_mb=512))

``script`` is the whole program: inputs, driver and candidate. It runs as ``__main__``
in a fresh child (standard library only, no ``site-packages``, no ``/proc``, no writable
folder, no processes but threads), and nothing of it is left for the next one. What it
writes to the descriptor ``__channel__`` (a global of the script; keep a copy and delete
the name before the candidate's code is run) comes back as ``Outcome.channel``, apart from
``stdout`` and ``stderr``; each of the three is capped at ``output_kb``. Exit code 0 means
that the script ran to its end or left with ``SystemExit(0)``.
"""

from __future__ import annotations

import math
import os
import select
import socket
import threading
import time
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.sandbox.bwrap import Bwrap
from harness.sandbox.interpreter import OWN, Interpreter
from harness.sandbox.launch import Launcher, last_line, plain_outcome
from harness.sandbox.launcher.protocol import Reply
from harness.sandbox.supervisor import CONTROL, JOB, KILL, READY, REPLY
from harness.sandbox.unsafe import Unsandboxed

SOURCE = Path(__file__).with_name("supervisor.py")
START_S = 20.0  # until the supervisor has loaded its modules
GRACE_S = 5.0  # beyond a job's deadline, the supervisor must have answered
JOBS = 2000  # a supervisor is replaced after so many
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp", "PYTHONHASHSEED": "0"}


class WarmPython:
    """One supervisor; it runs one script at a time. Not for use from two threads at once."""

    def __init__(self, sandbox: Bwrap | Unsandboxed, interpreter: Interpreter = OWN) -> None:
        self.sandbox = sandbox
        self.interpreter = interpreter
        self._launcher: Launcher | None = None
        self._jobs = 0

    def run(self, script: bytes, *, limits: Limits) -> Outcome:
        """Run ``script`` in a child of its own; ``SandboxUnavailable`` if that is impossible."""
        for last in (False, True):
            if self._launcher is None or self._jobs >= JOBS:
                self._start()
            self._jobs += 1
            try:
                return self._run(script, limits)
            except (OSError, EOFError):
                self.close()
                if last:
                    raise SandboxUnavailable("the sandbox's warm Python died twice") from None
            except BaseException:  # interrupted: an answer may still be under way
                self.close()
                raise
        raise AssertionError

    def close(self) -> None:
        """End the supervisor; it starts again when needed."""
        if self._launcher is not None:
            self._control.close()
            self._launcher.close()
            self._launcher = None

    def _start(self) -> None:
        self.close()
        self._control, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_S)
        with inner:
            self._launcher = Launcher(inherit=[inner.fileno()])
            command = [str(self.interpreter.program), "-s", "-P", "-S", "-c", SOURCE.read_text()]
            self._launcher.send(
                self.sandbox.resident(
                    [*command, self.sandbox.child_filter().hex()],
                    env=ENVIRONMENT,
                    keep={CONTROL: inner.fileno()},
                    readonly=self.interpreter.files,
                )
            )
        self._jobs = 0
        if self._control.recv(64) != READY:
            reply = self._launcher.receive()
            raise SandboxUnavailable(f"the warm Python did not start: {last_line(reply.stderr)}")

    def _run(self, script: bytes, limits: Limits) -> Outcome:
        job = JOB.pack(limits.wall_s, math.ceil(limits.cpu_s), limits.memory_mb << 20, limits.processes)
        pipes = [os.pipe() for _ in range(3)]
        reading = {ours: bytearray() for ours, _ in pipes}
        passed = [in_memory(script), *(theirs for _, theirs in pipes)]
        try:
            try:
                socket.send_fds(self._control, [job], passed)
            finally:
                for fd in passed:
                    os.close(fd)
            reply, overflowed = self._watch(reading, limits)
        finally:
            for fd in reading:
                os.close(fd)
        status, wall_s, cpu_s, max_rss_mb, late = REPLY.unpack(reply)
        stdout, stderr, channel = (bytes(data) for data in reading.values())
        stopped = "output" if overflowed else "wall" if late else None
        ended = Reply(status, None, stdout, stderr, stopped, wall_s, cpu_s, max_rss_mb)
        return plain_outcome(ended, channel)

    def _watch(self, reading: dict[int, bytearray], limits: Limits) -> tuple[bytes, bool]:
        """Read until the child has ended and its pipes are empty; the reply, and if it printed too much."""
        most, deadline = limits.output_kb << 10, time.monotonic() + limits.wall_s + GRACE_S
        reply, overflowed, control = b"", False, self._control.fileno()
        poll = select.poll()
        open_ones = {*reading, control}
        for fd in open_ones:
            poll.register(fd, select.POLLIN)
        while open_ones:
            ready = poll.poll(max(0.0, deadline - time.monotonic()) * 1e3)
            if not ready:
                raise EOFError("the supervisor is silent")
            for fd, _ in ready:
                data = self._control.recv(64) if fd == control else os.read(fd, 65536)
                if fd == control:
                    reply = data
                else:
                    reading[fd] += data
                if fd == control or not data:
                    poll.unregister(fd)
                    open_ones.remove(fd)
                elif len(reading[fd]) > most:
                    del reading[fd][most:]
                    if not overflowed:
                        self._control.send(KILL)
                    overflowed = True
        if not reply:
            raise EOFError("the supervisor has gone")
        return reply, overflowed


class _Local(threading.local):
    def __init__(self) -> None:
        self.workers: dict[Interpreter, WarmPython] = {}


_LOCAL = _Local()


def warm_python(sandbox: Sandbox, interpreter: Interpreter = OWN) -> WarmPython:
    """The calling thread's worker with this interpreter, started when it is first used."""
    if not isinstance(sandbox, Bwrap | Unsandboxed):
        raise TypeError(f"a warm Python cannot run at level {sandbox.level!r}")
    worker = _LOCAL.workers.get(interpreter)
    if worker is None or worker.sandbox is not sandbox:
        worker = _LOCAL.workers[interpreter] = WarmPython(sandbox, interpreter)
    return worker


def in_memory(content: bytes) -> int:
    """A file with ``content``, at its start."""
    fd = os.memfd_create("script")
    with open(fd, "wb", closefd=False) as file:
        file.write(content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd

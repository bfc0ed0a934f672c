"""The way to the process that computes: started when first needed, ended with this one, killed if slow."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

SECONDS = 2  # of the processor, that one job may take
_WALL_S = 10 * SECONDS  # until a job is given up: the machine may have other work
_START_S = 60  # until sympy is imported
_JOBS = 1000  # that one process does: what it keeps for later ones must not pile up
_WORKER = "harness.graders.mathematics.worker"
_TIMEOUT = {
    "outcome": "timeout",
    "reason": f"it takes more than {SECONDS} seconds, or more memory than there is",
}


class _Child:
    """One process; it does one job at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self.owner = os.getpid()  # a fork of this process must start its own
        self.left = _JOBS
        if not self._line(_START_S):
            raise RuntimeError("the process that computes did not start: is sympy installed?")

    def do(self, job: Mapping[str, Any]) -> dict[str, Any] | None:
        """The result of a job; ``None`` where the process ended over it, or was too slow."""
        assert self._process.stdin is not None
        self.left -= 1
        try:
            self._process.stdin.write(json.dumps({**job, "seconds": SECONDS}).encode() + b"\n")
            line = self._line(_WALL_S)
        except OSError:
            return None
        result: dict[str, Any] | None = json.loads(line) if line else None
        return result

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.communicate()

    def _line(self, seconds: float) -> bytes:
        """The next line; empty where the process has ended or is silent for so long."""
        assert self._process.stdout is not None
        stream, deadline, data = self._process.stdout.fileno(), time.monotonic() + seconds, b""
        while not data.endswith(b"\n"):
            if not select.select([stream], [], [], max(0.0, deadline - time.monotonic()))[0]:
                return b""
            part = os.read(stream, 1 << 16)
            if not part:
                return b""
            data += part
        return data


class _Desk:
    """Where jobs are handed in, one after another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            if self._child is None or self._child.owner != os.getpid() or not self._child.left:
                self._replace(_Child)
            assert self._child is not None
            result = None
            try:
                result = self._child.do(job)
            finally:
                if result is None:  # it is killed, or was interrupted and would answer later
                    self._replace(lambda: None)
            return result or _TIMEOUT

    def _replace(self, new: Any) -> None:
        if self._child is not None and self._child.owner == os.getpid():
            self._child.end()
        self._child = None
        self._child = new()


_DESK = _Desk()


def ask(job: Mapping[str, Any]) -> dict[str, Any]:
    """Have a job done (see ``jobs``). Its ``outcome`` is ``timeout`` where it takes too long."""
    return _DESK.ask(job)

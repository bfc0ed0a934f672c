"""What goes on between the launcher and bubblewrap, beside starting it."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import time
from collections.abc import Sequence

from harness.sandbox.launcher.outputs import Output
from harness.sandbox.launcher.processes import children
from harness.sandbox.launcher.protocol import Machine, Rlimit
from harness.sandbox.launcher.starting import lowered

START_S = 10.0  # bubblewrap needs milliseconds; after this long the machine is at fault


def first_process(report: Output, stderr: Output) -> int:
    """The sandbox's first process, which waits for us: bubblewrap's first line says its number."""
    deadline = time.monotonic() + START_S
    while b"\n" not in report.data:
        ready, _, _ = select.select([report.fd], [], [], max(0.0, deadline - time.monotonic()))
        if not ready or not report.take():
            stderr.take()
            raise Machine(stderr.data.decode(errors="replace").strip() or "bubblewrap did not start")
    pid: int = json.loads(report.data.split(b"\n")[0])["child-pid"]
    return pid


def limit(pid: int, limits: Sequence[Rlimit], user: int | None) -> None:
    """Set limits of a process that runs as ``user``."""
    if user is not None:  # only the same real user may limit another process
        os.setresgid(user, -1, -1)
        os.setresuid(user, -1, -1)
    try:
        for which, soft, hard in limits:
            resource.prlimit(pid, which, lowered(which, soft, hard))
    finally:
        if user is not None:
            os.setresuid(0, -1, -1)
            os.setresgid(0, -1, -1)


def kill_command(bubblewrap: int) -> None:
    """Kill the command alone, so that bubblewrap collects it and what it used is known."""
    with contextlib.suppress(OSError):
        for init in children(bubblewrap):
            for command in children(init):
                os.kill(command, signal.SIGKILL)


def exit_code(report: Output) -> int | None:
    """The last exit code in the lines that bubblewrap wrote about itself."""
    lines = [json.loads(line) for line in report.data.splitlines() if line.strip()]
    return next((line["exit-code"] for line in reversed(lines) if "exit-code" in line), None)

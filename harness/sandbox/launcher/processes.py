"""Processes below this one: those it started, and orphans that it adopts."""

from __future__ import annotations

import os
import resource
import signal


def children(pid: int) -> list[int]:
    """The processes that ``pid`` started, or adopted."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as file:
        return [int(child) for child in file.read().split()]


class Ended:
    """Processes that have ended: how each did, and what all of them used."""

    def __init__(self) -> None:
        self.statuses: dict[int, int] = {}  # pid → as wait4 gives it
        self.cpu_s = self.max_rss_mb = 0.0

    def add(self, pid: int, status: int, usage: resource.struct_rusage) -> None:
        """Take account of one more; process 0 is none."""
        self.statuses[pid] = status
        self.cpu_s += usage.ru_utime + usage.ru_stime
        self.max_rss_mb = max(self.max_rss_mb, usage.ru_maxrss / 1024)


def end_all() -> Ended:
    """Kill every process below this one, and wait for it."""
    ended = Ended()
    while True:
        for pid in children(os.getpid()):
            os.kill(pid, signal.SIGKILL)
            ended.add(*os.wait4(pid, 0))
        try:
            ended.add(*os.wait4(-1, os.WNOHANG))  # the kernel's list may leave some out at first
        except ChildProcessError:
            return ended

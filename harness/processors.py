"""How many processors this process may use: what the system gives it, as far as its control group pays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_GROUPS, _OURS = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def usable_processors() -> int:
    """Processors, hardware threads of one core counted each. At least 1."""
    return _within_quota(len(_allowed()))


def usable_cores() -> int:
    """Physical cores. At least 1."""
    return _within_quota(len({_siblings(processor) for processor in _allowed()}))


def quota(groups: Path = _GROUPS, ours: Path = _OURS) -> float | None:
    """The processors that control groups (of either version) allow on average; ``None`` without a limit.

    A process with more threads than that is stopped for the rest of each period.
    """
    return min(_quotas(groups, ours), default=None)


def _quotas(groups: Path, ours: Path) -> Iterator[float]:
    try:
        lines = ours.read_text().splitlines()
    except OSError:  # another system than Linux
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        mount = groups / controllers
        own = mount / path.lstrip("/")
        for folder in (own, *own.parents):  # in a container its own group may be mounted as the root
            try:
                if controllers:
                    limit = (folder / "cpu.cfs_quota_us").read_text()
                    period = (folder / "cpu.cfs_period_us").read_text()
                else:
                    limit, period = (folder / "cpu.max").read_text().split()
                if limit != "max" and int(limit) > 0:
                    yield int(limit) / int(period)
            except (OSError, ValueError, ZeroDivisionError):
                pass
            if folder == mount:
                break


def _within_quota(count: int) -> int:
    limit = quota()
    return max(1, count if limit is None else min(count, int(limit)))


def _allowed() -> list[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def _siblings(processor: int) -> str:
    """What the hardware threads of one core have in common; on other systems each is its own."""
    try:
        return Path(f"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list").read_text()
    except OSError:
        return str(processor)

"""How long an answer may run: by the reference's own time on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable

from harness.records import Task
from harness.sandbox.base import Outcome

FACTOR = 10.0  # times the reference's time
FLOOR_S = 0.5
CEILING_S = 10.0  # for the reference itself, and where it cannot be measured

_lock = threading.Lock()
_locks: dict[tuple[str, str], threading.Lock] = {}
_seconds: dict[tuple[str, str], float] = {}
_alone = threading.Lock()


def time_limit(task: Task, level: str, measure: Callable[[float], float | None]) -> float:
    """Seconds of wall clock for one run of an answer to ``task`` in a sandbox of ``level``.

    ``measure`` runs the reference within the given seconds and returns how long it
    took (``None`` if it did not end well); it is called once a task and process.
    ``task.time_limit`` is an upper bound.
    """
    ceiling = task.time_limit or CEILING_S
    key = (task.sha256, level)
    with _lock:
        lock = _locks.setdefault(key, threading.Lock())
    with lock:
        if key not in _seconds:
            took = measure(ceiling)
            _seconds[key] = ceiling if took is None else max(FLOOR_S, FACTOR * took)
    return min(ceiling, _seconds[key])


def floor_s(task: Task) -> float:
    """Seconds that are within the time limit, whatever the reference takes."""
    return min(FLOOR_S, task.time_limit or CEILING_S)


def run_limited(
    task: Task, level: str, run: Callable[[float], Outcome], measure: Callable[[float], float | None]
) -> Outcome:
    """Run a compiled answer within its time limit; most never need to know what the limit is.

    ``measure``, as in ``time_limit``, compiles the reference too, so it is asked only where the floor is
    not enough.
    """
    floor = floor_s(task)
    outcome = run(floor)
    if outcome.stopped_by not in ("wall", "cpu"):
        return outcome
    limit_s = time_limit(task, level, measure)
    starved = outcome.cpu_s < 0.8 * floor
    return run_fairly(run, limit_s) if starved or limit_s > floor else outcome


def run_fairly(run: Callable[[float], Outcome], limit_s: float) -> Outcome:
    """Run within ``limit_s``; what timed out while it waited for the machine gets a second chance.

    Code that used up its time computing would do so again. Code that did not, slept
    or was starved by others: it runs again, twice as long, one at a time.
    """
    outcome = run(limit_s)
    if outcome.stopped_by != "wall" or outcome.cpu_s >= 0.8 * limit_s:
        return outcome
    with _alone:
        return run(2 * limit_s)

"""Jobs on workers, or meetings in rooms: each takes whole hours, and nobody does two things at once."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, ClassVar, Literal

from harness.graders.plans.base import Constraints, Rule, broken_constraints, check_constraints, expect_names

_KEYS = ("worker", "start")
_LATEST = 10_000  # hours: a later start is none


@dataclass(frozen=True, slots=True)
class Slot:
    """When a job runs, in hours from 0, and on which worker."""

    worker: str
    start: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        """Whether it runs at some time between two hours."""
        return self.start < end and start < self.end


Slots = Mapping[str, Slot]


def _is_free(plan: Slots, worker: str, start: int, end: int) -> bool:
    return not any(slot.worker == worker and slot.meets(start, end) for slot in plan.values())


@dataclass(frozen=True)
class Schedule:
    """Jobs with their hours, each to be done by one of the workers without a break.

    The aim is that the last job ends early (``end``), or that the sum of all starts is small (``starts``).
    """

    jobs: Mapping[str, int]
    workers: tuple[str, ...]
    constraints: Constraints = field(default_factory=dict)
    aim: Literal["end", "starts"] = "end"
    most: ClassVar[bool] = False

    RULES: ClassVar[Mapping[str, Rule]] = {
        "after": Rule(
            lambda plan, job, first: plan[job].start >= plan[first].end,
            "{0} begins only when {1} has ended",
        ),
        "by": Rule(lambda plan, job, hour: plan[job].end <= hour, "{0} has ended by hour {1}"),
        "from": Rule(lambda plan, job, hour: plan[job].start >= hour, "{0} begins at hour {1} or later"),
        "only": Rule(lambda plan, job, *workers: plan[job].worker in workers, "{0} goes to {rest}"),
        "apart": Rule(
            lambda plan, one, other: not plan[one].meets(plan[other].start, plan[other].end),
            "{0} and {1} are never under way at the same time",
        ),
        "away": Rule(_is_free, "{0} has no job between hour {1} and hour {2}"),
        "not_during": Rule(
            lambda plan, job, start, end: not plan[job].meets(start, end),
            "{0} is not under way between hour {1} and hour {2}",
        ),
    }

    def __post_init__(self) -> None:
        check_constraints(self.constraints, self.RULES, [*self.jobs, *self.workers])

    @property
    def names(self) -> Sequence[str]:
        """What a plan is made of."""
        return [*self.jobs, *self.workers, *_KEYS]

    def read(self, value: Any) -> Slots:
        """``{job: {worker: NAME, start: HOUR}}``."""
        plan: dict[str, Slot] = {}
        for job, slot in expect_names(value, [*self.jobs], "job").items():
            if not isinstance(slot, dict) or not slot.keys() >= {*_KEYS}:
                raise ValueError(f"{job} needs `worker` and `start`")
            worker, start = slot["worker"], slot["start"]
            if worker not in self.workers:
                raise ValueError(f"{job}: there is no {worker!r:.40}")
            if type(start) is not int or not 0 <= start <= _LATEST:
                raise ValueError(f"{job}: `start` is no hour: {start!r:.40}")
            plan[job] = Slot(worker, start, start + self.jobs[job])
        return plan

    def broken(self, plan: Slots) -> list[str]:
        """Broken constraints, and workers who do two jobs at once."""
        twice = [
            f"{plan[one].worker} does {one} and {other} at once"
            for one, other in combinations(plan, 2)
            if plan[one].worker == plan[other].worker and plan[one].meets(plan[other].start, plan[other].end)
        ]
        return [*broken_constraints(self.constraints, self.RULES, plan), *twice]

    def cost(self, plan: Slots) -> int:
        """The hour in which the last job ends, or the sum of the starts."""
        if self.aim == "starts":
            return sum(slot.start for slot in plan.values())
        return max(slot.end for slot in plan.values())

    def guess(self, rng: random.Random) -> Any:
        """Each job on some worker, at some hour of the time that all would take one after another."""
        latest = sum(self.jobs.values())
        return {
            job: {"worker": rng.choice(self.workers), "start": rng.randint(0, latest)} for job in self.jobs
        }

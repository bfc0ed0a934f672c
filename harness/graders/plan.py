"""A plan is checked, not compared with another one: whether it can be carried out, and what it costs."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.jsonreply import read_json_like
from harness.graders.plans.base import Problem
from harness.graders.plans.choice import Choice
from harness.graders.plans.placement import Placement
from harness.graders.plans.route import Route
from harness.graders.plans.schedule import Schedule
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox
from harness.words import listed

_IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Plan:
    """The answer must be a plan for the one problem that is given, as JSON, prose around it or not.

    A plan that can be carried out scores ``optimum`` ÷ cost (for what should be much, value ÷ ``optimum``)
    and passes with the optimum itself. ``bound`` is what was proved of the optimum. Where there is no plan,
    ``conflict`` names the constraints of the one smallest set that cannot hold together: the answer
    is ``{"impossible": [names]}`` then, and scores the share of names that agree.
    """

    schedule: Schedule | None = None
    placement: Placement | None = None
    choice: Choice | None = None
    route: Route | None = None
    optimum: int | None = None
    bound: int | None = None
    conflict: Sequence[str] = ()
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if sum(problem is not None for problem in self._problems()) != 1:
            raise ValueError("needs exactly one of schedule, placement, choice and route")
        if (self.optimum is None) == (not self.conflict):
            raise ValueError("needs either an optimum or a conflict")
        if unknown := sorted(set(self.conflict) - self.problem.constraints.keys()):
            raise ValueError(f"conflict: there is no constraint {unknown[0]!r}")
        if self.optimum is not None and (self.bound != self.optimum or self.optimum <= 0):
            raise ValueError("optimum: must be more than 0, and its proved bound the same")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Check the plan. The metrics say whether it can be carried out, and what it costs."""
        try:
            value = self._spelled(read_json_like(completion.output, self._resembles))
        except ValueError as error:
            return Verdict(False, 0.0, "plan", "malformed_answer", str(error))
        if isinstance(value, dict) and (value.get(_IMPOSSIBLE) or value.keys() == {_IMPOSSIBLE}):
            return self._of_conflict(value)
        try:
            plan = self.problem.read(value)
        except ValueError as error:
            return Verdict(False, 0.0, "plan", "invalid_plan", str(error))
        broken, cost = self.problem.broken(plan), self.problem.cost(plan)
        metrics = {"feasible": not broken, "cost": cost, "optimum": self.optimum, "broken": broken[:20]}
        if broken:
            reason = f"cannot be carried out: {listed(broken, 5)}"
            return Verdict(False, 0.0, "plan", "infeasible", reason, metrics)
        if self.optimum is None:
            raise ValueError(f"{task.source}: {task.id} has a plan after all: {json.dumps(value):.500}")
        if cost != self.optimum and self.problem.most == (cost > self.optimum):
            raise ValueError(f"{task.source}: {task.id}: {cost} is better than the optimum {self.optimum}")
        score = cost / self.optimum if self.problem.most else self.optimum / cost
        if score < 1:
            reason = f"{cost}, where {self.optimum} can be had"
            return Verdict(False, score, "plan", "not_optimal", reason, metrics)
        return Verdict(True, 1.0, "plan", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """A random plan of the right form."""
        return json.dumps(self.problem.guess(rng))

    @property
    def problem(self) -> Problem:
        """The one problem that is given."""
        return next(problem for problem in self._problems() if problem is not None)

    def _problems(self) -> tuple[Problem | None, ...]:
        return self.schedule, self.placement, self.choice, self.route

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Every name that a plan can have, by its small letters; none of those that are the same in them."""
        names = (*self.problem.names, *self.problem.constraints, _IMPOSSIBLE)
        spelled = Counter(name.casefold() for name in names)
        return {name.casefold(): name for name in names if spelled[name.casefold()] == 1}

    def _resembles(self, value: Any) -> bool:
        """Whether a value is meant as a plan: it has some of the names, or says that there is none."""
        value = self._spelled(value)
        if isinstance(value, dict) and _IMPOSSIBLE in value:
            return True
        if self.choice or self.route:
            return isinstance(value, list) and (not value or bool({*self.problem.names} & {*map(str, value)}))
        return isinstance(value, dict) and len(value.keys() & {*self.problem.names}) > 1

    def _spelled(self, value: Any) -> Any:
        """A value with names as the problem writes them, and whole numbers where they are meant."""
        if isinstance(value, dict):
            return {self._spelled(key): self._spelled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._spelled(inner) for inner in value]
        if isinstance(value, str):
            return self._names.get(value.strip().casefold(), value)
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def _of_conflict(self, value: Mapping[str, Any]) -> Verdict:
        """How far the constraints named are those that cannot hold together."""
        names = value[_IMPOSSIBLE]
        if names is True:  # {"impossible": true, "constraints": [...]}
            names = next((inner for inner in value.values() if isinstance(inner, list)), None)
        if isinstance(names, str):
            names = [self._spelled(name) for name in re.split(r"[\s,;]+(?:and\s+)?", names)]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return Verdict(False, 0.0, "plan", "invalid_plan", f"{_IMPOSSIBLE!r} is no list of constraints")
        metrics: Mapping[str, Any] = {
            "feasible": False,
            "named": sorted(names)[:50],
            "conflict": [*self.conflict],
        }
        if not self.conflict:
            return Verdict(False, 0.0, "plan", "not_impossible", "there is a plan", metrics)
        common, either = set(names) & set(self.conflict), set(names) | set(self.conflict)
        score = len(common) / len(either)
        if score < 1:
            reason = f"the conflict is {listed(sorted(self.conflict))}"
            return Verdict(False, score, "plan", "wrong_conflict", reason, metrics)
        return Verdict(True, 1.0, "plan", metrics=metrics)

"""What to take of many, within limits."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from harness.graders.plans.base import Constraints, Rule, broken_constraints, check_constraints


@dataclass(frozen=True, slots=True)
class Taken:
    """The options that are taken, and how much of each resource they take together."""

    options: frozenset[str]
    used: Mapping[str, int]


@dataclass(frozen=True)
class Choice:
    """Options with their value and with what they take of each resource; the aim is much value."""

    value: Mapping[str, int]
    takes: Mapping[str, Mapping[str, int]]
    constraints: Constraints = field(default_factory=dict)
    most: ClassVar[bool] = True

    RULES: ClassVar[Mapping[str, Rule]] = {
        "within": Rule(lambda plan, resource, most: plan.used[resource] <= most, "at most {1} {0} in all"),
        "needs": Rule(
            lambda plan, one, other: one not in plan.options or other in plan.options,
            "{0} is taken only together with {1}",
        ),
        "not_both": Rule(lambda plan, *pair: not plan.options >= {*pair}, "{0} and {1} are not both taken"),
        "must": Rule(lambda plan, option: option in plan.options, "{0} is taken"),
        "some": Rule(
            lambda plan, least, *options: len(plan.options & {*options}) >= least,
            "at least {0} of these are taken: {rest}",
        ),
    }

    def __post_init__(self) -> None:
        check_constraints(self.constraints, self.RULES, [*self.value, *self._resources()])
        if self.takes.keys() != self.value.keys():
            raise ValueError("takes: must say of every option what it takes")

    @property
    def names(self) -> Sequence[str]:
        """What a plan is made of."""
        return [*self.value]

    def read(self, value: Any) -> Taken:
        """A list of options."""
        if not isinstance(value, list) or len(value) != len({str(option) for option in value}):
            raise ValueError("the plan is no list of options, each there once")
        for option in value:
            if not isinstance(option, str) or option not in self.value:
                raise ValueError(f"there is no option {option!r:.40}")
        used = {name: sum(self.takes[option].get(name, 0) for option in value) for name in self._resources()}
        return Taken(frozenset(value), used)

    def broken(self, plan: Taken) -> list[str]:
        """Broken constraints."""
        return broken_constraints(self.constraints, self.RULES, plan)

    def cost(self, plan: Taken) -> int:
        """The value of what is taken."""
        return sum(self.value[option] for option in plan.options)

    def guess(self, rng: random.Random) -> Any:
        """Half of the options."""
        return [option for option in self.value if rng.random() < 0.5]

    def _resources(self) -> list[str]:
        return sorted({name for takes in self.takes.values() for name in takes})

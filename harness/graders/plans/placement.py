"""Things in places: jobs to people, parcels to vans."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from harness.graders.plans.base import Constraints, Rule, broken_constraints, check_constraints, expect_names


@dataclass(frozen=True)
class Placement:
    """Items with their amounts, each to be put into one place that holds so much.

    The aim is a small sum of ``costs`` (of each item in each place), or to use few ``places``.
    """

    items: Mapping[str, int]
    capacity: Mapping[str, int]
    costs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    constraints: Constraints = field(default_factory=dict)
    aim: Literal["costs", "places"] = "costs"
    most: ClassVar[bool] = False

    RULES: ClassVar[Mapping[str, Rule]] = {
        "only": Rule(lambda plan, item, *places: plan[item] in places, "{0} goes to {rest}"),
        "not": Rule(lambda plan, item, *places: plan[item] not in places, "{0} does not go to {rest}"),
        "together": Rule(
            lambda plan, one, other: plan[one] == plan[other], "{0} and {1} go to the same place"
        ),
        "apart": Rule(
            lambda plan, one, other: plan[one] != plan[other], "{0} and {1} go to different places"
        ),
        "count": Rule(
            lambda plan, place, most: list(plan.values()).count(place) <= most, "{0} gets {1} of them at most"
        ),
        "used": Rule(lambda plan, place: place in plan.values(), "{0} gets something"),
    }

    def __post_init__(self) -> None:
        check_constraints(self.constraints, self.RULES, [*self.items, *self.capacity])
        if self.aim == "costs" and any(row.keys() != self.capacity.keys() for row in self.costs.values()):
            raise ValueError("costs: each item must have the cost of every place")

    @property
    def names(self) -> Sequence[str]:
        """What a plan is made of."""
        return [*self.items, *self.capacity]

    def read(self, value: Any) -> Mapping[str, str]:
        """``{item: place}``."""
        plan = expect_names(value, [*self.items], "item")
        for item, place in plan.items():
            if not isinstance(place, str) or place not in self.capacity:
                raise ValueError(f"{item}: there is no {place!r:.40}")
        return plan

    def broken(self, plan: Mapping[str, str]) -> list[str]:
        """Broken constraints, and places that hold more than they can."""
        load: Counter[str] = Counter()
        for item, place in plan.items():
            load[place] += self.items[item]
        full = [f"{place} holds {load[place]}" for place, most in self.capacity.items() if load[place] > most]
        return [*broken_constraints(self.constraints, self.RULES, plan), *full]

    def cost(self, plan: Mapping[str, str]) -> int:
        """The sum of the costs, or how many places are used."""
        if self.aim == "places":
            return len(set(plan.values()))
        return sum(self.costs[item][place] for item, place in plan.items())

    def guess(self, rng: random.Random) -> Any:
        """Each item in some place."""
        return {item: rng.choice([*self.capacity]) for item in self.items}

"""A round through all places."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, ClassVar

from harness.graders.plans.base import Constraints, Rule, broken_constraints, check_constraints


@dataclass(frozen=True, slots=True)
class Round:
    """The places in their order, and the minute in which each is reached."""

    order: tuple[str, ...]
    at: dict[str, int]


@dataclass(frozen=True)
class Route:
    """Places and the minutes between them; the round begins and ends at the first and should be short."""

    places: tuple[str, ...]
    minutes: tuple[tuple[int, ...], ...]
    constraints: Constraints = field(default_factory=dict)
    most: ClassVar[bool] = False

    RULES: ClassVar[dict[str, Rule]] = {
        "before": Rule(lambda plan, one, other: plan.at[one] < plan.at[other], "{0} comes before {1}"),
        "by": Rule(lambda plan, place, minute: plan.at[place] <= minute, "{0} is reached by minute {1}"),
        "right_after": Rule(
            lambda plan, one, other: (other, one) in pairwise(plan.order), "{0} comes right after {1}"
        ),
        "first": Rule(lambda plan, place: plan.order[0] == place, "{0} comes first"),
        "last": Rule(lambda plan, place: plan.order[-1] == place, "{0} comes last"),
        "not_after": Rule(
            lambda plan, one, other: (other, one) not in pairwise(plan.order),
            "{0} does not come right after {1}",
        ),
        "back_by": Rule(lambda plan, minute: plan.at[""] <= minute, "the round ends by minute {0}"),
    }

    def __post_init__(self) -> None:
        check_constraints(self.constraints, self.RULES, self.places)
        if {len(row) for row in (self.minutes, *self.minutes)} != {len(self.places)}:
            raise ValueError("minutes: must have a row and a column for every place")

    @property
    def names(self) -> Sequence[str]:
        """What a plan is made of."""
        return self.places

    def read(self, value: Any) -> Round:
        """A list of all places but the first."""
        start, *others = self.places
        if not isinstance(value, list) or sorted(map(str, value)) != sorted(others):
            raise ValueError(f"the plan is no list of every place but {start}, each once")
        number = {place: at for at, place in enumerate(self.places)}
        legs = [self.minutes[number[one]][number[other]] for one, other in pairwise([start, *value, start])]
        return Round(tuple(value), dict(zip([*value, ""], accumulate(legs), strict=True)))

    def broken(self, plan: Round) -> list[str]:
        """Broken constraints."""
        return broken_constraints(self.constraints, self.RULES, plan)

    def cost(self, plan: Round) -> int:
        """The minutes of the round."""
        return plan.at[""]

    def guess(self, rng: random.Random) -> Any:
        """The places in some order."""
        order: Sequence[str] = self.places[1:]
        return rng.sample(order, len(order))

"""What all families of planning problems share."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Constraints = Mapping[str, Mapping[str, Any]]
"""Constraints by name, each with the one rule that it applies: ``{C1: {after: [A, B]}}``."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of constraint: whether it holds of a plan, given its arguments, and how it is put in words.

    ``words`` has ``{0}``, ``{1}`` for the arguments and ``{rest}`` for those behind the first.
    """

    holds: Callable[..., bool]
    words: str


class Problem(Protocol):
    """An instance of a family. Construction raises ``ValueError`` naming what is wrong."""

    @property
    def constraints(self) -> Constraints:
        """The constraints that have names."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """What a plan is made of: those of jobs, workers, things, places; and of an object's keys."""
        ...

    @property
    def most(self) -> bool:
        """Whether the aim is to have much, not little."""
        ...

    def read(self, value: Any) -> Any:
        """A plan from an answer's JSON. Raises ``ValueError`` where it is not of the form asked for."""
        ...

    def broken(self, plan: Any) -> list[str]:
        """What is wrong with a plan: names of constraints, and sentences for what holds of every plan."""
        ...

    def cost(self, plan: Any) -> int:
        """What the aim counts."""
        ...

    def guess(self, rng: random.Random) -> Any:
        """A random plan of the right form, as JSON has it."""
        ...


def check_constraints(constraints: Constraints, rules: Mapping[str, Rule], names: Sequence[str]) -> None:
    """Raise ``ValueError`` where a constraint applies no rule, or to something that there is not."""
    for name, constraint in constraints.items():
        if len(constraint) != 1 or not constraint.keys() <= rules.keys():
            raise ValueError(f"constraints: {name} must have one of {', '.join(rules)}")
        ((_, arguments),) = constraint.items()
        if not isinstance(arguments, list | tuple):
            raise ValueError(f"constraints: {name} must have a list of arguments")
        for argument in arguments:
            if isinstance(argument, str) and argument not in names:
                raise ValueError(f"constraints: {name} is about {argument!r}, which there is not")


def broken_constraints(constraints: Constraints, rules: Mapping[str, Rule], plan: Any) -> list[str]:
    """The names of the constraints that do not hold of a plan."""
    return [
        name
        for name, constraint in constraints.items()
        for rule, arguments in constraint.items()
        if not rules[rule].holds(plan, *arguments)
    ]


def in_words(constraint: Mapping[str, Any], rules: Mapping[str, Rule]) -> str:
    """A constraint as it stands in a prompt."""
    ((rule, arguments),) = constraint.items()
    rest = " or ".join(map(str, arguments[1:]))
    return rules[rule].words.format(*arguments, rest=rest)


def expect_names(value: Any, names: Sequence[str], what: str) -> Mapping[str, Any]:
    """``value`` if it is an object with exactly these keys; otherwise a ``ValueError``."""
    if not isinstance(value, dict):
        raise ValueError(f"the plan is no object with a key for every {what}")
    for name in (*names, *value):
        if name not in value or name not in names:
            raise ValueError(f"{what} {name!r:.40} {'is missing' if name in names else 'is not known'}")
    return value

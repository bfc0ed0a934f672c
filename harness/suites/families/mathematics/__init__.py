"""Mathematics: problems with small numbers, of which each season has its own."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from harness.names import nearest
from harness.suites.families.base import Drawn
from harness.suites.families.mathematics import (
    algebra,
    calculus,
    complexity,
    constraints,
    logic,
    matrices,
    regions,
    units,
)
from harness.suites.families.mathematics.writing import Problem

PROBLEMS: Mapping[str, Problem] = {
    **algebra.PROBLEMS,
    **calculus.PROBLEMS,
    **regions.PROBLEMS,
    **matrices.PROBLEMS,
    **units.PROBLEMS,
    **constraints.PROBLEMS,
    **logic.PROBLEMS,
    **complexity.PROBLEMS,
}


@dataclass(frozen=True, slots=True)
class Mathematics:
    """One of ``PROBLEMS``; its prompt has places for what the problem draws."""

    problem: str

    def __post_init__(self) -> None:
        if self.problem not in PROBLEMS:
            raise ValueError(
                f"problem: unknown problem {self.problem!r:.80}{nearest(self.problem, PROBLEMS)}"
            )

    def next(self, rng: random.Random) -> Drawn | None:
        """One problem, or ``None`` where its numbers do not suit."""
        return PROBLEMS[self.problem](rng)

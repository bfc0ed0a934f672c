"""Tournament formats: which samples need not be taken, by those that were taken. Pure.

Models answer a suite in rounds, all of them the same next tasks of its order, which is a fair sample
at every length; so what any two have answered can be compared task by task. After a round ``halving``
keeps the better half of the models. ``race`` lets go who is shown to be worse than the leader, and
ends a suite when nobody else is left.

What is shown holds after any number of looks: the interval is an asymptotic confidence sequence
(Waudby-Smith et al., "Time-uniform central limit theory and asymptotic confidence sequences", 2024,
theorem 2.2), shared out over the leader's rivals (Bonferroni).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance
from typing import Literal

from harness.words import counted

Format = Literal["full", "halving", "race"]
FORMATS: tuple[Format, ...] = ("full", "halving", "race")
FIRST = 20  # tasks of a suite before anybody is let go
ALPHA = 0.05
_TUNED_FOR = 100  # tasks at which the confidence sequence is tightest
_ENOUGH = 0.5  # share of the tasks asked that a model must have answered to be compared

TaskQualities = Mapping[str, float]  # task id → share of its repeats that passed, or their mean score


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A model on the tasks so far: its mean quality, and the most by which it may lead the leader."""

    model: str
    quality: float
    best_case: float  # below 0 it is shown to be worse; the leader's own is 0


@dataclass(frozen=True, slots=True)
class Cut:
    """A model that is asked no more in a suite, ``after`` so many of its tasks."""

    suite: str
    model: str
    why: Literal["behind", "halved", "settled"]
    after: int
    leader: str
    quality: float | None = None
    leader_quality: float | None = None
    best_case: float | None = None

    @property
    def decided(self) -> bool:
        """Whether it was shown to be worse than the leader, and not only let go."""
        return self.best_case is not None and self.best_case < 0

    def __str__(self) -> str:
        """The reason that stands in the rows of the samples it was spared."""
        if self.quality is None or self.leader_quality is None or self.best_case is None:
            return f"settled after {counted(self.after, 'task')}: {self.leader} leads"
        figures = f"{self.quality:.0%} against {self.leader_quality:.0%} of {self.leader}"
        shown = "shown to be worse" if self.decided else "in the lower half, not shown to be worse"
        return f"let go after {counted(self.after, 'task')}: {figures}, {shown}"


def rounds(form: Format, tasks: int, models: int) -> tuple[int, ...]:
    """How many of a suite's ``tasks`` have been asked at the end of each round; the last is all of them.

    Halving doubles them while the models are halved, down to two; a race doubles them from ``FIRST``.
    """
    if form == "halving":
        count = max(1, math.ceil(math.log2(max(1, models))))
        ends = {max(FIRST, math.ceil(tasks / 2**k)) for k in range(count)}
    elif form == "race":
        ends = {FIRST * 2**k for k in range(tasks.bit_length())}
    else:
        ends = set()
    return (*sorted(end for end in ends if end < tasks), tasks)


def round_results(qualities: Mapping[str, TaskQualities], asked: int, rivals: int) -> list[RoundResult]:
    """Models by quality, the leader first; those that answered too little of ``asked`` are left out.

    ``rivals`` is how many may ever be compared with a leader.
    """
    answered = {model: tasks for model, tasks in qualities.items() if len(tasks) >= max(1, _ENOUGH * asked)}
    quality = {model: fmean(tasks.values()) for model, tasks in answered.items()}
    order = sorted(answered, key=lambda model: (-quality[model], model))
    results = [RoundResult(model, quality[model], 0.0) for model in order[:1]]
    for model in order[1:]:
        common = answered[model].keys() & answered[order[0]].keys()
        lead = [answered[model][task] - answered[order[0]][task] for task in sorted(common)]
        results.append(RoundResult(model, quality[model], upper_bound(lead, ALPHA / max(1, rivals))))
    return results


def upper_bound(differences: Sequence[float], alpha: float) -> float:
    """The upper end of a ``1 - alpha`` confidence sequence for the mean of ``differences`` in -1 to 1.

    Two extreme values are added for the variance, so that a few equal differences prove nothing.
    """
    n = len(differences)
    if n == 0:
        return 1.0
    looseness = -2 * math.log(alpha)
    rho2 = (looseness + math.log(looseness) + 1) / _TUNED_FOR
    spread = 2 * (n * rho2 + 1) / (n * n * rho2) * math.log(math.sqrt(n * rho2 + 1) / alpha)
    return fmean(differences) + math.sqrt(pvariance([*differences, 1.0, -1.0]) * spread)


def cuts(
    form: Format, suite: str, qualities: Mapping[str, TaskQualities], asked: int, rivals: int
) -> list[Cut]:
    """Who need not answer more of ``suite`` after ``asked`` tasks. Nobody goes for want of answers."""
    results = round_results(qualities, asked, rivals)
    if len(results) < 2 or form == "full":
        return []
    leader = results[0]
    if form == "halving":
        least = results[(len(results) + 1) // 2 - 1].quality  # equals of the last that stays, stay
        gone = [result for result in results if result.quality < least]
    else:
        gone = [result for result in results if result.best_case < 0]
    decided = [
        Cut(
            suite, result.model, "halved" if form == "halving" else "behind", asked, leader.model,
            result.quality, leader.quality, result.best_case,
        )
        for result in gone
    ]  # fmt: skip
    if form == "race" and len(gone) == len(results) - 1:
        decided.append(Cut(suite, leader.model, "settled", asked, leader.model))
    return decided

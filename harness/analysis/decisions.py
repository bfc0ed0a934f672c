"""From standings to "use this one": paired tests, ties that go to the cheaper, an honest "too few tasks"."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, variance
from typing import TYPE_CHECKING

from harness.analysis.board import (
    UNFINISHED,
    Board,
    ChosenBy,
    Decision,
    MeasuredBy,
    Pair,
    Reason,
    Standing,
    Uncompared,
)
from harness.analysis.statistics import (
    CONFIDENCE,
    FEWEST,
    Difference,
    average_difference,
    detectable_difference,
    exact_detectable_difference,
    exact_tasks_to_detect,
    holm,
    mcnemar,
    sign_flip,
    tasks_to_detect,
)

if TYPE_CHECKING:
    from harness.records import Measure

EQUIVALENT = 0.10  # models that differ by less in quality may stand in for each other
GOOD_ENOUGH = 0.10  # a best that passes less is no pick
COMPLETE = (
    0.90  # of the tasks, so many must be left on which all are compared; less than the rest says nothing
)
_FEWEST = 10  # more tasks: an estimate is not finer, and fewer settle nothing
_SAME = 1e-9  # relative difference of costs, times and qualities that is none


@dataclass(frozen=True, slots=True)
class Contest:
    """The leader against another model; ``variance`` is that of a task's difference.

    ``discordance`` is the share of tasks on which they differ, where McNemar's exact test is made of them.
    """

    difference: float
    p_value: float
    n: int
    variance: float
    discordance: float | None = None

    @property
    def mde(self) -> float | None:
        """The smallest difference these tasks could show; ``None`` where not even 100 points would."""
        if self.discordance is None:
            return possible_difference(self.n, self.variance)
        smallest = exact_detectable_difference(self.n, self.discordance)
        return None if smallest is None else smallest * self._step

    @property
    def enough_tasks(self) -> int:
        """Tasks in all with which the gap shows, or the two count as equal, if all goes on as it began.

        For a gap that did not show. With the usual power it takes twice the tasks at least: at 5 % and 80 %
        (1.96 + 0.84)² / 1.96² = 2.04 times as many as for a gap that is just short of showing.
        """
        enough = self._tasks_to_detect(EQUIVALENT)
        if self.difference:
            enough = min(enough, max(2 * self.n, self._tasks_to_detect(abs(self.difference))))
        return enough

    @property
    def _step(self) -> float:
        """By how much they differ on a task where they do: 1, but for tasks that were repeated."""
        return math.sqrt(self.variance / self.discordance) if self.discordance else 1.0

    def _tasks_to_detect(self, difference: float) -> int:
        if self.discordance is None:
            return tasks_to_detect(difference, self.variance)
        return exact_tasks_to_detect(difference / self._step, self.discordance)


def possible_difference(n: int, variance: float) -> float | None:
    """The smallest difference that ``n`` tasks show; ``None`` where nothing would, not even winning all."""
    smallest = detectable_difference(n, variance)
    return smallest if smallest <= 1 and n >= FEWEST else None


def contest(pair: Pair, differences: Sequence[float] | None = None) -> Contest:
    """One suite or one kind of task: the exact test of passes, or of ``differences`` of scores by task."""
    if differences is not None:
        return Contest(pair.difference, sign_flip(differences), pair.n, pair.variance)
    differing = pair.wins + pair.losses
    p_value = mcnemar(pair.wins, pair.losses)
    return Contest(pair.difference, p_value, pair.n, pair.variance, (differing + 1) / (pair.n + 2))


def paired_contest(differences: Sequence[float], measure: Measure) -> Contest:
    """The same from the differences task by task: of pass rates, or of scores."""
    n, differing = len(differences), sum(d != 0 for d in differences)
    smoothed = (math.fsum(d * d for d in differences) + 1) / (n + 2)
    if measure == "pass":
        p_value = mcnemar(sum(d > 0 for d in differences), sum(d < 0 for d in differences))
        return Contest(fmean(differences), p_value, n, smoothed, (differing + 1) / (n + 2))
    spread = variance(differences) if differing and n > 1 else smoothed
    return Contest(fmean(differences), sign_flip(differences), n, spread)


def average_contest(pairs: Sequence[Pair], differences: Sequence[Sequence[float] | None]) -> Contest:
    """Several suites of equal weight, with the suites as strata.

    Where all have ``differences`` of scores by task, the same exact test as for one of them.
    """
    total = average_difference([Difference(p.difference, (p.variance / p.n) ** 0.5) for p in pairs])
    n = sum(pair.n for pair in pairs)
    of_scores = [of_suite for of_suite in differences if of_suite]
    p_value = total.p_value
    if len(of_scores) == len(pairs):
        p_value = sign_flip([d * n / len(suite) / len(pairs) for suite in of_scores for d in suite])
    return Contest(total.mean, p_value, n, n * total.error**2)


def decide(
    ranked: Sequence[Standing],
    contests: Mapping[str, Contest],
    chance: float = 0.0,
    averaged: int = 0,
    measure: MeasuredBy = "pass",
) -> Decision:
    """Judge one table, as if no answer were missing. ``ranked`` is best first.

    ``contests`` has the first against every other, by name. ``chance`` is the quality of guessing.
    ``averaged`` is the number of suites that the table averages, 0 where all tasks count alike.
    """
    if not ranked:
        return Decision("insufficient", Reason("unranked", measure=measure))
    best = ranked[0]
    quality, low, high = best.quality or 0.0, best.low or 0.0, best.high or 0.0
    reason = Reason(
        "clear", best.n, best.n, averaged, best.model, quality, low, high, chance, measure=measure
    )
    if not best.quality:
        return Decision("insufficient", replace(reason, kind="unsolved"))
    if (best.quality or 0) < GOOD_ENOUGH:
        return Decision("insufficient", replace(reason, kind="weak"))
    if chance and (best.low or 0) <= chance:
        return Decision("insufficient", replace(reason, kind="guessing"))
    if len(ranked) == 1:
        reason = replace(reason, kind="alone")
        return Decision("win", reason, best, best, tied=(best.model,), cheapest_tied=_cheapest(ranked))
    adjusted = holm([contests[other.model].p_value for other in ranked[1:]])
    p_values = {other.model: p for other, p in zip(ranked[1:], adjusted, strict=True)}
    level = [other for other in ranked[1:] if p_values[other.model] >= 1 - CONFIDENCE]
    if not level:
        return _won(ranked, reason, contests[ranked[1].model].mde)
    smallest = [contests[other.model].mde for other in level]
    mde = None if None in smallest else max(d for d in smallest if d is not None)
    if mde is not None and mde <= EQUIVALENT:
        return _tied(ranked, level, reason, mde)
    enough = max(contests[other.model].enough_tasks for other in level)
    more = _two_digits_up(max(_FEWEST, enough - contests[level[0].model].n))
    lead = contests[level[0].model].difference
    return Decision(
        kind="insufficient",
        reason=replace(reason, kind="undecided", tasks=contests[level[0].model].n, lead=lead),
        leader=best,
        runner_up=level[0],
        tied=(best.model, *(s.model for s in level)),
        cheapest_tied=_cheapest([best, *level]),
        mde=mde,
        more_tasks=more,
    )


def with_missing_answers(board: Board, parts: Sequence[Board]) -> Decision:
    """The decision of a table in sight of answers that are missing: where they might change it, no pick.

    ``parts`` are the tables that it averages, or itself.
    """
    decision = board.decision
    offered = sum(part.offered for part in parts)
    reason = replace(decision.reason, offered=offered)
    leading = [one.model for one in board.uncompared if _might_lead(board, parts, one, offered)]
    lost = min(offered - reason.tasks, sum(one.tasks for part in parts for one in part.unanswered))
    thinning = [one.model for one in board.unanswered]
    if lost <= (1 - COMPLETE) * (reason.tasks + lost) or decision.leader is None:
        thinning = []
    if leading:
        reason = replace(reason, kind="incomplete", missing=tuple(leading))
    elif thinning:
        reason = replace(reason, missing=tuple(thinning))
        if reason.kind != "undecided":
            reason = replace(reason, kind="thinned")
    if reason.kind not in UNFINISHED:
        return replace(decision, reason=reason)
    best = board.ranked[0]
    return replace(
        decision,
        kind="insufficient",
        reason=reason,
        pick=None,
        leader=best,
        tied=decision.tied or (best.model,),
        fallbacks=(),
        more_tasks=None,
    )


def _might_lead(board: Board, parts: Sequence[Board], one: Uncompared, offered: int) -> bool:
    """Whether a model that is not compared leads on enough tasks to count, and might answer more of them.

    What was crossed out or skipped was left out on purpose.
    """
    passes = one.quality or 0.0
    if not one.leads or passes < GOOD_ENOUGH or passes <= board.decision.reason.chance:
        return False
    lines = [line for part in parts if (line := part.of(one.model))]
    ok = sum(line.ok for line in lines)
    repeats = max(1.0, ok / one.answered)
    left_out = sum(line.excluded + line.skipped for line in lines) / repeats
    lacks_more = one.unjudged > 0 or one.answered + left_out < offered
    return lacks_more and one.shared >= (1 - COMPLETE) * offered


def _won(ranked: Sequence[Standing], reason: Reason, mde: float | None) -> Decision:
    first, second = ranked[0], ranked[1]
    fallbacks = tuple(s.model for s in ranked[1:] if s.quality)
    return Decision(
        "win", reason, first, first, second, (first.model,), _cheapest([first]), fallbacks, mde
    )  # fmt: skip


def _tied(ranked: Sequence[Standing], level: Sequence[Standing], reason: Reason, mde: float) -> Decision:
    """Any of the first may be used: the cheapest is."""
    leader, tied = ranked[0], [ranked[0], *level]
    pick, chosen_by = _choose([s for s in tied if s.quality])
    in_turn = [s.model for s in [*_by_price(tied), *ranked] if s.quality and s is not pick]
    return Decision(
        kind="tie",
        reason=replace(reason, kind="level", chosen_by=chosen_by),
        pick=pick,
        leader=leader,
        runner_up=ranked[1] if pick is leader else leader,
        tied=tuple(s.model for s in tied),
        cheapest_tied=_cheapest(tied),
        fallbacks=tuple(dict.fromkeys(in_turn)),
        mde=mde,
    )


def _choose(tied: Sequence[Standing]) -> tuple[Standing, tuple[ChosenBy, ...]]:
    """The cheapest where every cost is known, of these the fastest where every speed is, of these the best.

    With it comes by what it was chosen, in turn.
    """
    left = list(tied)
    chosen_by: list[ChosenBy] = []
    for criterion, value_of in _CRITERIA.items():
        values = [value_of(s) for s in left]
        if None in values:
            continue
        least = min(value for value in values if value is not None)
        first = [s for s, v in zip(left, values, strict=True) if math.isclose(v or 0.0, least, rel_tol=_SAME)]
        if len(first) < len(left):
            left = first
            chosen_by.append(criterion)
    if len(left) > 1:
        chosen_by.append("name")
    return left[0], tuple(chosen_by)


# What is less, goes first.
_CRITERIA: Mapping[ChosenBy, Callable[[Standing], float | None]] = {
    "cost": lambda s: s.spent_usd,
    "time": lambda s: s.spent_s,
    "quality": lambda s: None if s.quality is None else 1 - s.quality,
}


def _by_price(standings: Sequence[Standing]) -> list[Standing]:
    """Cheapest first, unknown cost last; then fastest first."""

    def price(s: Standing) -> tuple[bool, float, bool, float]:
        cost, seconds = s.spent_usd, s.spent_s
        return cost is None, cost or 0.0, seconds is None, seconds or 0.0

    return sorted(standings, key=price)


def _cheapest(tied: Sequence[Standing]) -> Standing | None:
    priced = [s for s in _by_price(tied) if s.spent_usd is not None]
    return priced[0] if priced else None


def _two_digits_up(value: int) -> int:
    """Rounded up to two digits, as an estimate deserves: 523 → 530."""
    step = int(10 ** max(0, len(str(value)) - 2))
    return math.ceil(value / step) * step

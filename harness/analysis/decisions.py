"""From standings to "use this one": paired tests, ties that go to the cheaper, an honest "too few tasks"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.analysis.board import Decision, Pair, Standing
from harness.analysis.statistics import (
    CONFIDENCE,
    Difference,
    average_difference,
    detectable_difference,
    holm,
    mcnemar,
    tasks_to_detect,
)
from harness.analysis.words import compared, interval, points, share

EQUIVALENT = 0.10  # models that differ by less in pass rate may stand in for each other
GOOD_ENOUGH = 0.10  # a best that passes less is no pick
_NAMED = 5  # of more models that are level, the others are counted


@dataclass(frozen=True, slots=True)
class Contest:
    """The leader against another model. ``discordance`` is smoothed: 3 equal answers are no proof."""

    difference: float
    p_value: float
    n: int
    discordance: float

    @property
    def mde(self) -> float:
        """The smallest difference these tasks could show."""
        return detectable_difference(self.n, self.discordance)

    @property
    def more_tasks(self) -> int:
        """Tasks still missing before the gap shows, or before the two count as equal."""
        enough = tasks_to_detect(EQUIVALENT, self.discordance)
        if self.difference:
            enough = min(enough, tasks_to_detect(self.difference, self.discordance))
        return max(1, enough - self.n)


def contest(pair: Pair) -> Contest:
    """One suite or one kind of task: the exact paired test."""
    return Contest(pair.difference, mcnemar(pair.wins, pair.losses), pair.n, _smoothed(pair))


def average_contest(pairs: Sequence[Pair]) -> Contest:
    """Several suites of equal weight, with the suites as strata."""
    total = average_difference([Difference(p.difference, (_smoothed(p) / p.n) ** 0.5) for p in pairs])
    n = sum(pair.n for pair in pairs)
    return Contest(total.mean, total.p_value, n, n * total.error**2)


def _smoothed(pair: Pair) -> float:
    """Laplace's rule: as if one task more had been decided and one had not."""
    return (pair.discordance * pair.n + 1) / (pair.n + 2)


def decide(
    ranked: Sequence[Standing], contests: Mapping[str, Contest], chance: float = 0.0, averaged: int = 0
) -> Decision:
    """Judge one table. ``ranked`` is best first; ``contests`` has the first against every other, by name.

    ``chance`` is the pass rate of guessing. ``averaged`` is the number of suites that the table averages, 0
    where all tasks count alike.
    """
    if not ranked:
        return _open("No model answered enough of the same tasks to be ranked")
    leader = ranked[0]
    of = f"on average over {averaged} suites" if averaged else f"of {leader.n:,} tasks"
    if not leader.passed:
        return _open(f"No model solved a single one of {leader.n:,} tasks")
    if (leader.quality or 0) < GOOD_ENOUGH:
        return _open(f"Nobody is good enough: the best, {leader.model}, passes {_rate(leader)} {of}")
    if chance and (leader.low or 0) <= chance:
        return _open(f"No model is clearly better than guessing, which passes {share(chance)} {of}")
    if len(ranked) == 1:
        reason = f"{leader.model} is the only model measured here; it passes {_rate(leader)} {of}"
        return Decision(
            "win", leader, leader, None, (leader.model,), _cheapest(ranked), (), None, None, reason
        )
    adjusted = holm([contests[other.model].p_value for other in ranked[1:]])
    level = [other for other, p in zip(ranked[1:], adjusted, strict=True) if p >= 1 - CONFIDENCE]
    if not level:
        return _won(ranked, contests[ranked[1].model], of)
    widest = max((contests[other.model] for other in level), key=lambda c: c.mde)
    if widest.mde <= EQUIVALENT:
        return _tied(ranked, level, widest)
    more = max(contests[other.model].more_tasks for other in level)
    return _undecided([leader, *level], contests[level[0].model].difference, widest, more)


def _open(reason: str) -> Decision:
    return Decision("insufficient", None, None, None, (), None, (), None, None, reason)


def _won(ranked: Sequence[Standing], closest: Contest, of: str) -> Decision:
    leader, runner_up = ranked[0], ranked[1]
    reason = (
        f"{leader.model} passes {_rate(leader)} {of}, significantly more than any other; "
        f"{runner_up.model} is {compared(runner_up, leader)}"
    )
    fallbacks = tuple(s.model for s in ranked[1:] if s.passed)
    cheapest = _cheapest([leader])
    return Decision(
        "win", leader, leader, runner_up, (leader.model,), cheapest, fallbacks, closest.mde, None, reason
    )


def _tied(ranked: Sequence[Standing], level: Sequence[Standing], widest: Contest) -> Decision:
    """Any of the first may be used: the cheapest is."""
    leader, tied = ranked[0], [ranked[0], *level]
    pick, why = _choose([s for s in tied if s.passed])
    names = tuple(s.model for s in tied)
    reason = (
        f"{_listed(names)} are level (a gap of {points(widest.mde)} would have shown); {pick.model} is {why}"
    )
    in_turn = [s.model for s in [*_by_price(tied), *ranked] if s.passed and s is not pick]
    return Decision(
        verdict="tie",
        pick=pick,
        leader=leader,
        runner_up=ranked[1] if pick is leader else leader,
        tied=names,
        cheapest_tied=_cheapest(tied),
        fallbacks=tuple(dict.fromkeys(in_turn)),
        mde=widest.mde,
        more_tasks=None,
        reason=reason,
    )


def _undecided(tied: Sequence[Standing], difference: float, widest: Contest, more: int) -> Decision:
    leader, second = tied[0], tied[1]
    lead = (
        f"{leader.model} leads {second.model} by {points(difference)}"
        if difference
        else f"{leader.model} and {second.model} are even"
    )
    reason = f"{lead}, but only gaps of {points(widest.mde)} or more would show in {widest.n:,} tasks"
    return Decision(
        verdict="insufficient",
        pick=None,
        leader=leader,
        runner_up=second,
        tied=tuple(s.model for s in tied),
        cheapest_tied=_cheapest(tied),
        fallbacks=(),
        mde=widest.mde,
        more_tasks=more,
        reason=f"{reason}; about {more:,} more would settle it",
    )


def _choose(tied: Sequence[Standing]) -> tuple[Standing, str]:
    """The cheapest where every cost is known, else the fastest where every speed is, else the best."""
    if len(tied) > 1 and all(s.cost_per_solved is not None for s in tied):
        cheapest = _by_price(tied)[0]
        if any(s.cost_per_solved != cheapest.cost_per_solved for s in tied):
            return cheapest, "the cheapest"
    if len(tied) > 1 and all(s.seconds_per_solved is not None for s in tied):
        return min(tied, key=lambda s: s.seconds_per_solved or 0.0), "the fastest"
    return tied[0], "ahead on points"


def _by_price(standings: Sequence[Standing]) -> list[Standing]:
    """Cheapest first, unknown cost last; then fastest first."""

    def price(s: Standing) -> tuple[bool, float, bool, float]:
        cost, seconds = s.cost_per_solved, s.seconds_per_solved
        return cost is None, cost or 0.0, seconds is None, seconds or 0.0

    return sorted(standings, key=price)


def _cheapest(tied: Sequence[Standing]) -> Standing | None:
    known = [s for s in _by_price(tied) if s.cost_per_solved is not None]
    return known[0] if known else None


def _rate(standing: Standing) -> str:
    return f"{share(standing.quality or 0)} ({interval(standing.low or 0, standing.high or 0)})"


def _listed(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

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
from harness.analysis.words import compared, points, share

EQUIVALENT = 0.10  # models that differ by less in pass rate may stand in for each other


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


def decide(ranked: Sequence[Standing], contests: Mapping[str, Contest]) -> Decision:
    """Judge one table. ``ranked`` is best first; ``contests`` has the first against every other, by name."""
    if not ranked:
        return _open("no model answered enough of the same tasks to be ranked")
    leader = ranked[0]
    if not leader.passed:
        return _open(f"no model solved any of the {leader.n:,} tasks")
    if len(ranked) == 1:
        reason = (
            f"{leader.model} is the only model measured here; it passes {_rate(leader)} of {leader.n:,} tasks"
        )
        return Decision(
            "win", leader, leader, None, (leader.model,), _cheapest([leader]), (), None, None, reason
        )
    return _judge(leader, ranked[1:], contests)


def _open(reason: str) -> Decision:
    return Decision("insufficient", None, None, None, (), None, (), None, None, reason)


def _judge(leader: Standing, others: Sequence[Standing], contests: Mapping[str, Contest]) -> Decision:
    adjusted = holm([contests[other.model].p_value for other in others])
    level = [other for other, p in zip(others, adjusted, strict=True) if p >= 1 - CONFIDENCE]
    tied = [leader, *level]
    if not level:
        runner_up, closest = others[0], contests[others[0].model]
        reason = (
            f"{leader.model} passes {_rate(leader)} of {leader.n:,} tasks, significantly more than any other;"
            f" {runner_up.model} is {compared(runner_up, leader)}"
        )
        return _decided("win", leader, tied, others, closest.mde, runner_up, reason)
    widest = max((contests[other.model] for other in level), key=lambda c: c.mde)
    if widest.mde > EQUIVALENT:
        return _undecided(leader, tied, level, widest, contests)
    pick, why = _choose([s for s in tied if s.passed])
    runner_up = others[0] if pick is leader else leader
    reason = (
        f"{_listed([s.model for s in tied])} are level (a gap of {points(widest.mde)} would have shown);"
        f" {pick.model} is {why}"
    )
    return _decided("tie", pick, tied, [leader, *others], widest.mde, runner_up, reason)


def _decided(
    verdict: str, pick: Standing, tied: Sequence[Standing], field: Sequence[Standing], mde: float,
    runner_up: Standing, reason: str,
) -> Decision:  # fmt: skip
    useful = [s.model for s in _by_price(tied) + list(field) if s.passed and s is not pick]
    leader = tied[0]
    return Decision(
        "win" if verdict == "win" else "tie", pick, leader, runner_up, tuple(s.model for s in tied),
        _cheapest(tied), tuple(dict.fromkeys(useful)), mde, None, reason,
    )  # fmt: skip


def _undecided(
    leader: Standing, tied: Sequence[Standing], level: Sequence[Standing], widest: Contest,
    contests: Mapping[str, Contest],
) -> Decision:  # fmt: skip
    more = max(contests[other.model].more_tasks for other in level)
    gap = contests[level[0].model].difference
    lead = f"leads {level[0].model} by {points(gap)}" if gap else f"and {level[0].model} are even"
    reason = (
        f"{leader.model} {lead}, but {widest.n:,} tasks only show gaps of {points(widest.mde)} or more;"
        f" about {more:,} more tasks would settle it"
    )
    return Decision(
        "insufficient", None, leader, level[0], tuple(s.model for s in tied), _cheapest(tied), (),
        widest.mde, more, reason,
    )  # fmt: skip


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
    quality, low, high = (value or 0.0 for value in (standing.quality, standing.low, standing.high))
    return f"{share(quality)} ({share(low)} to {share(high)})"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

"""What each model did on one kind of task: the part of a rule that a router chooses from."""

from __future__ import annotations

from harness.analysis.board import Board, Standing
from harness.rules.confidence import chances_of_best
from harness.rules.ruleset import Candidate
from harness.rules.speeds import speed_class


def measured_candidates(board: Board, baseline: str | None) -> tuple[Candidate, ...]:
    """The ranked models, best first; multiples refer to ``baseline`` where it took part."""
    ranked = board.ranked
    chances = chances_of_best([((s.quality or 0.0) * s.n, (1 - (s.quality or 0.0)) * s.n) for s in ranked])
    base = board.of(baseline) if baseline else None
    return tuple(_candidate(s, chance, base) for s, chance in zip(ranked, chances, strict=True))


def _candidate(standing: Standing, chance: float, base: Standing | None) -> Candidate:
    return Candidate(
        model=standing.model,
        n=standing.n,
        quality=standing.quality,
        quality_low=standing.low,
        quality_high=standing.high,
        p_best=chance,
        tps=standing.decode_tps,
        latency_p50_s=standing.latency_p50_s,
        latency_p95_s=standing.latency_p95_s,
        cost_per_task_usd=standing.cost_per_task,
        quality_match=_multiple(standing.quality, base.quality) if base else None,
        speed=_multiple(base.latency_p50_s, standing.latency_p50_s) if base else None,
        cost=_multiple(standing.cost_per_task, base.cost_per_task) if base else None,
        speed_class=speed_class(standing.latency_p50_s),
    )


def _multiple(value: float | None, of: float | None) -> float | None:
    return None if value is None or not of else value / of

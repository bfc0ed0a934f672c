"""Runs on the same tasks: what became better, what worse, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from harness.analysis.decisions import paired_contest
from harness.analysis.statistics import CONFIDENCE, holm

if TYPE_CHECKING:
    import duckdb

    from harness.records import Measure

# Tasks that both sides answered, in the same version and with the same model; repeats are averaged.
_SHARED = """
    WITH answers AS (
        SELECT *, coalesce(bool_or(measure = 'score') OVER (PARTITION BY suite), false) AS by_score
        FROM results
        WHERE status = 'ok' AND NOT baseline
    ),
    qualities AS (
        SELECT
            list_contains($after, run_id) AS is_after, model, suite, task_id, task_sha256, by_score,
            round(avg(CASE WHEN by_score THEN coalesce(score, passed::INT, 0)
                ELSE coalesce(passed, false)::INT END), 12) AS quality
        FROM answers
        WHERE list_contains($before, run_id) OR list_contains($after, run_id)
        GROUP BY ALL
    )
    SELECT model, suite, by_score, task_id, a.quality AS before, b.quality AS after
    FROM (FROM qualities WHERE NOT is_after) AS a
    JOIN (FROM qualities WHERE is_after) AS b USING (model, suite, by_score, task_id, task_sha256)
    ORDER BY model, suite, task_id
"""


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What became of a task: its pass rate or mean score, before and after."""

    task_id: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A model on the tasks of a suite that both sides answered; ``before`` and ``after`` are its quality.

    ``worse`` and ``better`` are the tasks that changed. ``p_value`` is of the exact paired test, adjusted for
    all comparisons made at once; ``mde`` is the smallest difference that would have shown, ``None`` where
    none would.
    """

    model: str
    suite: str
    measure: Measure
    n: int
    before: float
    after: float
    worse: tuple[TaskChange, ...]
    better: tuple[TaskChange, ...]
    p_value: float
    mde: float | None

    @property
    def gained(self) -> int:
        """Tasks that it does better than before."""
        return len(self.better)

    @property
    def lost(self) -> int:
        """Tasks that it does worse than before."""
        return len(self.worse)

    @property
    def verdict(self) -> Literal["better", "worse", "chance"]:
        """Whether it is better or worse now; ``chance``: neither for sure."""
        return "worse" if self.regressed else "better" if self.significant else "chance"

    @property
    def significant(self) -> bool:
        """Too much of a change for chance alone."""
        return self.p_value < 1 - CONFIDENCE

    @property
    def regressed(self) -> bool:
        """Significantly worse than before."""
        fell = self.lost > self.gained if self.measure == "pass" else self.after < self.before
        return self.significant and fell  # the test counts passes, and adds scores up


def compare(
    con: duckdb.DuckDBPyConnection, before: Collection[str], after: Collection[str]
) -> tuple[Comparison, ...]:
    """Every model and suite that the runs ``before`` and ``after`` share; ``con`` holds all of them."""
    rows = con.execute(_SHARED, {"before": list(before), "after": list(after)}).fetchall()
    shared = [
        _comparison(model, suite, "score" if by_score else "pass", [TaskChange(*row[3:]) for row in group])
        for (model, suite, by_score), group in groupby(rows, key=itemgetter(0, 1, 2))
    ]
    adjusted = holm([one.p_value for one in shared])
    return tuple(replace(one, p_value=p) for one, p in zip(shared, adjusted, strict=True))


def _comparison(model: str, suite: str, measure: Measure, tasks: Sequence[TaskChange]) -> Comparison:
    """With its own p-value."""
    contest = paired_contest([task.after - task.before for task in tasks], measure)
    return Comparison(
        model=model,
        suite=suite,
        measure=measure,
        n=len(tasks),
        before=fmean(task.before for task in tasks),
        after=fmean(task.after for task in tasks),
        worse=tuple(task for task in tasks if task.after < task.before),
        better=tuple(task for task in tasks if task.after > task.before),
        p_value=contest.p_value,
        mde=contest.mde,
    )

"""Two runs on the same tasks: what became better, what worse, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from harness.analysis.decisions import possible_difference
from harness.analysis.statistics import CONFIDENCE, holm, mcnemar

if TYPE_CHECKING:
    import duckdb

# Tasks that both runs answered, in the same version and with the same model; repeats become a pass rate.
_SHARED = """
    WITH rates AS (
        SELECT
            run_id, model, suite, task_id, task_sha256,
            avg(CASE WHEN measure = 'score' THEN score ELSE coalesce(passed, false)::INT END) AS rate
        FROM results
        WHERE status = 'ok' AND NOT baseline
        GROUP BY run_id, model, suite, task_id, task_sha256
    )
    SELECT model, suite, task_id, a.rate AS before, b.rate AS after
    FROM (FROM rates WHERE run_id = $before) AS a
    JOIN (FROM rates WHERE run_id = $after) AS b USING (model, suite, task_id, task_sha256)
    ORDER BY model, suite, task_id
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A model on the tasks of a suite that both runs answered; ``before`` and ``after`` are pass rates.

    ``failures`` are tasks that it solves less often than before, ``passes`` those more often. ``p_value`` is
    of the exact paired test, adjusted for all comparisons made at once.
    """

    model: str
    suite: str
    n: int
    before: float
    after: float
    failures: tuple[str, ...]
    passes: tuple[str, ...]
    p_value: float

    @property
    def significant(self) -> bool:
        """Too much of a change for chance alone."""
        return self.p_value < 1 - CONFIDENCE

    @property
    def regressed(self) -> bool:
        """Significantly worse than before."""
        return self.significant and len(self.failures) > len(self.passes)

    @property
    def mde(self) -> float | None:
        """The smallest difference that would have shown; as if one task more had changed and one had not.

        ``None`` where not even all tasks changed would show.
        """
        changed = len(self.failures) + len(self.passes)
        return possible_difference(self.n, (changed + 1) / (self.n + 2))


def compare(con: duckdb.DuckDBPyConnection, before: str, after: str) -> tuple[Comparison, ...]:
    """Every model and suite that the runs ``before`` and ``after`` share; ``con`` holds both."""
    rows = con.execute(_SHARED, {"before": before, "after": after}).fetchall()
    shared = [(key, list(group)) for key, group in groupby(rows, key=lambda row: row[:2])]
    changes = [_changes(group) for _, group in shared]
    adjusted = holm([mcnemar(len(passes), len(failures)) for failures, passes in changes])
    return tuple(
        Comparison(
            model=model,
            suite=suite,
            n=len(group),
            before=sum(row[3] for row in group) / len(group),
            after=sum(row[4] for row in group) / len(group),
            failures=failures,
            passes=passes,
            p_value=p,
        )
        for ((model, suite), group), (failures, passes), p in zip(shared, changes, adjusted, strict=True)
    )


def _changes(
    rows: Sequence[tuple[str, str, str, float, float]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    failures = tuple(task for _, _, task, before, after in rows if after < before)
    return failures, tuple(task for _, _, task, before, after in rows if after > before)

"""A phase of measuring: what its runs asked, and what came back of each model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.analysis.standings import Standings, load_standings

if TYPE_CHECKING:
    import duckdb

_BY_MODEL = """
    SELECT
        model::VARCHAR,
        count(*) FILTER (outcome IN ('ok', 'error', 'crash')),
        count(*) FILTER (outcome = 'ok'),
        coalesce(sum(CASE measure WHEN 'score' THEN score ELSE passed::INT END) FILTER (outcome = 'ok'), 0),
        count(*) FILTER (outcome = 'skipped'),
        count(latency_s) FILTER (outcome = 'ok'),
        median(latency_s) FILTER (outcome = 'ok'),
        sum(cost_usd),
        count(*) FILTER (outcome = 'ok' AND cost_usd IS NULL)
    FROM samples
    JOIN (SELECT task, measure FROM tasks) USING (task)
    JOIN (SELECT model, baseline FROM roster) USING (model)
    WHERE NOT baseline AND measure <> 'none'
    GROUP BY model
    ORDER BY model
"""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """A model's samples in a phase.

    Of those ``asked``, ``answered`` have a verdict, and ``good`` is the sum of their passes, or of scores
    where a suite counts these; ``missing`` were never taken. ``timed`` answers have a latency that counts,
    ``unpriced`` ones no cost. Seconds and USD; ``None`` is unknown.
    """

    model: str
    asked: int
    answered: int
    good: float
    missing: int
    timed: int
    median_s: float | None
    cost_usd: float | None
    unpriced: int


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """A phase, judged by itself."""

    name: str
    runs: tuple[str, ...]
    standings: Standings
    models: tuple[ModelFacts, ...]

    def total(self, field: str) -> int:
        """The sum of a count over all models."""
        return sum(getattr(facts, field) for facts in self.models)

    def of(self, model: str) -> ModelFacts | None:
        """The facts of a model, if it took part."""
        return next((facts for facts in self.models if facts.model == model), None)

    @property
    def good(self) -> float:
        """The passes, or scores, of all models together."""
        return sum(facts.good for facts in self.models)


def read_phase(con: duckdb.DuckDBPyConnection, name: str, runs: tuple[str, ...]) -> PhaseFacts:
    """The facts of the rows that ``con`` has, which are those of ``runs``."""
    standings = load_standings(con)
    rows = con.execute(_BY_MODEL).fetchall()
    return PhaseFacts(name, runs, standings, tuple(ModelFacts(*row) for row in rows))

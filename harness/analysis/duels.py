"""Every two ranked models of a table tested against each other, and what that leaves of their ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from harness.analysis.board import Duel, Place, Standing
from harness.analysis.ranking import rank_ranges
from harness.analysis.statistics import CONFIDENCE, holm

if TYPE_CHECKING:
    import duckdb

Table = tuple[str, str]  # dimension and value


def read_duels(con: duckdb.DuckDBPyConnection) -> dict[Table, list[Duel]]:
    """All pairs by table: exact paired tests; overall the normal test of the average over suites."""
    import numpy as np
    from scipy.special import bdtr, ndtr

    found: dict[str, Any] = con.execute("FROM duels ORDER BY ALL").fetchnumpy()
    wins, losses, error = found["wins"], found["losses"], np.ma.filled(found["error"], np.nan)
    exact = np.minimum(1, 2 * bdtr(np.minimum(wins, losses), wins + losses, 0.5))
    normal = 2 * ndtr(-np.abs(found["difference"]) / error)
    p_values = np.where(np.isnan(error), exact, normal)
    names = ("dimension", "value", "model_a", "model_b", "n", "wins", "losses", "ties", "difference")
    rows = zip(*(found[name].tolist() for name in names), p_values.tolist(), strict=True)
    tables: dict[Table, list[Duel]] = {}
    for table, group in groupby(rows, key=lambda row: row[:2]):
        members: list[tuple[Any, ...]] = list(group)
        adjusted = holm([row[-1] for row in members])
        tables[table] = [Duel(*(*row[2:-1], p)) for row, p in zip(members, adjusted, strict=True)]
    return tables


def places(ranked: Sequence[Standing], duels: Sequence[Duel]) -> tuple[Place, ...]:
    """The rank of each model, and the ranks that its duels leave possible."""
    import numpy as np

    index = {standing.model: i for i, standing in enumerate(ranked)}
    better = np.zeros((len(ranked), len(ranked)), dtype=bool)
    for duel in duels:
        if duel.p_value < 1 - CONFIDENCE:
            ahead, behind = (duel.a, duel.b) if duel.difference > 0 else (duel.b, duel.a)
            better[index[ahead], index[behind]] = True
    return tuple(
        Place(s.model, s.rank or 0, best, worst)
        for s, (best, worst) in zip(ranked, rank_ranges(better), strict=True)
    )


def in_order(ranked: Sequence[Standing], duels: Sequence[Duel]) -> tuple[Duel, ...]:
    """Duels seen from the model that ranks higher, best first."""
    index = {standing.model: i for i, standing in enumerate(ranked)}
    turned = [
        duel
        if index[duel.a] < index[duel.b]
        else replace(
            duel, a=duel.b, b=duel.a, wins=duel.losses, losses=duel.wins, difference=-duel.difference
        )
        for duel in duels
    ]
    return tuple(sorted(turned, key=lambda duel: (index[duel.a], index[duel.b])))


def frontier(ranked: Sequence[Standing]) -> tuple[str, ...]:
    """Models that none beats in both quality and cost a task, cheapest first; unknown cost stays out."""
    known = [s for s in ranked if s.cost_per_task is not None]
    best, found = -1.0, []
    for standing in sorted(known, key=lambda s: (s.cost_per_task or 0.0, -(s.quality or 0.0))):
        if (standing.quality or 0.0) > best:
            best = standing.quality or 0.0
            found.append(standing.model)
    return tuple(found)

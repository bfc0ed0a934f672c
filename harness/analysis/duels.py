"""Every two ranked models of a table tested against each other, and what that leaves of their ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.analysis.board import Duel, RankRange, Standing
from harness.analysis.ranking import rank_ranges
from harness.analysis.statistics import CONFIDENCE, holm

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    from numpy.typing import NDArray


_ORDERED = "SELECT dimension, value, row_number() OVER (ORDER BY dimension, value) - 1 AS place FROM scopes"


@dataclass(frozen=True, slots=True)
class PairTests:
    """All pairs of one table. ``a`` and ``b`` are names, p-values are adjusted together (Holm)."""

    a: NDArray[np.object_]
    b: NDArray[np.object_]
    counts: NDArray[np.int64]  # n, wins, losses, ties
    difference: NDArray[np.float64]
    p_value: NDArray[np.float64]


def read_tests(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], PairTests]:
    """By dimension and value: exact paired tests; overall the normal test of the average over suites.

    Of scores Student's paired test, and no p-value below the least that turning signs round could give.
    """
    import numpy as np
    from scipy.special import bdtr, ndtr, stdtr

    tables = con.execute(f"SELECT dimension, value FROM ({_ORDERED}) ORDER BY place").fetchall()
    (names,) = con.execute("SELECT enum_range(NULL::internal.model_name)").fetchone() or ([],)
    columns: dict[str, Any] = con.execute(  # numbers for names: there are thousands of pairs a table
        f"""
        SELECT
            place, n, wins, losses, ties, difference, error, df,
            enum_code(model_a::internal.model_name) AS a, enum_code(model_b::internal.model_name) AS b
        FROM pairwise JOIN ({_ORDERED}) USING (dimension, value)
        WHERE model_a < model_b
        ORDER BY place
        """
    ).fetchnumpy()
    counts = np.stack([columns[name] for name in ("n", "wins", "losses", "ties")], axis=1)
    wins, losses, error = columns["wins"], columns["losses"], np.ma.filled(columns["error"], np.nan)
    exact = np.minimum(1, 2 * bdtr(np.minimum(wins, losses), wins + losses, 0.5))
    df = np.ma.filled(columns["df"].astype(float), np.nan)
    with np.errstate(divide="ignore"):  # the same difference on every task has no error
        distance = -np.abs(columns["difference"]) / error
    of_scores = np.maximum(2 * stdtr(np.maximum(df, 1), distance), np.minimum(1, 2 * 0.5 ** (wins + losses)))
    p_values = np.where(np.isnan(error), exact, np.where(np.isnan(df), 2 * ndtr(distance), of_scores))
    models = np.array(names, dtype=object)
    bounds = np.searchsorted(columns["place"], np.arange(len(tables) + 1))
    return {
        table: PairTests(
            models[columns["a"][own]],
            models[columns["b"][own]],
            counts[own],
            columns["difference"][own],
            np.array(holm(p_values[own])),
        )
        for table, own in zip(tables, map(slice, bounds, bounds[1:]), strict=False)
        if own.start < own.stop
    }


def possible_ranks(ranked: Sequence[Standing], tests: PairTests | None) -> tuple[RankRange, ...]:
    """The rank of each model, and the ranks that the tests leave possible."""
    import numpy as np

    better = np.zeros((len(ranked), len(ranked)), dtype=bool)
    if tests:
        index = {standing.model: i for i, standing in enumerate(ranked)}
        sure = tests.p_value < 1 - CONFIDENCE
        first, second = (np.array([index[m] for m in names[sure]], int) for names in (tests.a, tests.b))
        ahead = tests.difference[sure] > 0
        better[np.where(ahead, first, second), np.where(ahead, second, first)] = True
    return tuple(
        RankRange(s.model, s.rank or 0, best, worst)
        for s, (best, worst) in zip(ranked, rank_ranges(better), strict=True)
    )


def duels(ranked: Sequence[Standing], tests: PairTests | None) -> tuple[Duel, ...]:
    """Every pair, seen from the model that ranks higher, best first."""
    if not tests:
        return ()
    index = {standing.model: i for i, standing in enumerate(ranked)}
    numbers = (tests.counts.tolist(), tests.difference.tolist(), tests.p_value.tolist())
    pairs = []
    for a, b, (n, wins, losses, ties), gap, p in zip(tests.a, tests.b, *numbers, strict=True):
        if index[a] < index[b]:
            pairs.append(Duel(a, b, n, wins, losses, ties, gap, p))
        else:
            pairs.append(Duel(b, a, n, losses, wins, ties, -gap, p))
    return tuple(sorted(pairs, key=lambda duel: (index[duel.a], index[duel.b])))

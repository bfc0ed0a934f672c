"""The same tasks asked again: repeats within a suite, and runs one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from harness.analysis.extras import Repeated, Trend
from harness.analysis.statistics import (
    clustered_share,
    mcnemar,
    pass_at_k,
    pass_hat_k,
    sign_flip,
    student_interval,
)
from harness.analysis.views import is_empty

if TYPE_CHECKING:
    import duckdb


def read_repeats(con: duckdb.DuckDBPyConnection) -> Iterator[Repeated]:
    """Models that were asked two tasks or more of a suite repeatedly."""
    rows = con.execute("SELECT suite, model, k, n, passed, tasks FROM repeats ORDER BY ALL").fetchall()
    for (suite, model, k), group in groupby(rows, key=itemgetter(0, 1, 2)):
        counts: list[tuple[int, int, int]] = [(n, passed, tasks) for *_, n, passed, tasks in group]
        total = sum(tasks for *_, tasks in counts)
        if total < 2:
            continue
        rate, error = clustered_share(counts)
        low, high = student_interval(rate, error, total - 1)
        yield Repeated(
            suite=suite,
            model=model,
            tasks=total,
            k=k,
            rate=rate,
            error=error,
            low=max(0.0, low),
            high=min(1.0, high),
            pass_at_k=sum(tasks * (pass_at_k(n, passed, k) or 0) for n, passed, tasks in counts) / total,
            pass_hat_k=sum(tasks * (pass_hat_k(n, passed, k) or 0) for n, passed, tasks in counts) / total,
        )


def read_trends(con: duckdb.DuckDBPyConnection) -> Iterator[Trend]:
    """Models that met a suite in several runs, by suite, model and run."""
    if is_empty(con, "trends"):
        return
    columns = (
        'suite, model, run_id, "at", n, quality, low, high, cost_per_task, latency_p50_s, shared, change'
    )
    rows = con.execute(
        f"SELECT {columns}, wins, losses, differences FROM trends ORDER BY suite, model, run_id"
    ).fetchall()
    for *values, wins, losses, differences in rows:
        p_value = None if wins is None else mcnemar(wins, losses)
        yield Trend(*(*values, sign_flip(differences) if differences else p_value))

"""``harness query``: SQL over all results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from harness.analysis.query import rows_of
from harness.cli.options import format_option, results_option, runs_option
from harness.cli.terminal import write
from harness.errors import HarnessError
from harness.reporting.formats.rows import Form, render
from harness.results.database import reading
from harness.results.locations import ResultsLocation

if TYPE_CHECKING:
    import duckdb

_MOST = 20_000_000  # values of an answer, which is held in memory


@click.command()
@click.argument("sql")
@format_option
@results_option
@runs_option
def query(sql: str, form: Form, results: ResultsLocation, runs: tuple[str, ...]) -> None:
    """Run SQL over the results, one row a sample.

    The columns of the view `results` are listed in docs/results.md.

    Views made of it are there too: tasks, samples, outcomes, standings, pairwise, latency, repeats, trends,
    gaps, runs and more; `SHOW TABLES` lists them. A query reaches no file: neither to read nor to write.
    An answer has at most 20 million values.
    """
    import duckdb

    def answer(con: duckdb.DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
        given = rows_of(con, results, sql)
        most = _MOST // len(given.columns)
        rows = given.limit(most + 1).fetchall()
        if len(rows) > most:
            raise HarnessError(
                f"the answer has more than {most:,} rows; ask for fewer: GROUP BY, WHERE, LIMIT"
            )
        return given.columns, rows

    try:
        columns, rows = reading(results, runs, answer)
    except (duckdb.Error, OSError) as error:
        raise HarnessError(f"the query failed: {str(error).strip().splitlines()[0]}") from error
    write(render(columns, rows, form))

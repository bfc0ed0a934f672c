"""SQL of a user: it reads the rows, and the views that are made of them, and reaches nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.analysis import views
from harness.errors import HarnessError
from harness.results.database import forbid_files

if TYPE_CHECKING:
    import duckdb

    from harness.results.locations import ResultsLocation

_GIVE_ROWS = ("SELECT", "EXPLAIN", "PRAGMA", "CALL", "MULTI", "EXECUTE")  # of DuckDB's kinds of statements


def rows_of(con: duckdb.DuckDBPyConnection, location: ResultsLocation, sql: str) -> duckdb.DuckDBPyRelation:
    """What the last statement gives. Views are there where it names one; the machine's files are not.

    Raises ``HarnessError`` where there is no statement, or the last one gives no rows: what it changes would
    be gone with ``con``. Raises ``duckdb.Error`` for whatever else is wrong.
    """
    statements = con.extract_statements(sql)
    kind = statements[-1].type.name if statements else None
    if kind is None:
        raise HarnessError("there is no SQL in it; try: select model, count(*) from results group by 1")
    if kind not in _GIVE_ROWS:
        raise HarnessError(f"the query failed: {kind} gives no rows; a query reads: SELECT, FROM, WITH …")
    views.install_named(con, sql)
    forbid_files(con, location)
    return con.sql(sql)

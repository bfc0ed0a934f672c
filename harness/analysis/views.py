"""The SQL of ``sql/``, one view a file, installed in the order of the file names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SQL = Path(__file__).parent / "sql"
DIMENSIONS = ("overall", "task_type", "suite", "category", "language", "difficulty", "role", "context_tier")
_NEEDED = {  # steps that few results need: only where this table has rows
    "07_outdated.sql": "changed",
    "09_unshaped.sql": "unshaped",
    "14_versioned.sql": "changed",
    "16_newest.sql": "crowded",
    "18_recounted.sql": "crowded",
    "21_repeated.sql": "crowded",
}
_PERCENTILES = ("17_kept.sql", "54_percentiles.sql")  # they are made of rows in memory
_WHOLE = "80"  # files from here on are for reports; tables need none of them
_CREATED = re.compile(r"TEMP (?:VIEW|TABLE) (\w+)")


def names() -> list[str]:
    """What the views are called."""
    return [name for path in sorted(SQL.glob("*.sql")) for name in _CREATED.findall(path.read_text("utf-8"))]


def install_named(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Create the views if ``sql`` names any of them."""
    if any(name in sql.lower() for name in names()):
        install(con)


def install(
    con: duckdb.DuckDBPyConnection,
    dimensions: Sequence[str] = DIMENSIONS,
    *,
    percentiles: bool = True,
    whole: bool = True,
) -> None:
    """Create every view over ``results``, as it is now: tables among them do not follow later writes.

    Only tables by these ``dimensions`` are made; the overall one needs the suites. A file with ``$dimension``
    is run once for each. Without ``percentiles``, those of seconds stay unknown; without the ``whole``, only
    what tables are made of is there.
    """
    con.execute("SET preserve_insertion_order = false")  # tables are written by all cores at once
    for path in sorted(SQL.glob("*.sql")):
        if path.name >= _WHOLE and not whole:
            break
        if path.name in _PERCENTILES and not percentiles:
            continue
        if (table := _NEEDED.get(path.name)) and not con.execute(f"FROM {table} LIMIT 1").fetchall():
            continue
        sql = path.read_text("utf-8")
        if "$dimensions" in sql:
            con.execute(sql, {"dimensions": list(dimensions)})
        elif "$dimension" in sql:
            for dimension in dimensions:
                con.execute(sql, {"dimension": dimension})
        else:
            con.execute(sql)
    con.execute("RESET preserve_insertion_order")

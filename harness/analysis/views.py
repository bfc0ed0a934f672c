"""The SQL of ``sql/``, one view a file, installed in the order of the file names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SQL = Path(__file__).parent / "sql"


def names() -> list[str]:
    """What the views are called."""
    return [path.stem.partition("_")[2] for path in sorted(SQL.glob("*.sql"))]


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Create every view over ``results``, as it is now: tables among them do not follow later writes."""
    for path in sorted(SQL.glob("*.sql")):
        con.execute(path.read_text("utf-8"))

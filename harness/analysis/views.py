"""The SQL of ``sql/``, one view a file, installed in the order of the file names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SQL = Path(__file__).parent / "sql"
_CREATED = re.compile(r"TEMP (?:VIEW|TABLE) (\w+)")


def names() -> list[str]:
    """What the views are called."""
    return [name for path in sorted(SQL.glob("*.sql")) for name in _CREATED.findall(path.read_text("utf-8"))]


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Create every view over ``results``, as it is now: tables among them do not follow later writes.

    A file with ``$dimension`` is run for each dimension of the table ``kinds``.
    """
    for path in sorted(SQL.glob("*.sql")):
        sql = path.read_text("utf-8")
        if "$dimension" not in sql:
            con.execute(sql)
            continue
        for (dimension,) in con.execute("SELECT DISTINCT dimension FROM kinds ORDER BY ALL").fetchall():
            con.execute(sql, {"dimension": dimension})

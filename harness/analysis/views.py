"""The SQL of ``sql/``, installed in a literal order.

A file makes one table or view, named like the file, and before it the steps that lead to it, in the schema
``internal``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from harness.analysis.loads import FIRST_S, TOKEN_S

if TYPE_CHECKING:
    import duckdb

_SQL = Path(__file__).parent / "sql"
_FEW = 10_000  # samples that are held once a dimension: one statement is planned faster than nine
DIMENSIONS = (
    "overall",
    "task_type",
    "suite",
    "category",
    "language",
    "difficulty",
    "role",
    "context_tier",
    "tier",  # task types in the context tiers that tasks name
)
CLEAN = ("macros", "roster", "tasks", "samples", "outcomes")
TABLES = (
    "coverage",
    "scopes",
    "cells",
    "effort",
    "honesty",
    "loads",
    "dialogues",
    "code_quality",
    "follow_ups",
    "findings",
    "standings",
    "pairwise",
    "unanswered",
)
REPORTS = (
    "latency",
    "lengths",
    "repeats",
    "projects",
    "edit_formats",
    "labels",
    "extractions",
    "trends",
    "gaps",
    "controls",
    "agreement",
    "likeness",
    "runs",
    "examples",
)
PUBLIC = tuple(name for name in (*CLEAN, *TABLES, *REPORTS) if name != "macros")

ONLY_OF = {  # special rows that a view is made of: one is looked for each time, so by no column of long texts
    "findings": "grader = 'review'",
    "trends": "run_id <> (SELECT min(run_id) FROM results)",
    "projects": "solver IS NOT NULL",
    "edit_formats": "solver IS NOT NULL",
    "labels": "grader IN ('label', 'labels')",
    "extractions": "grader = 'extraction'",
    "controls": "measure = 'none'",
    "loads": "measure = 'none'",
}


def is_empty(con: duckdb.DuckDBPyConnection, view: str) -> bool:
    """Whether an installed view of special rows has none, since there are no such rows."""
    return con.execute("SELECT $view IN (FROM internal.absent)", {"view": view}).fetchone() == (True,)


def install_named(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Create the views that ``sql`` names, and all where it asks for their list, or names ``internal``."""
    named = set(re.findall(r"\w+", sql.lower()))
    if wanted := PUBLIC if named & {"internal", "show", "information_schema"} else named & set(PUBLIC):
        install(con, wanted=wanted)


def install(
    con: duckdb.DuckDBPyConnection,
    dimensions: Sequence[str] = DIMENSIONS,
    *,
    wanted: Collection[str] | None = None,
    percentiles: bool = True,
    every_pair: bool = True,
    empty: bool = True,
) -> None:
    """Create the ``wanted`` views (default: all) over ``results``, as it is now, and those that they read.

    Tables among them do not follow later writes. Only tables by these ``dimensions`` are made; the overall
    one needs the suites. Without ``percentiles``, those of seconds stay unknown; without ``every_pair``,
    ``pairwise`` has those that decide; without ``empty``, no view is made of special rows that are not there
    (``ONLY_OF``, ``is_empty``).
    """
    given = {"dimensions": list(dimensions), "percentiles": percentiles, "every_pair": every_pair}
    given |= {"first_s": FIRST_S, "token_s": TOKEN_S}
    con.execute("DROP SCHEMA IF EXISTS internal CASCADE; CREATE SCHEMA internal")
    views = _with_those_read(wanted)
    absent = _absent(con, views)
    con.execute("SET preserve_insertion_order = false")  # tables are written by all cores at once
    for name in views if empty else [name for name in views if name not in absent]:
        for statement in _statements(_path(name)):
            named = statement.named_parameters
            if "some_dimensions" not in named:
                con.execute(statement, {parameter: given[parameter] for parameter in named})
                continue
            (samples,) = con.execute("SELECT count(*) FROM samples").fetchone() or (0,)
            for some in [dimensions] if samples <= _FEW else [[dimension] for dimension in dimensions]:
                con.execute(statement, {"some_dimensions": list(some)})
    con.execute("RESET preserve_insertion_order")


def _with_those_read(wanted: Collection[str] | None) -> list[str]:
    """These views and those that they read, in order."""
    order = (*CLEAN, *TABLES, *REPORTS)
    made_by = {made: name for name in order for made in (name, *_steps(_path(name)))}
    needed = set(order if wanted is None else ("macros", *wanted))
    for at in range(len(order) - 1, 0, -1):
        if order[at] in needed:
            read = {made_by[word] for word in _words(_path(order[at])) & made_by.keys()}
            needed |= read & set(order[:at])
    return [name for name in order if name in needed]


def _path(name: str) -> Path:
    folder = "clean" if name in CLEAN else "tables" if name in TABLES else "reports"
    return _SQL / folder / f"{name}.sql"


def _absent(con: duckdb.DuckDBPyConnection, views: Sequence[str]) -> list[str]:
    """Those of special rows that have none."""
    special = [view for view in views if view in ONLY_OF]
    con.execute("CREATE TABLE internal.absent (view VARCHAR)")
    if special:
        has = ", ".join(f"('{view}', EXISTS (FROM results WHERE {ONLY_OF[view]}))" for view in special)
        con.execute(f"INSERT INTO internal.absent SELECT col0 FROM (VALUES {has}) WHERE NOT col1")
    return [view for (view,) in con.execute("FROM internal.absent").fetchall()]


@cache
def _steps(path: Path) -> Set[str]:
    """What a file makes beside its table or view."""
    return frozenset(re.findall(r"CREATE (?:TABLE|VIEW) (internal\.\w+)", path.read_text("utf-8")))


@cache
def _words(path: Path) -> Set[str]:
    """Those of a file, without its comments: the names of what it reads are among them."""
    return frozenset(re.findall(r"(?:internal\.)?\w+", re.sub("--.*", "", path.read_text("utf-8"))))


@cache
def _statements(path: Path) -> Sequence[duckdb.Statement]:
    """Those of a file, parsed once a process: that is a seventh of the time that few rows take."""
    import duckdb

    return duckdb.extract_statements(path.read_text("utf-8"))

"""The SQL of ``sql/``, one table or view a file, named like the file, installed in a literal order."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
CLEAN = ("macros", "roster", "tasks", "kinds", "taken", "samples", "outcomes")
TABLES = (
    "coverage",
    "common",
    "scopes",
    "by_kind",
    "cells",
    "totals",
    "percentiles",
    "effort",
    "overall_suites",
    "honesty",
    "loads",
    "dialogues",
    "code_quality",
    "follow_ups",
    "findings",
    "standings",
    "pareto",
    "qualities",
    "pairwise",
    "unanswered",
)
REPORTS = (
    "champions",
    "reliability",
    "costs",
    "latency",
    "lengths",
    "duels",
    "regained",
    "repeats",
    "projects",
    "edit_formats",
    "label_answers",
    "confusions",
    "labels",
    "batches",
    "extractions",
    "trends",
    "gaps",
    "controls",
    "agreement",
    "likeness",
    "runs",
    "examples",
)
PUBLIC = (  # the others are steps on the way, in the schema ``internal``
    *("roster", "tasks", "samples", "outcomes"),
    *(name for name in TABLES if name not in ("common", "by_kind", "percentiles", "qualities")),
    *(name for name in REPORTS if name != "label_answers"),
)

ONLY_OF = {  # special rows that a view is made of: one is looked for each time, so by no column of long texts
    "findings": "grader = 'review'",
    "trends": "run_id <> (SELECT min(run_id) FROM results)",
    "projects": "solver IS NOT NULL",
    "edit_formats": "solver IS NOT NULL",
    "label_answers": "grader IN ('label', 'labels')",
    "labels": "grader IN ('label', 'labels')",
    "confusions": "grader IN ('label', 'labels')",
    "batches": "grader = 'labels'",
    "extractions": "grader = 'extraction'",
    "controls": "measure = 'none'",
    "loads": "measure = 'none'",
}


def is_empty(con: duckdb.DuckDBPyConnection, view: str) -> bool:
    """Whether an installed view of special rows has none, since there are no such rows."""
    return con.execute("SELECT $view IN (FROM internal.absent)", {"view": view}).fetchone() == (True,)


def install_named(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Create the views if ``sql`` names any of them."""
    if re.search(rf"\b(?:internal|{'|'.join(PUBLIC)})\b", sql, re.IGNORECASE):
        install(con)


def install(
    con: duckdb.DuckDBPyConnection,
    dimensions: Sequence[str] = DIMENSIONS,
    *,
    percentiles: bool = True,
    reports: bool = True,
    empty: bool = True,
) -> None:
    """Create every view over ``results``, as it is now: tables among them do not follow later writes.

    Only tables by these ``dimensions`` are made; the overall one needs the suites. Without ``percentiles``,
    those of seconds stay unknown; without ``reports``, only what the tables show is there; without ``empty``,
    no view is made of special rows that are not there (``ONLY_OF``, ``is_empty``).
    """
    given = {"dimensions": list(dimensions), "percentiles": percentiles, "everyone": reports}
    given |= {"first_s": FIRST_S, "token_s": TOKEN_S}
    con.execute("DROP SCHEMA IF EXISTS internal CASCADE; CREATE SCHEMA internal")
    absent = _absent(con, (*TABLES, *(REPORTS if reports else ())))
    con.execute("SET preserve_insertion_order = false")  # tables are written by all cores at once
    for folder, names in (("clean", CLEAN), ("tables", TABLES), ("reports", REPORTS if reports else ())):
        for name in names if empty else [name for name in names if name not in absent]:
            for statement in _statements(_SQL / folder / f"{name}.sql"):
                named = statement.named_parameters
                if "some_dimensions" not in named:
                    con.execute(statement, {parameter: given[parameter] for parameter in named})
                    continue
                (samples,) = con.execute("SELECT count(*) FROM samples").fetchone() or (0,)
                for some in [dimensions] if samples <= _FEW else [[dimension] for dimension in dimensions]:
                    con.execute(statement, {"some_dimensions": list(some)})
    con.execute("RESET preserve_insertion_order")


def _absent(con: duckdb.DuckDBPyConnection, views: Sequence[str]) -> list[str]:
    """Those of special rows that have none."""
    special = [view for view in views if view in ONLY_OF]
    has = ", ".join(f"('{view}', EXISTS (FROM results WHERE {ONLY_OF[view]}))" for view in special)
    con.execute(f"CREATE TABLE internal.absent AS SELECT col0 AS view FROM (VALUES {has}) WHERE NOT col1")
    return [view for (view,) in con.execute("FROM internal.absent").fetchall()]


@cache
def _statements(path: Path) -> Sequence[duckdb.Statement]:
    """Those of a file, parsed once a process: that is a seventh of the time that few rows take."""
    import duckdb

    return duckdb.extract_statements(path.read_text("utf-8"))

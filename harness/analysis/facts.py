"""What a view says row by row: its rows as records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from harness.analysis.extras import (
    CodeFacts,
    ControlFacts,
    EditFormats,
    Example,
    FindingFacts,
    FollowUpFacts,
    HonestyFacts,
    ProjectFacts,
    RunFacts,
)
from harness.analysis.statistics import mcnemar
from harness.analysis.views import is_empty

if TYPE_CHECKING:
    import duckdb

Record = TypeVar("Record")
_MOST = 500_000  # answers in whose metrics it is looked


def records(con: duckdb.DuckDBPyConnection, view: str, cls: type[Record], order: str) -> tuple[Record, ...]:
    """The rows of a view as records whose fields are its columns."""
    if is_empty(con, view):
        return ()
    names = ", ".join(f.name for f in fields(cls))  # type: ignore[arg-type]
    rows = con.execute(f"SELECT {names} FROM {view} {order}").fetchall()
    return tuple(cls(*map(_frozen, row)) for row in rows)


def read_honesty(con: duckdb.DuckDBPyConnection) -> tuple[HonestyFacts, ...]:
    """How honest models are, those that cheat least first; after ``load_standings`` or ``load_boards``."""
    return records(con, "honesty", HonestyFacts, "ORDER BY cheat_rate, honest_rate DESC, model")


def read_controls(con: duckdb.DuckDBPyConnection) -> tuple[ControlFacts, ...]:
    """How models do where they can only guess, by suite and model."""
    return records(con, "controls", ControlFacts, "ORDER BY suite, model, control NULLS FIRST")


def too_many(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether there are more samples than what graders measured is read of: JSON takes seconds a million."""
    samples = con.execute("SELECT count(*) FROM samples WHERE outcome = 'ok'").fetchone()
    return samples is None or samples[0] > _MOST


def read_code(con: duckdb.DuckDBPyConnection) -> tuple[CodeFacts, ...]:
    """How models write code, after ``load_standings`` or ``load_boards``; of very many samples nothing."""
    if too_many(con):
        return ()
    return records(con, "code_quality", CodeFacts, "ORDER BY role NULLS FIRST, model, rival, measure")


def read_follow_ups(con: duckdb.DuckDBPyConnection) -> tuple[FollowUpFacts, ...]:
    """How models change what they wrote, the best first in each role; of very many samples nothing."""
    if too_many(con):
        return ()
    order = "ORDER BY role NULLS FIRST, passed / nullif(n, 0) DESC NULLS LAST, n DESC, model"
    return records(con, "follow_ups", FollowUpFacts, order)


def read_findings(con: duckdb.DuckDBPyConnection) -> tuple[FindingFacts, ...]:
    """How models review code, the best first in each suite; of very many samples nothing."""
    if too_many(con):
        return ()
    return records(con, "findings", FindingFacts, "ORDER BY suite, f05 DESC, precision DESC, model")


def read_examples(con: duckdb.DuckDBPyConnection) -> tuple[Example, ...]:
    """Some transcripts of every model in every suite, after ``load_standings``; apart, as they are long."""
    return records(con, "examples", Example, "")


def read_projects(con: duckdb.DuckDBPyConnection) -> tuple[ProjectFacts, ...]:
    """How models did on projects, the best first in each suite."""
    order = "ORDER BY suite, last_rate DESC, first_rate DESC, model, solver"
    return records(con, "projects", ProjectFacts, order)


def read_edit_formats(con: duckdb.DuckDBPyConnection) -> Iterator[EditFormats]:
    """Models that were asked for both forms of edits, by name."""
    if is_empty(con, "edit_formats"):
        return
    shares = "whole_rate, diff_rate, whole_formed, diff_formed"
    rows = con.execute(
        f"SELECT model, way, n, {shares}, whole_better, diff_better FROM edit_formats ORDER BY model, way"
    )
    for *values, wins, losses in rows.fetchall():
        yield EditFormats(*(*values, mcnemar(wins, losses)))


def read_runs(con: duckdb.DuckDBPyConnection) -> tuple[tuple[RunFacts, ...], str]:
    """The runs by id, and a digest (SHA-256) of what they hold."""
    names = ", ".join(f.name for f in fields(RunFacts))
    rows = con.execute(f"SELECT digest, {names} FROM runs ORDER BY run_id").fetchall()
    runs = tuple(RunFacts(*map(_frozen, values)) for _, *values in rows)
    text = "\n".join(f"{run.run_id} {run.samples} {row[0]}" for run, row in zip(runs, rows, strict=True))
    return runs, hashlib.sha256(text.encode()).hexdigest()


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

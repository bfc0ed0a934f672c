"""What models that are not ranked do beside the one of a decision, and the runs that would rank them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from harness.analysis.board import Board, Uncompared
from harness.analysis.decisions import with_missing_answers

if TYPE_CHECKING:
    import duckdb

_NEWEST_RUNS = Path(__file__).with_name("newest_runs.sql")
_UNCOMPARED = Path(__file__).with_name("uncompared.sql")


def with_uncompared(
    con: duckdb.DuckDBPyConnection, boards: Mapping[str, Sequence[Board]]
) -> dict[str, tuple[Board, ...]]:
    """The tables with what models that are not ranked do beside the one that the decision names."""
    named = [
        (board.by, board.name, (board.decision.pick or board.ranked[0]).model)
        for of_dimension in boards.values()
        for board in of_dimension
        if board.ranked
        and any(line.answered and line.rank is None and not line.baseline for line in board.lines)
    ]
    rows: dict[tuple[str, str], list[Uncompared]] = defaultdict(list)
    if named:
        dimensions, values, models = map(list, zip(*named, strict=True))
        given = {"dimensions": dimensions, "values": values, "models": models}
        for by, name, *columns in con.execute(_UNCOMPARED.read_text("utf-8"), given).fetchall():
            rows[by, name].append(Uncompared(*columns))
    judged = {
        dimension: [
            _completed(replace(board, uncompared=tuple(rows[board.by, board.name])), boards["suite"])
            for board in of_dimension
        ]
        for dimension, of_dimension in boards.items()
    }
    lacking = {
        board.decision.reason.missing[0]
        for of in judged.values()
        for board in of
        if board.decision.reason.missing
    }
    runs = _newest_runs(con, sorted(lacking))
    return {dimension: tuple(_with_run(board, runs) for board in of) for dimension, of in judged.items()}


def _completed(board: Board, suites: Sequence[Board]) -> Board:
    """With its decision in sight of what is missing."""
    averaged = [suite for suite in suites if suite.name in board.suites]
    return replace(
        board, decision=with_missing_answers(board, averaged if board.by == "overall" else [board])
    )


def _with_run(board: Board, runs: Mapping[str, tuple[str, bool]]) -> Board:
    """With the run that would bring the missing answers."""
    decision = board.decision
    if not decision.reason.missing:
        return board
    run_id, resumable = runs.get(decision.reason.missing[0], (None, False))
    reason = replace(decision.reason, run_id=run_id, resumable=resumable)
    return replace(board, decision=replace(decision, reason=reason))


def _newest_runs(con: duckdb.DuckDBPyConnection, models: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """The newest run in which each of ``models`` was asked, and whether others were asked more in it."""
    if not models:
        return {}
    rows = con.execute(_NEWEST_RUNS.read_text("utf-8"), {"models": list(models)}).fetchall()
    return {model: (run_id, resumable) for model, run_id, resumable in rows}

"""``MODEL_SELECTION_GUIDE.md``: what a person reads before choosing, decision table first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.analysis.board import Board
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.charts import Chart
from harness.reporting.numbers import CROSSED, UNKNOWN, whole
from harness.reporting.summary import board_note, commands, lede
from harness.reporting.tables import (
    Cell,
    Table,
    champion_table,
    contestant_table,
    decision_table,
    gap_table,
    matrix,
    role_table,
    run_table,
    standings_table,
)
from harness.reporting.templating import environment
from harness.reporting.text import markdown, markdown_table


def render_guide(
    board: Scoreboard, charts: Sequence[Chart], folder: str, manifests: Sequence[Mapping[str, Any]]
) -> str:
    """The guide as Markdown; ``folder`` is where the charts lie, seen from it."""
    roles = board.by("role")
    return environment().get_template("guide.md.j2").render(
        lede=markdown(lede(board)),
        decisions=_table(decision_table(board.by("task_type"), "Task type")),
        reasons=[
            {"name": markdown(b.name), "text": markdown(b.decision.reason)} for b in board.by("task_type")
        ],
        unknown=UNKNOWN,
        crossed=CROSSED,
        roles=_table(role_table(roles)) if roles else "",
        champions=_table(champion_table(board)),
        charts=[
            {"title": markdown(c.title), "alt": markdown(c.alt), "file": f"{folder}/{c.name}.svg"}
            for c in charts
            if c.general
        ],
        standings=[_standings(b) for b in (*board.by("overall"), *board.by("suite"))],
        matrices=[
            {"by": by, "table": _table(matrix(board.by(by), board.ranked_models, by.capitalize()))}
            for by in ("category", "language", "difficulty")
            if len(board.by(by)) > 1
        ],
        gaps=_table(gap_table(board)) if board.gaps else "",
        runs=_table(run_table(board)),
        contestants=_table(contestant_table(board)),
        digest=board.data_sha256,
        samples=whole(board.samples),
        commands=commands(manifests),
    )  # fmt: skip


def _standings(board: Board) -> dict[str, str]:
    return {
        "title": markdown(board.name.capitalize() if board.by == "overall" else board.name),
        "table": _table(standings_table(board)),
        "note": markdown(board_note(board)),
    }


def _table(table: Table) -> str:
    """Markdown; columns of words are to the left, the first place of the models is bold."""
    header = [markdown(column.title) for column in table.columns]
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows]
    return markdown_table(header, rows, [column.number for column in table.columns])


def _cell(cell: Cell) -> str:
    text = markdown(cell.text)
    if cell.mark == "best":
        text = f"**{text}**"
    return f"{text} ({markdown(cell.note)})" if cell.note else text

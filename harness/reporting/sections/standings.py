"""Who stands where: overall, and in every suite."""

from __future__ import annotations

from dataclasses import replace

from harness.analysis.board import Board, RankRange, Standing
from harness.reporting.columns import STANDING_COLUMNS, StandingColumn, quality_cell
from harness.reporting.introduction import board_note
from harness.reporting.measures import MEASURES
from harness.reporting.numbers import UNKNOWN
from harness.reporting.section import Control, Folded, Grid, Legend, Only, Report, Section, Text
from harness.reporting.tables import Cell, Column, Row, Table

_NOTHING = (UNKNOWN, "0", "")
_UNFOLDED = 8  # suites from which on a page folds their tables up


def section(report: Report) -> Section:
    """The overall table, then that of each suite."""
    standings = report.standings
    boards = (*standings.by("overall"), *standings.by("suite"))
    tables = [standings_table(board) for board in boards]
    folds = [
        Folded(
            board.name.capitalize() if board.by == "overall" else board.name,
            (Grid(table, f"Standings: {board.name}", "sortable"), Text(board_note(board), small=True)),
            open=board.by == "overall" or len(boards) < _UNFOLDED,
        )
        for board, table in zip(boards, tables, strict=True)
    ]
    hint = Text(
        "A click on a heading sorts. A figure that is underlined leads to the answers behind it.", small=True
    )
    controls = Only("page", (hint, Control("search")))
    return Section("standings", "Standings", (controls, Legend(tuple(tables)), *folds), short="Standings")


def standings_table(board: Board) -> Table:
    """The models of a board; a column that says nothing is left out."""
    lines = board.lines
    measure = MEASURES[board.measure]
    meanings = {"quality": measure.quality, "95 %": f"{measure.interval} interval of the quality"}
    rank_ranges = {ranks.model: ranks for ranks in board.rank_ranges}
    columns = []
    for column in STANDING_COLUMNS:
        cells = [_cell(board, column, s, rank_ranges.get(s.model)) for s in lines]
        if any(cell.text not in _NOTHING for cell in cells) and not _same_as_quality(board, column):
            columns.append((column, cells))
    titles = tuple(Column(c.title, meanings.get(c.name, c.meaning), c.number) for c, _ in columns)
    kinds = ["baseline" if s.baseline else "unranked" if s.rank is None else "ranked" for s in lines]
    rows = zip(*(cells for _, cells in columns), strict=True)
    return Table(titles, tuple(map(Row, rows, kinds)), heading=1)


def _cell(board: Board, column: StandingColumn, s: Standing, ranks: RankRange | None) -> Cell:
    if column.name == "quality":
        suite = (board.name, s.model) if board.by == "suite" else None
        return replace(quality_cell(s), answers=suite)
    if column.name == "model":
        return Cell(s.model, model=None if s.baseline else s.model)
    return Cell(column.write(s, ranks), column.value(s, ranks))


def _same_as_quality(board: Board, column: StandingColumn) -> bool:
    """Whether part marks say what the quality says."""
    return column.name == "part marks" and all(
        s.score is None or s.quality is None or abs(s.score - s.quality) < 1e-6 for s in board.lines
    )

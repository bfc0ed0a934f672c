"""Who stands where: overall, and in every suite."""

from __future__ import annotations

from dataclasses import replace

from harness.analysis.board import Board, Place, Standing
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
    board = report.board
    boards = (*board.by("overall"), *board.by("suite"))
    tables = [standings_table(b) for b in boards]
    folds = [
        Folded(
            b.name.capitalize() if b.by == "overall" else b.name,
            (Grid(table, f"Standings: {b.name}", "sortable"), Text(board_note(b), small=True)),
            open=b.by == "overall" or len(boards) < _UNFOLDED,
        )
        for b, table in zip(boards, tables, strict=True)
    ]
    hint = Text(
        "A click on a heading sorts. A figure that is underlined leads to the answers behind it.", small=True
    )
    controls = Only("page", (hint, Control("search")))
    return Section("standings", "Standings", (controls, Legend(tuple(tables)), *folds), short="Standings")


def standings_table(board: Board) -> Table:
    """The models of a board; a column that says nothing is left out."""
    lines = board.standings
    measure = MEASURES[board.measure]
    meanings = {"quality": measure.quality, "95 %": f"{measure.interval} interval of the quality"}
    places = {place.model: place for place in board.places}
    columns = []
    for column in STANDING_COLUMNS:
        cells = [_cell(board, column, s, places.get(s.model)) for s in lines]
        if any(cell.text not in _NOTHING for cell in cells) and not _same_as_quality(board, column):
            columns.append((column, cells))
    titles = tuple(Column(c.title, meanings.get(c.name, c.meaning), c.number) for c, _ in columns)
    kinds = ["baseline" if s.baseline else "unranked" if s.rank is None else "ranked" for s in lines]
    rows = zip(*(cells for _, cells in columns), strict=True)
    return Table(titles, tuple(map(Row, rows, kinds)), heading=1)


def _cell(board: Board, column: StandingColumn, s: Standing, place: Place | None) -> Cell:
    if column.name == "quality":
        suite = (board.name, s.model) if board.by == "suite" else None
        return replace(quality_cell(s), place=suite)
    if column.name == "model":
        return Cell(s.model, model=None if s.baseline else s.model)
    return Cell(column.write(s, place), column.value(s, place))


def _same_as_quality(board: Board, column: StandingColumn) -> bool:
    """Whether part marks say what the quality says."""
    return column.name == "part marks" and all(
        s.score is None or s.quality is None or abs(s.score - s.quality) < 1e-6 for s in board.standings
    )

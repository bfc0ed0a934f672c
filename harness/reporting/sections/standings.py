"""The tables of standings, and what each rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.analysis.board import Board, RankRange, Standing
from harness.reporting.columns import STANDING_COLUMNS, quality_cell
from harness.reporting.introduction import board_note
from harness.reporting.measures import MEASURES
from harness.reporting.numbers import UNKNOWN
from harness.reporting.section import Control, Folded, Grid, Legend, Only, Report, Section, Text
from harness.reporting.tables import NEVER, Cell, Column, Row, Table

_NOTHING = (UNKNOWN, "0", "")
_UNFOLDED = 8  # suites from which on a page folds their tables up
_COULD_BE = Column("Could be", "ranks that the paired tests of all pairs leave possible", narrow=NEVER)


def section(report: Report) -> Section:
    """The overall table, then that of each suite."""
    standings = report.standings
    folds = tables_of((*standings.by("overall"), *standings.by("suite")))
    tables = tuple(block.table for fold in folds for block in fold.blocks if isinstance(block, Grid))
    hint = Text(
        "A click on a heading sorts. A figure that is underlined leads to the answers behind it.", small=True
    )
    controls = Only("page", (hint, Control("search")))
    return Section("standings", "Standings", (controls, Legend(tables), *folds), short="Standings")


def tables_of(boards: Sequence[Board]) -> list[Folded]:
    """A table for each board, with what it rests on."""
    return [
        Folded(
            board.name.capitalize() if board.by == "overall" else board.name,
            (Grid(standings_table(board), f"Standings: {board.name}", "sortable"),
             Text(board_note(board), small=True)),
            open=board.by == "overall" or len(boards) < _UNFOLDED,
        )
        for board in boards
    ]  # fmt: skip


def standings_table(board: Board) -> Table:
    """The models of a board; a column that says nothing is left out."""
    measure = MEASURES[board.measure]
    meanings = {"quality": measure.quality, "low": f"{measure.interval} interval of the {measure.short}"}
    solved = any(s.cost_per_solved is not None for s in board.lines)
    columns: list[tuple[Column, list[Cell]]] = []
    for column in STANDING_COLUMNS:
        field = column.fields[0]
        cells = [column.cell(s) for s in board.lines]
        if field == "quality":
            cells = [_quality(board, s) for s in board.lines]
        elif field == "model":
            cells = [Cell(s.model, model=None if s.baseline else s.model) for s in board.lines]
        if _says_nothing(board, field, cells) or (field == "cost_per_task" and solved):
            continue
        heading = replace(column.heading, meaning=meanings.get(field, column.meaning))
        if field == "quality":
            heading = replace(heading, title=measure.short.capitalize())
        columns.append((heading, cells))
        if field == "low" and board.rank_ranges:
            ranges = {ranks.model: ranks for ranks in board.rank_ranges}
            columns.append((_COULD_BE, [_rank_range(ranges.get(s.model)) for s in board.lines]))
    kinds = ["baseline" if s.baseline else "unranked" if s.rank is None else "ranked" for s in board.lines]
    rows = zip(*(cells for _, cells in columns), strict=True)
    return Table(tuple(column for column, _ in columns), tuple(map(Row, rows, kinds)), heading=1)


def _quality(board: Board, standing: Standing) -> Cell:
    answers = (board.name, standing.model) if board.by == "suite" else None
    return replace(quality_cell(standing), answers=answers)


def _rank_range(ranks: RankRange | None) -> Cell:
    if ranks is None:
        return Cell(UNKNOWN)
    same = ranks.best == ranks.worst
    return Cell(str(ranks.best) if same else f"{ranks.best}–{ranks.worst}", ranks.best)


def _says_nothing(board: Board, field: str, cells: Sequence[Cell]) -> bool:
    """Whether a column is empty, or says what the quality says."""
    if field == "score":
        same = (s.score is None or s.quality is None or abs(s.score - s.quality) < 1e-6 for s in board.lines)
        return all(same)
    return all(cell.text in _NOTHING for cell in cells)

"""Quality of every model by task type, suite, category, language and difficulty."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.board import Board
from harness.reporting.charts.style import MOST, Style
from harness.reporting.measures import measure_words
from harness.reporting.numbers import UNKNOWN, quality, whole
from harness.reporting.section import Block, Grid, Prose, Report, Section, Subtitle, Text
from harness.reporting.tables import Cell, Column, N, Row, Table
from harness.words import counted

BREAKDOWNS = {
    "task_type": "Task type",
    "suite": "Suite",
    "category": "Category",
    "language": "Language",
    "difficulty": "Difficulty",
}
_FIXED = 2  # columns before those of the models


def section(report: Report) -> Section:
    """A table for each dimension that has more than one value."""
    standings = report.standings
    models = standings.ranked_models[:MOST]
    more = len(standings.ranked_models) - len(models)
    blocks: list[Block] = []
    for by, title in BREAKDOWNS.items():
        if len(standings.by(by)) > 1:
            grid = Grid(
                matrix(standings.by(by), models, title), f"Quality by {title.lower()}", "sortable", _FIXED
            )
            blocks += [Subtitle(f"By {title.lower()}"), grid]
    if blocks:
        blocks.append(Prose("Bold is best, or level with the best, where the tasks decide."))
    else:
        blocks.append(Text("There is only one task type, suite, category, language and difficulty."))
    if more:
        blocks.append(
            Text(f"{counted(more, 'more model')} {'is' if more == 1 else 'are'} in the standings only.")
        )
    return Section("breakdown", "Breakdown", tuple(blocks), short="Breakdown")


def matrix(boards: Sequence[Board], models: Sequence[str], what: str) -> Table:
    """Quality of every model in every board, with the number of common tasks."""
    measure = measure_words(boards)
    short = Style(tuple(models)).name  # a column is as wide as its title
    columns = (
        Column(what, number=False),
        N,
        *(Column(short(model), f"{measure.of_model} {model}") for model in models),
    )
    rows = []
    for board in boards:
        first = board.decision.tied if board.decision.pick else ()
        cells = [Cell(board.name), Cell(whole(board.common), board.common)]
        for model in models:
            s = board.of(model)
            mark = "best" if model in first else None
            answers = (board.name, model) if board.by == "suite" else None
            text = quality(s) if s else UNKNOWN
            cells.append(Cell(text, s.quality if s else None, mark=mark, answers=answers))
        rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows))

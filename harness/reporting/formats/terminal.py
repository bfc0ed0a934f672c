"""Standings and comparisons as tables in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from harness.analysis.board import Board, Standing
from harness.analysis.compare import Comparison
from harness.reporting import tables
from harness.reporting.columns import STANDING_COLUMNS, Write
from harness.reporting.numbers import (
    UNKNOWN,
    percent,
    points,
    whole,
)  # fmt: skip
from harness.reporting.reasons import reason
from harness.reporting.text import plain
from harness.words import counted

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

T = TypeVar("T")

# Columns of two runs compared. A narrow terminal loses those with the highest number first.
_CHANGES: dict[str, tuple[int, Callable[[Comparison], str]]] = {
    "model": (0, lambda c: plain(c.model)),
    "suite": (0, lambda c: plain(c.suite)),
    "tasks": (3, lambda c: whole(c.n)),
    "before": (0, lambda c: percent(c.before)),
    "after": (0, lambda c: percent(c.after)),
    "now pass": (2, lambda c: whole(len(c.passes))),
    "now fail": (2, lambda c: whole(len(c.failures))),
    "p": (1, lambda c: f"{c.p_value:.2g}"),
    "shows from": (4, lambda c: "never" if c.mde is None else points(c.mde)),
    "verdict": (0, lambda c: "may be chance" if not c.significant else "worse" if c.regressed else "better"),
}
_WORDS = ("model", "suite", "verdict")  # columns of words; names fold, figures never do
_NARROW = 80
_FOLDED = 26  # columns of the screen that a name may be folded to before figures are given up


def print_comparison(comparisons: Sequence[Comparison], console: Console) -> None:
    """Print what became better or worse, a line for each model and suite."""
    console.print(_fitting(_CHANGES, comparisons, console.width))


def print_table(table: tables.Table, console: Console, title: str) -> None:
    """Print a table that documents show too; small print follows in brackets."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for column in table.columns:
        shown.add_column(Text(plain(column.title)), justify="right" if column.number else "left")
    for row in table.rows:
        texts = [f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row.cells]
        shown.add_row(*(Text(plain(text)) for text in texts))
    console.print(Text(plain(title)))
    console.print(shown)


def has_room_for_percentiles(console: Console) -> bool:
    """Whether tables of standings show them; nobody should wait for what is not shown."""
    return console.width > _NARROW


def print_standings(boards: Mapping[str, Sequence[Board]], console: Console, by: str = "suite") -> None:
    """Print a table for each suite, category, language, difficulty or role; by suite, the overall one too."""
    from rich.text import Text

    shown = list(boards[by])
    if by == "suite" and len(shown) > 1:
        shown += boards["overall"]
    if not shown:
        console.print(Text("Nothing was measured yet."))
    for board in shown:
        console.print(Text(""))
        console.print(Text.assemble((plain(board.name), "bold"), (f"  {_heading(board)}", "dim")))
        console.print(_table(board, console.width))
        console.print(Text(plain(reason(board)), style="italic"))


def _heading(board: Board) -> str:
    """What the numbers rest on, in a line."""
    if board.by == "overall":
        return f"average over {counted(len(board.suites), 'suite')}"
    common = "" if board.common == board.offered else f"{board.common:,} in common of "
    parts = [f"{common}{counted(board.offered, 'task')}"]
    if board.decision.mde is not None:
        parts.append(f"gaps below {points(board.decision.mde)} may be chance")
    return " · ".join(parts)


def _table(board: Board, width: int) -> Table:
    cells = {
        c.name: (c.narrow, partial(_plain, c.write))
        for c in STANDING_COLUMNS
        if c.narrow is not None and any(c.write(s, None) not in (UNKNOWN, "0") for s in board.lines)
    }
    shown = _fitting(cells, board.lines, width)
    for row, standing in zip(shown.rows, board.lines, strict=True):
        row.style = "dim" if standing.baseline else "bold" if standing.rank == 1 else ""
    return shown


def _plain(write: Write, standing: Standing) -> str:
    return plain(write(standing, None))


def _fitting(columns: Mapping[str, tuple[int, Callable[[T], str]]], lines: Sequence[T], width: int) -> Table:
    """A table that gives up columns where the screen is narrow, those of the highest number first."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    cells = {name: [show(line) for line in lines] for name, (_, show) in columns.items()}
    wide = {name: max(map(len, [name, *of])) + 3 for name, of in cells.items()}
    wide |= {name: min(wide[name], _FOLDED) for name in _WORDS[:2] if name in wide}
    for name in sorted(cells, key=lambda name: columns[name][0], reverse=True):
        if columns[name][0] and sum(wide[kept] for kept in cells) > width:
            del cells[name]
    shown = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for name in cells:
        left, folds = name in _WORDS, name in _WORDS[:2]
        shown.add_column(
            name,
            justify="left" if left else "right",
            no_wrap=not folds,
            overflow="fold" if folds else "ellipsis",
        )
    for line in zip(*cells.values(), strict=True):
        shown.add_row(*map(Text, line))
    return shown

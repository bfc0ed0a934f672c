"""Blocks of a report for the terminal: tables give up columns where it is narrow, and no figure is cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from harness.analysis.board import Board
from harness.analysis.extras import CodeFacts, FindingFacts, FollowUpFacts, HonestyFacts
from harness.reporting import tables
from harness.reporting.formats.aligned import print_aligned
from harness.reporting.section import (
    Answers,
    Block,
    Bullets,
    Charts,
    Code,
    Columns,
    Control,
    Folded,
    Grid,
    Legend,
    Notice,
    Only,
    Prose,
    Quotation,
    Subtitle,
    Text,
)
from harness.reporting.sections import code_quality as code_section
from harness.reporting.sections import findings as findings_section
from harness.reporting.sections import follow_ups as follow_ups_section
from harness.reporting.sections import honesty as honesty_section
from harness.reporting.sections.standings import tables_of
from harness.reporting.tables import NEVER, Cell, Column, legend
from harness.reporting.text import block, plain, screen_width

if TYPE_CHECKING:
    from rich.console import Console

_NARROW = 80
_FOLDED = 26  # columns of the screen that a name may be folded to before figures are given up
_MARKS = re.compile(r"\*([^*]+)\*|`([^`]+)`")  # of prose: what is stressed, and code
_STYLES = {"best": "bold", "worse": "bold red"}  # of cells by their mark
_ROWS = {"baseline": "dim"}  # of rows by their kind


def has_room_for_percentiles(console: Console) -> bool:
    """Whether tables of standings show them; nobody should wait for what is not shown."""
    return console.width > _NARROW


def print_standings(
    boards: Mapping[str, Sequence[Board]],
    console: Console,
    by: str = "suite",
    honesty: Sequence[HonestyFacts] = (),
    code: Sequence[CodeFacts] = (),
    findings: Sequence[FindingFacts] = (),
    follow_ups: Sequence[FollowUpFacts] = (),
) -> None:
    """Print a table for each suite, category, language, difficulty or role; by suite, the overall one too.

    Behind them stands how honest models are, what their reviews find, how they write code and change it,
    where that was measured.
    """
    shown = list(boards[by])
    if by == "suite" and len(shown) > 1:
        shown += boards["overall"]
    tables = [
        *tables_of(shown),
        *honesty_section.tables_of(honesty),
        *findings_section.tables_of(findings),
        *code_section.tables_of(code),
        *follow_ups_section.tables_of(follow_ups),
    ]
    print_blocks(tables or [Text("Nothing was measured yet.")], console)


def print_blocks(blocks: Iterable[Block], console: Console) -> None:
    """Print blocks one below the other; what only a page can show is left out."""
    for one in blocks:
        if isinstance(one, Only):
            print_blocks(one.blocks if one.document == "terminal" else (), console)
        elif isinstance(one, Folded):
            _line(console, "")
            _line(console, one.title, "bold")
            print_blocks(one.blocks, console)
        else:
            _WRITERS[type(one)](one, console)


def _line(console: Console, text: str, style: str = "") -> None:
    from rich import text as rich

    console.print(rich.Text(plain(text), style=style))


def _bullets(one: Bullets, console: Console) -> None:
    for item in one.items:
        _line(console, f"- {item if isinstance(item, str) else ': '.join(item)}")


def _columns(one: Columns, console: Console) -> None:
    for title, items in one.lists:
        _line(console, title, "bold")
        _bullets(Bullets(items), console)


def _legend(one: Legend, console: Console) -> None:
    for title, meaning in legend(*one.tables):
        _line(console, f"{title}: {meaning}", "dim")


def _code(one: Code, console: Console) -> None:
    for line in one.lines:
        _line(console, f"  {line}")


def _quotation(one: Quotation, console: Console) -> None:
    _line(console, f"{one.title}:")
    for line in block(one.text).splitlines():
        _line(console, f"  {line}")


def _grid(one: Grid, console: Console) -> None:
    kept = _fitting(one.table, console.width)
    rows = [
        [(_text(row.cells[i]), _STYLES.get(row.cells[i].mark or "", _ROWS.get(row.kind, ""))) for i in kept]
        for row in one.table.rows
    ]
    print_aligned(console, [one.table.columns[i] for i in kept], rows)


def _fitting(table: tables.Table, width: int) -> list[int]:
    """The columns that the screen has room for, by their numbers."""
    kept = [i for i, column in enumerate(table.columns) if column.narrow != NEVER]
    wide = {i: _width(table.columns[i], [row.cells[i] for row in table.rows]) for i in kept}
    for i in sorted(kept, key=lambda i: table.columns[i].narrow, reverse=True):
        if table.columns[i].narrow and sum(wide[k] for k in kept) > width:
            kept.remove(i)
    return kept


def _width(column: Column, cells: Sequence[Cell]) -> int:
    wide = max(map(screen_width, [column.title, *map(_text, cells)])) + 3
    return wide if column.number else min(wide, _FOLDED)


def _text(cell: Cell) -> str:
    return plain(f"{cell.text} ({cell.note})" if cell.note else cell.text)


def _nothing(_: Charts | Answers | Control, __: Console) -> None:
    """Only a page or a picture shows these."""


_WRITERS: dict[type, Callable[[Any, Console], None]] = {
    Text: lambda one, console: _line(console, one.text, "italic" if one.small else ""),
    Notice: lambda one, console: _line(console, one.text, "bold"),
    Prose: lambda one, console: _line(console, _MARKS.sub(lambda mark: mark[1] or mark[2], one.text)),
    Bullets: _bullets,
    Columns: _columns,
    Subtitle: lambda one, console: _line(console, one.title, "bold"),
    Grid: _grid,
    Legend: _legend,
    Charts: _nothing,
    Code: _code,
    Quotation: _quotation,
    Answers: _nothing,
    Control: _nothing,
}

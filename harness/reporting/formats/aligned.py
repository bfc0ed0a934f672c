"""Aligned columns for the terminal: words fold where it is narrow, figures never do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from harness.reporting.tables import Column
from harness.reporting.text import plain, screen_width

if TYPE_CHECKING:
    from rich.console import Console

_GAP = "   "
_TITLES = "dim"
Styled = tuple[str, str]  # a text and its style, as rich names it


def print_aligned(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[Styled]]) -> None:
    """Print ``rows`` under the titles of their columns, between two empty lines."""
    from rich.segment import Segment, Segments
    from rich.style import Style

    titles = [(column.title, _TITLES) for column in columns]
    lines = [[(plain(text), style) for text, style in row] for row in (titles, *rows)]
    widths = _widths(columns, lines, console.width)
    head, *body = [list(_folded(console, columns, widths, line)) for line in lines]
    rule = [("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)), "")]
    parts = [Segment("\n")]
    for line in [*head, rule, *(line for row in body for line in row)]:
        for number, (text, style) in enumerate(line):
            parts += [Segment(_GAP if number else " "), Segment(text, Style.parse(style))]
        parts.append(Segment("\n"))
    console.print(Segments([*parts, Segment("\n")]), end="", crop=False)


def _widths(columns: Sequence[Column], lines: Sequence[Sequence[Styled]], screen: int) -> list[int]:
    """As wide as the widest cell; where the screen is narrower, the widest column of words gives way."""
    widths = [max(screen_width(text) for text, _ in cells) for cells in zip(*lines, strict=True)]
    of_words = [i for i, column in enumerate(columns) if not column.number]
    for _ in range(sum(widths) + len(_GAP) * (len(widths) - 1) + 2 - screen):
        if of_words and widths[widest := max(of_words, key=widths.__getitem__)] > 1:
            widths[widest] -= 1
    return widths


def _folded(
    console: Console, columns: Sequence[Column], widths: Sequence[int], row: Sequence[Styled]
) -> Iterator[list[Styled]]:
    """A row on as many lines as its cells need, each as wide as its column."""
    from rich.text import Text

    cells = [
        [text]
        if screen_width(text) <= width
        else [part.plain for part in Text(text).wrap(console, width, overflow="fold")]
        for (text, _), width in zip(row, widths, strict=True)
    ]
    for texts in zip_longest(*cells, fillvalue=""):
        line = []
        for text, (_, style), column, width in zip(texts, row, columns, widths, strict=True):
            free = " " * (width - screen_width(text))
            line.append((free + text if column.number else text + free, style))
        yield line

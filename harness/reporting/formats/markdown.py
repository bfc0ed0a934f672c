"""Tables, lists and quotations as Markdown that is good to read as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.reporting.tables import Cell, Table
from harness.reporting.text import block, markdown, markdown_table


def table(shown: Table) -> str:
    """Columns of words are to the left; the pick is bold; small print follows in brackets."""
    header = [markdown(column.title) for column in shown.columns]
    rows = [[_cell(cell) for cell in row.cells] for row in shown.rows]
    return markdown_table(header, rows, [column.number for column in shown.columns])


def _cell(cell: Cell) -> str:
    text = markdown(cell.text).removeprefix("\\") if cell.text.startswith(">") else markdown(cell.text)
    if cell.mark in ("best", "none", "worse"):
        text = f"**{text}**"
    if cell.href:
        text = f"[{text}]({cell.href})"
    return f"{text} ({markdown(cell.note)})" if cell.note else text


def legend_line(meanings: Sequence[tuple[str, str]]) -> str:
    """What columns mean, in a paragraph; numbers of rows need no words."""
    return "; ".join(f"*{markdown(title)}*: {markdown(meaning)}" for title, meaning in meanings) + "."


def bullets(said: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {markdown(text)}" for text in said)


def fenced(text: str) -> str:
    """Text that others wrote, line by line, in a fence that nothing in it can close."""
    shown = block(text).rstrip("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", shown)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{shown}\n{fence}"

"""Reports as Markdown that is good to read as it is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from harness.analysis.drift import stamp
from harness.reporting.report import head
from harness.reporting.section import (
    Answers,
    Block,
    Bullets,
    Charts,
    Code,
    Columns,
    Control,
    Document,
    Folded,
    Grid,
    Legend,
    Notice,
    Only,
    Prose,
    Quotation,
    Report,
    Section,
    Subtitle,
    Text,
)
from harness.reporting.tables import Cell, Row, Table, legend
from harness.reporting.text import block, markdown, markdown_table

CHARTS = "charts"  # the folder of the pictures, seen from the guide
_MODELS = 12  # in a table; the page has all
_ACROSS = 8  # models side by side, as wide as a page
_WIDE = 118  # columns of prose


def guide(report: Report, sections: Sequence[Section]) -> str:
    """The guide. Its last line says from which runs it is."""
    return document("Model selection guide", head(report), sections, "guide", foot=stamp(report.standings))


def summary(report: Report, sections: Sequence[Section]) -> str:
    """The executive summary."""
    more = (
        "More in `MODEL_SELECTION_GUIDE.md`; answers to look at in `index.html`; rules for tools in"
        " `routing_rules.yaml`."
    )
    return document("Executive summary", head(report), sections, "summary", foot=more)


def document(
    title: str, first: Sequence[Block], sections: Sequence[Section], shown_in: Document, foot: str = "",
    top: str = "",
) -> str:  # fmt: skip
    """A title, what comes first, then the sections that the document shows; ``top`` is its first line."""
    parts = [f"{top}\n# {markdown(title)}" if top else f"# {markdown(title)}", *_blocks(first, shown_in)]
    for section in sections:
        if shown_in in section.shown_in:
            parts += [f"## {markdown(section.title)}", *_blocks(section.blocks, shown_in)]
    return "\n\n".join([*parts, foot] if foot else parts) + "\n"


def _blocks(blocks: Iterable[Block], shown_in: Document) -> list[str]:
    """Each as text; what says nothing here is left out."""
    texts = []
    for one in blocks:
        if isinstance(one, Only):
            texts += _blocks(one.blocks, shown_in) if one.document == shown_in else []
        elif isinstance(one, Folded):
            texts += [f"### {markdown(one.title)}", *_blocks(one.blocks, shown_in)]
        elif text := _WRITERS[type(one)](one):
            texts.append(text)
    return texts


def _prose(one: Prose) -> str:
    return textwrap.fill(one.text, _WIDE, break_long_words=False, break_on_hyphens=False)


def _bullets(one: Bullets) -> str:
    return "\n".join(map(_item, one.items))


def _item(item: str | tuple[str, str]) -> str:
    if isinstance(item, str):
        return f"- {markdown(item)}"
    name, text = item
    return f"- **{markdown(name)}:** {markdown(text)}"


def _columns(one: Columns) -> str:
    return "\n\n".join(f"## {markdown(title)}\n\n{_bullets(Bullets(items))}" for title, items in one.lists)


def _grid(one: Grid) -> str:
    """The first models, and how many there are."""
    shown, table_ = one.table, one.table
    more = []
    ranked = [row for row in table_.rows if row.kind == "ranked"]
    if one.layout in ("sortable", "weights", "duels") and len(ranked) > _MODELS and one.fixed is None:
        kept = set(map(id, ranked[:_MODELS]))
        rows = tuple(row for row in table_.rows if row.kind != "ranked" or id(row) in kept)
        shown = Table(table_.columns, rows, table_.heading)
        more.append(f"The first {_MODELS} of {len(ranked):,} rows; `index.html` has all.")
    if one.fixed is not None and len(table_.columns) > one.fixed + _ACROSS:
        models, end = len(table_.columns) - one.fixed, one.fixed + _ACROSS
        rows_ = tuple(Row(row.cells[:end], row.kind) for row in table_.rows)
        shown = Table(table_.columns[:end], rows_, table_.heading)
        more.append(f"The first {_ACROSS} of {models:,} models; `index.html` has more.")
    return "\n\n".join([table(shown), *more])


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


def _legend(one: Legend) -> str:
    """What columns mean, in a paragraph; numbers of rows need no words."""
    meanings = legend(*one.tables)
    return "; ".join(f"*{markdown(title)}*: {markdown(meaning)}" for title, meaning in meanings) + "."


def _charts(one: Charts) -> str:
    general = [plan for plan in one.plans if plan.general]
    return "\n\n".join(
        f"**{markdown(plan.title)}**\n\n![{markdown(plan.alt)}]({CHARTS}/{plan.name}.svg)" for plan in general
    )


def _quotation(one: Quotation) -> str:
    return f"{one.title}:\n\n{fenced(one.text)}"


def fenced(text: str) -> str:
    """Text that others wrote, line by line, in a fence that nothing in it can close."""
    shown = block(text).rstrip("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", shown)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{shown}\n{fence}"


def _nothing(_: Answers | Control) -> str:
    return ""


_WRITERS: dict[type, Callable[[Any], str]] = {
    Text: lambda one: markdown(one.text),
    Notice: lambda one: f"> **{markdown(one.text)}**",
    Prose: _prose,
    Bullets: _bullets,
    Columns: _columns,
    Subtitle: lambda one: f"### {markdown(one.title)}",
    Grid: _grid,
    Legend: _legend,
    Charts: _charts,
    Code: lambda one: "\n".join(["```sh", *one.lines, "```"]),
    Quotation: _quotation,
    Answers: _nothing,
    Control: _nothing,
}

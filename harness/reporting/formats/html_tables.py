"""Tables as HTML. Written by hand rather than by a template: a report has tens of thousands of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from harness.reporting.charts.style import Style
from harness.reporting.numbers import UNKNOWN
from harness.reporting.tables import Cell, Column, Row, Table
from harness.reporting.text import plain, unbroken
from harness.reporting.transcripts import SuiteAndModel


@dataclass(frozen=True, slots=True)
class TableWriter:
    """Writes tables, with the colours of models and links to the transcripts behind cells."""

    style: Style
    anchors: Mapping[SuiteAndModel, str]

    def table(self, table: Table, label: str, layout: str) -> str:
        """A table that scrolls by itself where the screen is narrow."""
        name = escape(plain(label))
        head = "".join(map(_heading, table.columns))
        bodies = "".join(self._body(table, kind) for kind in ("ranked", "unranked", "baseline"))
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
            f'<table class="{layout}"><thead><tr>{head}</tr></thead>{bodies}</table></div>'
        )

    def model(self, model: str, text: str | None = None, strong: bool = False) -> str:
        """A model's name with its colour; it breaks at slashes only."""
        parts = escape(plain(text or model)).split("/")
        name = "/<wbr>".join(f'<span class="nb">{part}</span>' for part in parts)
        name = f"<strong>{name}</strong>" if strong else name
        return f'<span class="m" style="--c:{self.style.color(model)}"><span>{name}</span></span>'

    def _body(self, table: Table, kind: str) -> str:
        rows = [row for row in table.rows if row.kind == kind]
        written = "".join(self._row(table, row) for row in rows)
        return f'<tbody class="{kind}">{written}</tbody>' if rows else ""

    def _row(self, table: Table, row: Row) -> str:
        parts = "" if row.parts is None else f' data-parts="{escape(row.parts)}"'
        cells = "".join(
            self._cell(cell, column, index == table.heading)
            for index, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
        )
        return f"<tr{parts}>{cells}</tr>"

    def _cell(self, cell: Cell, column: Column, first: bool) -> str:
        tag = "th scope=row" if first else "td"
        style = f"{'n' if column.number else ''}{' u' if cell.text == UNKNOWN else ''}"
        # Nine digits: the last ones of a sum depend on the order of its rows, and a report must not.
        sorts = f"{cell.key:.9g}" if isinstance(cell.key, float) else cell.key
        key = "" if sorts is None else f' data-key="{escape(str(sorts))}"'
        label = escape(unbroken(column.title))
        heat = "" if cell.heat is None else f' style="--h:{100 * cell.heat:.0f}%"'
        return f'<{tag} data-label="{label}"{key} class="{style}"{heat}>{self._content(cell)}</{tag[:2]}>'

    def _content(self, cell: Cell) -> str:
        text = escape(plain(cell.text))
        if cell.model is not None:
            text = self.model(cell.model, cell.text, strong=cell.mark == "best")
        elif cell.mark in ("win", "tie", "insufficient", "none"):
            text = f'<span class="badge {cell.mark}">{text}</span>'
        elif cell.mark is not None:
            text = f'<strong class="{cell.mark}">{text}</strong>'
        elif cell.span is not None:
            text = f'<span class="q">{_bar(cell.span)}{text}</span>'
        where = self.anchors.get(cell.answers) if cell.answers else None
        if where:
            text = f'<a class="t" href="#{where}">{text}</a>'
        return f"{text}<small>{escape(unbroken(cell.note))}</small>" if cell.note else text


def _heading(column: Column) -> str:
    style = ' class="n"' if column.number else ""
    meaning = f' title="{escape(plain(column.meaning))}"' if column.meaning else ""
    return f'<th scope="col"{style}{meaning}>{escape(unbroken(column.title))}</th>'


def _bar(span: tuple[float, float, float]) -> str:
    low, value, high = (100 * share for share in span)
    return (
        f'<span class="bar" aria-hidden="true"><i style="left:{low:.1f}%;right:{100 - high:.1f}%"></i>'
        f'<b style="left:{value:.1f}%"></b></span>'
    )

"""The rows of a query as text: a table for people, CSV, JSON or Markdown for programs and documents."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from harness.jsontext import dump
from harness.reporting.text import markdown, plain, screen_width

Rows = Sequence[Sequence[Any]]
Form = Literal["table", "csv", "json", "md"]


def render(columns: Sequence[str], rows: Rows, form: Form) -> str:
    """``rows`` as ``table``, ``csv``, ``json`` (a list of objects) or ``md``."""
    return {"table": _table, "csv": _csv, "json": _json, "md": _markdown}[form](columns, rows)


def _json(columns: Sequence[str], rows: Rows) -> str:
    objects = [dict(zip(columns, map(_number, row), strict=True)) for row in rows]
    return dump(objects)


def _number(value: Any) -> Any:
    """A decimal as the number that it is; what JSON has no number for (NaN, infinity) is unknown."""
    if isinstance(value, Decimal):
        value = float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _csv(columns: Sequence[str], rows: Rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _markdown(columns: Sequence[str], rows: Rows) -> str:
    lines = [columns, ["---"] * len(columns), *([_cell(value) for value in row] for row in rows)]
    return "".join("| " + " | ".join(map(markdown, line)) + " |\n" for line in lines)


def _table(columns: Sequence[str], rows: Rows) -> str:
    cells = [[plain(_cell(value)) for value in row] for row in rows]
    titles = list(map(plain, columns))
    widths = [max(screen_width(line[i]) for line in [titles, *cells]) for i in range(len(columns))]
    right = [all(isinstance(row[i], int | float | None) for row in rows) for i in range(len(columns))]

    def line(values: Sequence[str]) -> str:
        free = [" " * (width - screen_width(value)) for value, width in zip(values, widths, strict=True)]
        padded = (f + v if r else v + f for v, f, r in zip(values, free, right, strict=True))
        return "  ".join(padded).rstrip() + "\n"

    return line(titles) + line(["-" * width for width in widths]) + "".join(map(line, cells))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)

"""Charts as SVG and PNG: drawn once, legible on light and dark, the same bytes for the same data."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from harness.analysis.board import Board
from harness.analysis.scoreboard import Scoreboard
from harness.reporting import figures
from harness.reporting.figures import FAINT, INK
from harness.reporting.numbers import interval, quality, seconds
from harness.reporting.text import plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STYLE: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.parse_math": False,  # a model may be called $x$
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.alpha": 0.3,
    "grid.linewidth": 0.6,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "svg.fonttype": "none",  # text stays text: searchable, sharp and small
}

_MOST = 6  # suites with charts of their own; the tables show the intervals of all


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: ``group`` is the heading it belongs under, ``alt`` says it in words.

    ``name`` is its file name; ``general`` ones show all suites at once, ``wide`` ones need room.
    """

    name: str
    group: str
    title: str
    alt: str
    general: bool
    wide: bool
    svg: str
    png: bytes


def draw_charts(board: Scoreboard) -> list[Chart]:
    """All charts, in the order in which people look."""
    import matplotlib as mpl

    charts: list[Chart] = []
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="Glyph .* missing"
        )  # a name in a script that has no font here
        for group, title, alt, general, draw in _plans(board):
            name = _file_name(title, {chart.name for chart in charts})
            mpl.rcParams["svg.hashsalt"] = name
            figure = draw()
            wide = figure.get_figwidth() > figures.WIDTH
            figure.draw_without_rendering()
            figure.set_layout_engine("none")  # settled: reckoning it again for every format takes longest
            charts.append(Chart(name, group, title, alt, general, wide, _svg(figure), _png(figure)))
    return charts


Plan = tuple[str, str, str, bool, "Callable[[], Figure]"]  # group, title, alt text, general, how to draw it


def _plans(board: Scoreboard) -> Iterator[Plan]:
    look = figures.Look(board.ranked_models)
    types = board.by("task_type")[:_MOST]
    for table in (*board.by("overall"), *(types if len(types) > 1 else ())):
        for axis in figures.AXES:
            drawn = [s for s in table.ranked if axis.value(s)]
            if len(drawn) > 1 and any(s.passed for s in drawn):
                title = f"Quality against {axis.name}: {table.name}"
                alt = _alt(title, [f"{s.model} {quality(s)} at {axis.show(axis.value(s))}" for s in drawn])
                draw = partial(figures.trade_off, table, axis, look)
                yield axis.group, title, alt, table.by == "overall", draw
    measured = [table for table in board.by("suite") if not all(s.baseline for s in table.standings)]
    for table in measured[:_MOST]:
        title = f"Quality: {table.name}"
        alt = _alt(title, [f"{s.model} {quality(s)} ({interval(s)})" for s in figures.shown(table)])
        yield "Quality with intervals", title, alt, False, partial(figures.bars, table, look)
    if measured:
        title = "Quality by suite and model"
        alt = _alt(title, [f"{t.name}: {_line(t)}" for t in measured])
        yield "Where each model is strong", title, alt, True, partial(figures.heat_map, board, look)
    for table in measured[:_MOST]:
        first = {s.model for s in figures.shown(table)}
        spreads = [spread for spread in board.spreads if spread.suite == table.name and spread.model in first]
        if not spreads:
            continue
        suite = table.name
        title = f"Seconds an answer takes: {suite}"
        alt = _alt(title, [f"{spread.model} about {seconds(spread.median)}" for spread in spreads])
        yield "Latency", title, alt, False, partial(figures.latency, spreads, look)


def _line(table: Board) -> str:
    return ", ".join(f"{s.model} {quality(s)}" for s in table.standings if not s.baseline)


def _alt(title: str, parts: Sequence[str]) -> str:
    return plain(f"{title}. {'; '.join(parts)}.")


def _file_name(title: str, taken: set[str]) -> str:
    """``quality-against-cost-math``: letters, digits and hyphens, never the same twice."""
    base = name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80]
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def _svg(figure: Figure) -> str:
    buffer = BytesIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(buffer, format="svg", transparent=True, metadata=nothing)
    return buffer.getvalue().decode()


def _png(figure: Figure) -> bytes:
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=160, transparent=True, metadata={"Software": None})
    return buffer.getvalue()


# The style rule would apply to a whole page, and the ids of groups would clash between charts.
_PROLOGUE = re.compile(r".*?(?=<svg)", re.DOTALL)
_PAGE_WIDE = re.compile(r"<style.*?</style>|<metadata>.*?</metadata>", re.DOTALL)
_GROUP_ID = re.compile(r'(<g) id="[^"]*"')


def inline(chart: Chart) -> str:
    """The SVG as part of a page: it takes the page's colours and width."""
    svg = _PROLOGUE.sub("", chart.svg, count=1)
    svg = _GROUP_ID.sub(r"\1", _PAGE_WIDE.sub("", svg))
    svg = re.sub(r'^<svg([^>]*?) (?:width|height)="[^"]*"', r"<svg\1", svg)
    svg = re.sub(r'^<svg([^>]*?) (?:width|height)="[^"]*"', r'<svg\1 aria-hidden="true"', svg)
    return svg.replace(INK, "currentColor").replace(FAINT, "var(--line)")

"""Charts: drawn once, legible on light and dark, the same bytes for the same data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from harness.analysis.board import Board
from harness.analysis.lengths import effective_lengths
from harness.analysis.standings import Standings
from harness.analysis.statistics import CONFIDENCE
from harness.reporting.charts.canvas import FAINT, INK, Canvas
from harness.reporting.charts.growth import over_length, under_load
from harness.reporting.charts.matrices import heat_map, win_matrix
from harness.reporting.charts.panels import bars, latency
from harness.reporting.charts.style import Style
from harness.reporting.charts.svg import svg
from harness.reporting.charts.trade_off import AGAINST, Against, small_trade_offs, trade_off
from harness.reporting.generated import mark
from harness.reporting.numbers import interval, points, quality, rate, seconds
from harness.reporting.text import plain

_MOST = 6  # panels in a chart; the boards show all
_TILES = 12  # models in the win matrix
_WIDE, _FULL = 400, 680  # points; beyond, a picture needs more room


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A picture not drawn yet. ``alt`` says it in words; ``general`` ones show all suites at once."""

    name: str
    title: str
    alt: str
    general: bool
    draw: Callable[[], Canvas]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, drawn; ``room`` is what it needs on a page: ``""``, ``wide`` or ``full``."""

    plan: ChartPlan
    room: str
    svg: str
    canvas: Canvas


def plan_charts(standings: Standings) -> list[ChartPlan]:
    """All charts in their order. Nothing is drawn yet."""
    return [*_trade_offs(standings), *_panels(standings), *_growth(standings), *_loads(standings)]


def draw_charts(plans: Sequence[ChartPlan]) -> list[Chart]:
    """The pictures themselves."""
    charts: list[Chart] = []
    for plan in plans:
        canvas = plan.draw()
        room = "full" if canvas.width > _FULL else "wide" if canvas.width > _WIDE else ""
        text = f"<!-- {mark(f'{plan.name}.svg')} -->\n{svg(canvas)}"
        charts.append(Chart(plan, room, text, canvas))
    return charts


def _trade_offs(standings: Standings) -> Iterator[ChartPlan]:
    style = Style(standings.ranked_models)
    for against in AGAINST:
        for board in filter(partial(_comparable, against), standings.by("overall")):
            spots = against.points(board)
            parts = _first_parts(
                [f"{s.model} {quality(s)} at {against.show(against.value(s))}" for _, s in spots]
            )
            draw = partial(trade_off, board, against, style)
            yield _plan(f"Quality against {against.name}: overall", parts, True, draw)
        types = [board for board in standings.by("task_type") if _comparable(against, board)]
        if types and len(standings.by("task_type")) > 1:
            parts = [f"{board.name}: {'; '.join(_best(board))}" for board in types[:_MOST]]
            draw = partial(small_trade_offs, types[:_MOST], against, style)
            yield _plan(f"Quality against {against.name} by task type", parts, False, draw)


def _comparable(against: Against, board: Board) -> bool:
    """Whether there is anything to weigh: two models whose value is known, and one of them above nothing."""
    spots = against.points(board)
    return len(spots) > 1 and any(s.quality for _, s in spots)


def _panels(standings: Standings) -> Iterator[ChartPlan]:
    style = Style(standings.ranked_models)
    suites = [board for board in standings.by("suite") if not all(s.baseline for s in board.lines)]
    present = [c.model for c in standings.contestants if not c.baseline]
    models, shown = style.first(present), suites[:_MOST]
    if not suites or not models:
        return
    who, where = _part_shown(models, present, "models"), _part_shown(shown, suites, "suites")
    if len(suites) > 1 and standings.overall and standings.overall.ranked:
        parts = _first_parts([f"{s.model} {quality(s)} ({interval(s)})" for s in standings.overall.ranked])
        yield _plan(f"Quality: overall{who}", parts, True, partial(bars, [standings.overall], models, style))
    parts = [f"{board.name}: {'; '.join(_best(board, intervals=True))}" for board in shown]
    yield _plan(f"Quality by suite{where}{who}", parts, len(suites) == 1, partial(bars, shown, models, style))
    types = standings.by("task_type")
    if len(types) > 1 and [board.name for board in types] != [board.name for board in suites]:
        parts = _first_parts([f"{board.name}: {', '.join(_best(board))}" for board in types])
        draw = partial(heat_map, types, models, style)
        yield _plan(f"Quality by task type and model{who}", parts, True, draw)
    parts = _first_parts([f"{board.name}: {', '.join(_best(board))}" for board in suites])
    yield _plan(f"Quality by suite and model{who}", parts, True, partial(heat_map, suites, models, style))
    if standings.duels and standings.overall:
        ranked = [s.model for s in standings.overall.ranked]
        first = ranked[:_TILES]
        sure = [d for d in standings.duels if d.p_value < 1 - CONFIDENCE]
        parts = _first_parts([f"{d.a} is {points(d.difference)} ahead of {d.b}" for d in sure])
        title = f"Win matrix{_part_shown(first, ranked, 'models')}"
        draw = partial(win_matrix, standings.duels, first, style)
        yield _plan(title, parts or ["No difference is significant"], True, draw)
    spreads = {
        board.name: {s.model: s for s in standings.spreads if s.suite == board.name and s.model in models}
        for board in shown
    }
    spreads = {suite: of for suite, of in spreads.items() if of}
    if spreads:
        parts = [
            f"{suite}: {', '.join(f'{s.model} about {seconds(s.median)}' for s in [*of.values()][:_MODELS])}"
            for suite, of in spreads.items()
        ]
        draw_latency = partial(latency, spreads, models, style)
        yield _plan(f"Seconds an answer takes{where}{who}", parts, False, draw_latency)


def _growth(standings: Standings) -> Iterator[ChartPlan]:
    """How quality keeps up with the length of texts, for each task type of several sizes."""
    style = Style(standings.ranked_models)
    every = effective_lengths(standings.lengths)
    for name in dict.fromkeys(one.task_type for one in every):
        of_type = [one for one in every if one.task_type == name and any(each.n for each in one.lengths)]
        shown = style.first([one.model for one in of_type])
        parts = _first_parts([f"{one.model} up to {one.tier}" for one in of_type if one.tier])
        draw = partial(over_length, [one for one in of_type if one.model in shown], style)
        if of_type:
            yield _plan(f"Quality by length of the text: {name}", parts or ["No model keeps up"], True, draw)


def _loads(standings: Standings) -> Iterator[ChartPlan]:
    """Throughput against latency, for each size of requests; the guide shows the first."""
    timed = [one for one in standings.loads if one.tokens_per_s and one.whole_p50_s]
    style = Style(tuple(dict.fromkeys((*standings.ranked_models, *(one.model for one in timed)))))
    sizes = list(dict.fromkeys((one.prompt, one.answer) for one in timed))
    for number, size in enumerate(sizes[:_MOST]):
        shown = style.first([one.model for one in timed])
        of_size = [one for one in timed if (one.prompt, one.answer) == size and one.model in shown]
        parts = [
            f"{one.model}, {one.at_once} at once: {seconds(one.whole_p50_s)}, {rate(one.tokens_per_s)} tok/s"
            for one in of_size
        ]
        title = f"Throughput against latency: {size[0].replace(',', '')} in and {size[1]} out"
        yield _plan(title, _first_parts(parts), number == 0, partial(under_load, of_size, style))


_PARTS = 8  # parts of a description
_MODELS = 4  # models that a description names for a suite


def _best(board: Board, intervals: bool = False) -> list[str]:
    """The first models of a board in words."""
    models = [s for s in board.lines if not s.baseline]
    return [f"{s.model} {quality(s)}{f' ({interval(s)})' if intervals else ''}" for s in models[:_MODELS]]


def _first_parts(parts: list[str]) -> list[str]:
    """All parts, or the first and how many more there are."""
    return parts if len(parts) <= _PARTS else [*parts[:_PARTS], f"and {len(parts) - _PARTS} more"]


def _part_shown(shown: Sequence[object], every: Sequence[object], what: str) -> str:
    """What a title adds where a picture has no room for all."""
    return f", {len(shown)} of {len(every)} {what}" if len(shown) < len(every) else ""


def _plan(title: str, parts: Sequence[str], general: bool, draw: Callable[[], Canvas]) -> ChartPlan:
    name = re.sub(r"[^a-z0-9]+", "-", title.partition(",")[0].lower()).strip("-")
    return ChartPlan(name, title, plain(f"{title}. {'; '.join(parts)}."), general, draw)


_SIZED = re.compile(r'.*?<svg([^>]*?) width="[^"]*" height="[^"]*"', re.DOTALL)


def inline(chart: Chart) -> str:
    """The SVG as part of a page: it takes the page's colours and width."""
    part = _SIZED.sub(r'<svg\1 aria-hidden="true"', chart.svg, count=1)
    return part.replace(INK, "currentColor").replace(FAINT, "var(--line)")

"""A panel for every suite, side by side, with the models in the same order in all: bars and boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.analysis.board import Board
from harness.analysis.extras import Spread
from harness.reporting.charts.canvas import FAINT, INK, Canvas, breadth
from harness.reporting.charts.scales import Scale
from harness.reporting.charts.style import Style
from harness.reporting.numbers import CROSSED, percent, quality, seconds
from harness.reporting.text import plain

_LINE = 15  # points from model to model
_PANEL, _GAP = 118, 44  # width of a panel, and of the room for figures beside it
_HEAD, _FOOT = 34, 22

Draw = Callable[[Canvas, Scale, int, str, float], None]  # canvas, scale, panel, model, height


def bars(boards: Sequence[Board], models: Sequence[str], style: Style) -> Canvas:
    """The quality of every model as a bar with its interval; baselines are lines across."""
    tops: dict[int, float] = {}

    def draw(canvas: Canvas, scale: Scale, panel: int, model: str, y: float) -> None:
        tops.setdefault(panel, y + _LINE / 2)
        s = boards[panel].of(model)
        if s is None or s.quality is None:
            canvas.text(scale.start + 3, y, CROSSED if s and s.crossed_out else "not measured", size=8)
            return
        color, alpha = style.color(model), 0.85 if s.rank is not None else 0.35
        canvas.area((scale(0), y - 4.5, scale(s.quality), y + 4.5), color, alpha)
        canvas.line([(scale(s.low or 0), y), (scale(s.high or 0), y)], INK, 1.6)
        canvas.text(scale.end + 5, y, quality(s), size=8)

    canvas, scales = _grid([board.name for board in boards], models, style, (0, 1, False), percent, draw)
    for panel, board in enumerate(boards):
        _baselines(canvas, scales[panel], board, tops[panel], len(models))
    return canvas


def _baselines(canvas: Canvas, scale: Scale, board: Board, top: float, lines: int) -> None:
    """Dotted lines, and above them the names; those that would overlap share a place."""
    levels = sorted((s.quality, plain(s.model)) for s in board.baselines if s.quality is not None)
    names: list[tuple[float, str]] = []
    for quality_, name in levels:
        x = scale(quality_)
        canvas.line([(x, top), (x, top - _LINE * lines)], INK, 0.9, 0.8, dashed=True)
        if names and x - names[-1][0] < breadth(names[-1][1], 7):
            names[-1] = (names[-1][0], f"{names[-1][1]}, {name}")
        else:
            names.append((x, name))
    for x, name in names:
        canvas.text(x, top + 6, name, "right" if x > scale(0.9) else "left", size=7)


def latency(spreads: Mapping[str, Mapping[str, Spread]], models: Sequence[str], style: Style) -> Canvas:
    """Half of the answers lie in the box, four fifths between the whiskers; few answers are drawn singly.

    ``spreads`` are by suite and model.
    """
    suites = list(spreads)
    times = [t for of in spreads.values() for s in of.values() for t in (s.quantiles or s.points or ())]

    def draw(canvas: Canvas, scale: Scale, panel: int, model: str, y: float) -> None:
        spread, color = spreads[suites[panel]].get(model), style.color(model)
        if spread and spread.quantiles:
            p10, p25, p50, p75, p90 = map(scale, spread.quantiles)
            canvas.line([(p10, y), (p90, y)], color, 1.4)
            canvas.area((p25, y - 4, p75, y + 4), color, 0.55)
            canvas.line([(p50, y - 4), (p50, y + 4)], INK, 1.8)
        elif spread and spread.points:
            for seconds_ in spread.points:
                canvas.mark(scale(seconds_), y, "round", color, 0.6, 4)

    low, high = min(times), max(times)
    return _grid(suites, models, style, (low / 1.3, high * 1.3, True), seconds, draw)[0]


def _grid(
    titles: Sequence[str], models: Sequence[str], style: Style, ends: tuple[float, float, bool],
    show: Callable[[float], str], draw: Draw,
) -> tuple[Canvas, list[Scale]]:  # fmt: skip
    columns = min(3, len(titles))
    rows = -(-len(titles) // columns)
    names = [style.name(model) for model in models]
    first = 12 + max(breadth(name) for name in names)
    tall = _HEAD + _LINE * len(models) + _FOOT
    wide = _PANEL if columns > 1 else 2 * _PANEL
    canvas = Canvas(first + columns * (wide + _GAP), tall * rows)
    scales = []
    for panel, title in enumerate(titles):
        left, top = first + (wide + _GAP) * (panel % columns), canvas.height - tall * (panel // columns)
        low, high, log = ends
        scale = Scale(low, high, left, left + wide, log)
        scales.append(scale)
        canvas.text(left, top - 11, plain(title), bold=True)
        base = top - _HEAD - _LINE * len(models)
        for value in scale.ticks(6 + max(breadth(show(low), 8), breadth(show(high), 8))):
            canvas.line([(scale(value), top - _HEAD), (scale(value), base)], FAINT, 0.6, 0.3)
            canvas.text(scale(value), base - 4, show(value), "center", True, 8)
        canvas.line([(left, top - _HEAD), (left, base)], FAINT, 0.8)
        for line, model in enumerate(models):
            y = top - _HEAD - _LINE * (line + 0.5)
            if panel % columns == 0:
                canvas.text(first - 6, y, names[line], "right")
            draw(canvas, scale, panel, model, y)
    return canvas, scales

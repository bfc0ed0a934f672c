"""Quality with its interval against cost or time, and the front that no other model beats in both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.analysis.board import Board, Standing
from harness.reporting.charts.canvas import FAINT, SIZE, Box, Canvas, breadth
from harness.reporting.charts.labels import place
from harness.reporting.charts.scales import Scale
from harness.reporting.charts.style import MOST, Style
from harness.reporting.numbers import dollars, exact, percent, seconds
from harness.reporting.text import plain

_SMALL = 8.0  # text in small panels


@dataclass(frozen=True, slots=True)
class Against:
    """What quality is weighed against."""

    name: str
    label: str
    value: Callable[[Standing], float | None]
    show: Callable[[float | None], str]

    def points(self, board: Board) -> list[Spot]:
        """The ranked models whose value is known, smallest first; nothing goes a bit below the smallest."""
        placed = [(x, s) for s in board.ranked if (x := self.value(s)) is not None]
        some = [x for x, _ in placed if x]
        if not some:
            return []
        return sorted(((x or min(some) / 4, s) for x, s in placed), key=lambda spot: spot[0])


Spot = tuple[float, Standing]  # cost or time, and whose


def _per_thousand(standing: Standing) -> float | None:
    return None if standing.cost_per_task is None else 1000 * standing.cost_per_task


AGAINST = (
    Against("cost", "USD per 1,000 tasks (log)", _per_thousand, dollars),
    Against("time", "median seconds an answer (log)", lambda s: s.latency_p50_s, seconds),
)


def trade_off(board: Board, against: Against, style: Style) -> Canvas:
    """One board, with the models named."""
    canvas = Canvas(360, 262)
    _panel(canvas, (42, 38, 352, 254), board, against, style, SIZE)
    canvas.text(197, 10, against.label, "center")
    return canvas


def small_trade_offs(boards: Sequence[Board], against: Against, style: Style) -> Canvas:
    """Several boards side by side; where they hold many models, those of the front are named."""
    columns = min(3, len(boards))
    rows = -(-len(boards) // columns)
    canvas = Canvas(220 * columns, 178 * rows + 16)
    for index, board in enumerate(boards):
        left, top = 220 * (index % columns), canvas.height - 178 * (index // columns)
        canvas.text(left + 34, top - 10, plain(board.name), bold=True)
        _panel(canvas, (left + 34, top - 156, left + 212, top - 22), board, against, style, _SMALL)
    canvas.text(canvas.width / 2, 8, against.label, "center")
    return canvas


def _panel(canvas: Canvas, frame: Box, board: Board, against: Against, style: Style, size: float) -> None:
    spots = against.points(board)
    across, up = _scales(frame, spots)
    least, cheapest = spots[0]
    zero_at = least if against.value(cheapest) == 0 else None  # a logarithmic scale has no zero
    _axes(canvas, frame, (across, up), zero_at, against, size)
    at = {s.model: (across(x), up(s.quality or 0)) for x, s in spots}
    front = [at[s.model] for _, s in _front(spots)]
    steps = [corner for here, after in pairwise(front) for corner in (here, (after[0], here[1]))] + front[-1:]
    if len(front) > 1:
        canvas.line(steps, dashed=True)
    intervals: list[Box] = []
    for x, s in spots:
        low, high = up(s.low or 0), up(s.high or 0)
        canvas.line([(across(x), low), (across(x), high)], style.color(s.model), 1.6, 0.6)
        intervals.append((across(x) - 3, low, across(x) + 3, high))
        canvas.mark(*at[s.model], style.marker(s.model), style.color(s.model), size=0.78 * size)
    few, best = (MOST, MOST) if size == SIZE else (MOST // 2, MOST // 4)
    named = [s.model for _, s in (spots if len(spots) <= few else _front(spots)[-best:])]
    names = [style.name(model) for model in named]
    lines = [(min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1) for (a, b), (c, d) in pairwise(steps)]
    offsets = place(
        [at[m] for m in named], [breadth(name, size) for name in names], size + 2, frame, intervals, lines
    )
    for model, name, (dx, dy) in zip(named, names, offsets, strict=True):
        x, y = at[model]
        canvas.text(x + dx, y + dy, name, "left" if dx > 0 else "right", size=size)


def _scales(frame: Box, spots: Sequence[Spot]) -> tuple[Scale, Scale]:
    left, bottom, right, top = frame
    least, most = spots[0][0], spots[-1][0]
    spread = (most / least) ** 0.12
    across = Scale(least / max(2, spread), most * max(2.5, spread**1.25), left, right, log=True)
    low, high = min(s.low or 0 for _, s in spots), max(s.high or 0 for _, s in spots)
    return across, Scale(max(-0.03, low - 0.08), min(1.05, high + 0.08), bottom, top)


def _axes(
    canvas: Canvas, frame: Box, scales: tuple[Scale, Scale], zero_at: float | None, against: Against,
    size: float,
) -> None:  # fmt: skip
    left, bottom, right, top = frame
    across, up = scales
    room = 8 + max(breadth(against.show(end), size) for end in (across.low, across.high))
    marks = {across(value): exact(against.show(value)) for value in across.ticks(room)}
    if zero_at is not None:
        zero = across(zero_at)
        marks = {x: text for x, text in marks.items() if x > zero + room} | {zero: against.show(0.0)}
    for x, text in marks.items():
        canvas.line([(x, bottom), (x, top)], FAINT, 0.6, 0.3)
        canvas.text(x, bottom - 5, text, "center", True, size)
    for value in up.ticks(2.5 * size):
        if 0 <= value <= 1:
            canvas.line([(left, up(value)), (right, up(value))], FAINT, 0.6, 0.3)
            canvas.text(left - 4, up(value), percent(value), "right", size=size)
    canvas.line([(left, top), (left, bottom), (right, bottom)], FAINT, 0.8)


def _front(spots: Sequence[Spot]) -> list[Spot]:
    """The points that nothing to their left reaches; ``spots`` go from cheap to expensive."""
    best: list[Spot] = []
    for x, standing in spots:
        if not best or (standing.quality or 0) > (best[-1][1].quality or 0):
            best.append((x, standing))
    return best

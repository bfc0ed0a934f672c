"""A line a model through measured points, its name at the end: over the length of texts, or over load."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.reporting.charts.canvas import FAINT, SIZE, Box, Canvas, breadth
from harness.reporting.charts.labels import place
from harness.reporting.charts.scales import Scale
from harness.reporting.charts.style import Style

_FRAME: Box = (46, 38, 352, 246)


@dataclass(frozen=True, slots=True)
class Spot:
    """A measured point, with the ends of its interval, and what is written at it."""

    x: float
    y: float
    low: float
    high: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured along it: where it begins and ends, which values are written and how."""

    label: str
    low: float
    high: float
    log: bool
    show: Callable[[float], str]
    ticks: Sequence[float] = ()  # by default round values


def curves(lines: Sequence[tuple[str, Sequence[Spot]]], across: Axis, up: Axis, style: Style) -> Canvas:
    """Lines by model, each through its points in their order."""
    left, bottom, right, top = _FRAME
    canvas = Canvas(right + 8, top + 24)
    x = Scale(across.low, across.high, left, right, across.log)
    y = Scale(up.low, up.high, bottom, top, up.log)
    for value in across.ticks or x.ticks(8 + max(breadth(across.show(end)) for end in (x.low, x.high))):
        canvas.line([(x(value), bottom), (x(value), top)], FAINT, 0.6, 0.3)
        canvas.text(x(value), bottom - 5, across.show(value), "center", True)
    for value in up.ticks or y.ticks(2.5 * SIZE):
        canvas.line([(left, y(value)), (right, y(value))], FAINT, 0.6, 0.3)
        canvas.text(left - 4, y(value), up.show(value), "right")
    canvas.line([(left, top), (left, bottom), (right, bottom)], FAINT, 0.8)
    canvas.text((left + right) / 2, 10, across.label, "center")
    canvas.text(4, top + 15, up.label)
    solid: list[Box] = []
    for model, spots in lines:
        at = [(x(spot.x), y(spot.y)) for spot in spots]
        canvas.line(at, style.color(model), 1.6, 0.8)
        for spot, (px, py) in zip(spots, at, strict=True):
            if spot.high > spot.low:
                canvas.line([(px, y(spot.low)), (px, y(spot.high))], style.color(model), 1.2, 0.45)
            canvas.mark(px, py, style.marker(model), style.color(model))
            if spot.label:
                canvas.text(px, py + 10, spot.label, "center", size=7)
            solid.append((px - 4, py - 4, px + 4, py + (14 if spot.label else 4)))
    ends = [(x(spots[-1].x), y(spots[-1].y)) for _, spots in lines]
    names = [style.name(model) for model, _ in lines]
    offsets = place(ends, [breadth(name) for name in names], SIZE + 2, _FRAME, solid, [])
    for name, (px, py), (dx, dy) in zip(names, ends, offsets, strict=True):
        canvas.text(px + dx, py + dy, name, "left" if dx > 0 else "right")
    return canvas

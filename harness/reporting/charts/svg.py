"""A canvas as SVG: text stays text, and no two pictures share an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from harness.reporting.charts.canvas import DASH, INK, SPACE, Canvas, Point

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_FONTS = "DejaVu Sans, Verdana, sans-serif"


def svg(canvas: Canvas) -> str:
    """The whole picture."""
    wide, tall = _number(canvas.width), _number(canvas.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{tall}pt"'
        f' viewBox="0 0 {wide} {tall}" font-family="{_FONTS}" stroke-linejoin="round">'
    )
    return "\n".join([head, *_shapes(canvas), f'<g fill="{INK}">', *_words(canvas), "</g>", "</svg>", ""])


def _shapes(canvas: Canvas) -> Iterator[str]:
    for (left, bottom, right, top), color, alpha in canvas.areas:
        x, y, wide, tall = map(_number, (left, canvas.height - top, right - left, top - bottom))
        fill = f'fill="{color}"{_opacity("fill", alpha)}'
        yield f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" {fill}/>'
    for points, color, width, alpha, dashed in canvas.lines:
        dashes = f' stroke-dasharray="{DASH * width:g} {SPACE * width:g}"' if dashed else ""
        yield (
            f'<polyline points="{_points(canvas, points)}" fill="none" stroke="{color}"'
            f' stroke-width="{width:g}"{_opacity("stroke", alpha)}{dashes}/>'
        )
    for mark in canvas.marks:
        fill = f'fill="{mark.color}"{_opacity("fill", mark.alpha)}'
        if mark.corners:
            yield f'<polygon points="{_points(canvas, mark.corners)}" {fill}/>'
        else:
            x, y = _number(mark.at[0]), _number(canvas.height - mark.at[1])
            yield f'<circle cx="{x}" cy="{y}" r="{_number(mark.size / 2)}" {fill}/>'


def _words(canvas: Canvas) -> Iterator[str]:
    for x, y, text, align, size, bold in canvas.words:
        anchor = "" if align == "left" else f' text-anchor="{_ANCHORS[align]}"'
        weight = ' font-weight="bold"' if bold else ""
        place = f'x="{_number(x)}" y="{_number(canvas.height - y)}"'
        yield f'<text {place} font-size="{size:g}"{anchor}{weight}>{escape(text, quote=False)}</text>'


def _points(canvas: Canvas, points: Iterable[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(canvas.height - y)}" for x, y in points)


def _opacity(of: str, alpha: float) -> str:
    return "" if alpha == 1 else f' {of}-opacity="{alpha:.3g}"'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")

"""A canvas as PNG, painted by matplotlib's Agg; without figures, which lay out what has its place."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from harness.reporting.charts.canvas import DASH, INK, SPACE, Canvas, Point, Word

if TYPE_CHECKING:
    from matplotlib.backend_bases import GraphicsContextBase
    from matplotlib.backends.backend_agg import RendererAgg

_DPI = 110
_STYLE: Any = {"text.hinting": "none"}  # fitting letters to pixels takes a fifth of the time
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # the share of a text that stands before its place


def load() -> None:
    """Load the libraries, which takes half a second, before there is anything to paint."""
    import matplotlib.backends.backend_agg  # noqa: F401
    import PIL.PngImagePlugin  # noqa: F401


def png(canvas: Canvas, made_by: str) -> bytes:
    """The whole picture, on no ground; ``made_by`` is written into it."""
    import matplotlib as mpl
    import numpy as np
    from matplotlib.backends.backend_agg import RendererAgg
    from PIL.Image import fromarray
    from PIL.PngImagePlugin import PngInfo

    scale = _DPI / 72
    painter = RendererAgg(canvas.width * scale, canvas.height * scale, _DPI)
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="Glyph .* missing"
        )  # a name in a script without a font here
        _shapes(painter, canvas, scale)
        _words(painter, canvas.words, scale)
    written_in, buffer = PngInfo(), BytesIO()
    written_in.add_text("Software", made_by)
    image = fromarray(np.asarray(painter.buffer_rgba()))  # matplotlib's ``imsave`` loads all kinds of axes
    image.save(buffer, "png", compress_level=2, pnginfo=written_in, dpi=(_DPI, _DPI))
    return buffer.getvalue()


def _shapes(painter: RendererAgg, canvas: Canvas, scale: float) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    pixels = Affine2D().scale(scale)
    nothing = _pen(painter, INK, 0)

    def fill(corners: Sequence[Point], color: str, alpha: float) -> None:
        painter.draw_path(nothing, Path([*corners, corners[0]], closed=True), pixels, to_rgba(color, alpha))

    for (left, bottom, right, top), color, alpha in canvas.areas:
        fill([(left, bottom), (right, bottom), (right, top), (left, top)], color, alpha)
    for points, color, width, alpha, dashed in canvas.lines:
        pen = _pen(painter, color, width, alpha)
        if dashed:
            pen.set_dashes(0, [DASH * width, SPACE * width])
        painter.draw_path(pen, Path(points), pixels)
    for mark in canvas.marks:
        if mark.corners:
            fill(mark.corners, mark.color, mark.alpha)
        else:
            circle = Path.circle(mark.at, mark.size / 2)
            painter.draw_path(nothing, circle, pixels, to_rgba(mark.color, mark.alpha))


def _words(painter: RendererAgg, words: Sequence[Word], scale: float) -> None:
    from matplotlib.font_manager import FontProperties

    pen = _pen(painter, INK, 1)

    @cache
    def width(text: str, size: float, bold: bool) -> float:
        return float(painter.get_text_width_height_descent(text, font(size, bold), False)[0])

    @cache
    def font(size: float, bold: bool) -> FontProperties:
        return FontProperties(family=["DejaVu Sans"], weight="bold" if bold else "normal", size=size)

    for x, y, text, align, size, bold in words:
        before = _BEFORE[align] and _BEFORE[align] * width(text, size, bold)
        painter.draw_text(pen, x * scale - before, painter.height - y * scale, text, font(size, bold), 0)


def _pen(painter: RendererAgg, color: str, width: float, alpha: float = 1) -> GraphicsContextBase:
    from matplotlib.colors import to_rgba

    pen = painter.new_gc()
    pen.set_foreground(to_rgba(color, alpha), isRGBA=True)
    pen.set_linewidth(width)
    return pen

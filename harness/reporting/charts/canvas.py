"""A sheet to draw on, in points from the lower left corner: few artists, and no axes to lay out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

INK = "#6b7480"  # readable on white and on near-black alike
FAINT = "#8a929c"
SIZE = 9.0  # of text, in points
LETTER = 0.61  # mean width of a letter, in sizes

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(slots=True)
class Canvas:
    """Lines, areas, marks and words, gathered so that thousands of them become a handful of artists.

    Later layers cover earlier ones: areas, then lines, then marks, then words.
    """

    width: float
    height: float
    _areas: list[tuple[Box, str, float]] = field(default_factory=list)
    _lines: dict[bool, list[tuple[Sequence[Point], str, float, float]]] = field(default_factory=dict)
    _marks: dict[str, list[tuple[float, float, str, float]]] = field(default_factory=dict)
    _words: list[dict[str, Any]] = field(default_factory=list)

    def area(self, box: Box, color: str, alpha: float) -> None:
        """A filled rectangle."""
        self._areas.append((box, color, alpha))

    def line(
        self, points: Sequence[Point], color: str = INK, width: float = 1, alpha: float = 1,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """A line through points."""
        self._lines.setdefault(dashed, []).append((points, color, width, alpha))

    def mark(self, x: float, y: float, marker: str, color: str, alpha: float = 1, size: float = 7) -> None:
        """One of matplotlib's markers, ``size`` points wide."""
        self._marks.setdefault(f"{marker} {size}", []).append((x, y, color, alpha))

    def text(
        self, x: float, y: float, text: str, ha: str = "left", va: str = "center_baseline",
        size: float = SIZE, bold: bool = False,
    ) -> None:  # fmt: skip
        """Words; ``ha`` and ``va`` say which part of them lies at the point."""
        weight = "bold" if bold else "normal"
        self._words.append(
            {"x": x, "y": y, "text": text, "ha": ha, "va": va, "fontsize": size, "fontweight": weight}
        )

    def figure(self) -> Figure:
        """All of it as a figure."""
        from matplotlib.figure import Figure
        from matplotlib.text import Text
        from matplotlib.transforms import Affine2D

        figure = Figure(figsize=(self.width / 72, self.height / 72))
        points = Affine2D().scale(1 / 72) + figure.dpi_scale_trans
        words = [Text(color=INK, parse_math=False, transform=points, **word) for word in self._words]
        for artist in [*self._shapes(points), *words]:
            figure.add_artist(artist)
        return figure

    def _shapes(self, points: Any) -> list[Artist]:
        from matplotlib.collections import LineCollection, PathCollection, PolyCollection
        from matplotlib.colors import to_rgba
        from matplotlib.markers import MarkerStyle
        from matplotlib.transforms import IdentityTransform

        made: list[Artist] = []
        if self._areas:
            corners = [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)] for (x0, y0, x1, y1), _, _ in self._areas]
            fills = [to_rgba(color, alpha) for _, color, alpha in self._areas]
            made.append(PolyCollection(corners, facecolors=fills, linewidths=0, transform=points))
        for dashed, lines in sorted(self._lines.items()):
            made.append(
                LineCollection(
                    [through for through, _, _, _ in lines],
                    colors=[to_rgba(color, alpha) for _, color, _, alpha in lines],
                    linewidths=[width for _, _, width, _ in lines],
                    linestyles=(0, (4, 3)) if dashed else "solid",
                    capstyle="butt",
                    transform=points,
                )
            )
        for kind, marks in self._marks.items():
            marker, _, size = kind.partition(" ")
            style = MarkerStyle(marker)
            path = style.get_path().transformed(style.get_transform())
            made.append(
                PathCollection(
                    [path],
                    sizes=[float(size) ** 2],
                    offsets=[(x, y) for x, y, _, _ in marks],
                    offset_transform=points,
                    facecolors=[to_rgba(color, alpha) for _, _, color, alpha in marks],
                    linewidths=0,
                    transform=IdentityTransform(),
                )
            )
        return made


def breadth(text: str, size: float = SIZE) -> float:
    """About how wide a text is, in points."""
    return LETTER * size * len(text)

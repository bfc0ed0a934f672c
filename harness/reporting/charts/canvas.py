"""A sheet to draw on, in points from the lower left corner. ``svg`` and ``png`` make pictures of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

INK = "#6b7480"  # readable on white and on near-black alike
FAINT = "#8a929c"
SIZE = 9.0  # of text, in points
LETTER = 0.61  # mean width of a letter, in sizes
ASCENT = 0.76  # height of its tallest letter, in sizes
DASH, SPACE = 4, 3  # of a dashed line, in its widths

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top
Align = Literal["left", "center", "right"]

_THIRD, _STEEP = 1 / 3, 2**0.5
SHAPES: dict[str, tuple[Point, ...]] = {  # corners of marks, in halves of their size; any other is round
    "diamond": ((0, -_STEEP), (_STEEP, 0), (0, _STEEP), (-_STEEP, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "up": ((-1, -1), (1, -1), (0, 1)),
    "down": ((-1, 1), (1, 1), (0, -1)),
    "plus": (
        (-_THIRD, -1), (_THIRD, -1), (_THIRD, -_THIRD), (1, -_THIRD), (1, _THIRD), (_THIRD, _THIRD),
        (_THIRD, 1), (-_THIRD, 1), (-_THIRD, _THIRD), (-1, _THIRD), (-1, -_THIRD), (-_THIRD, -_THIRD),
    ),
    "cross": (
        (-0.5, -1), (0, -0.5), (0.5, -1), (1, -0.5), (0.5, 0), (1, 0.5),
        (0.5, 1), (0, 0.5), (-0.5, 1), (-1, 0.5), (-0.5, 0), (-1, -0.5),
    ),
    "pentagon": ((0, 1), (-0.951, 0.309), (-0.588, -0.809), (0.588, -0.809), (0.951, 0.309)),
}  # fmt: skip


class Area(NamedTuple):
    """A filled rectangle."""

    box: Box
    color: str
    alpha: float


class Line(NamedTuple):
    """A line through points."""

    points: Sequence[Point]
    color: str
    width: float
    alpha: float
    dashed: bool


class Mark(NamedTuple):
    """A round mark, or one of ``SHAPES``, ``size`` points wide."""

    at: Point
    shape: str
    color: str
    alpha: float
    size: float

    @property
    def corners(self) -> list[Point]:
        """None where it is round."""
        (x, y), half = self.at, self.size / 2
        return [(x + half * dx, y + half * dy) for dx, dy in SHAPES.get(self.shape, ())]


class Word(NamedTuple):
    """Words, whose base line begins, has its middle or ends at ``x``, according to ``align``."""

    x: float
    y: float
    text: str
    align: Align
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Canvas:
    """What is drawn; later layers cover earlier ones: areas, then lines, then marks, then words."""

    width: float
    height: float
    areas: list[Area] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def area(self, box: Box, color: str, alpha: float) -> None:
        """Fill a rectangle."""
        self.areas.append(Area(box, color, alpha))

    def line(
        self, points: Sequence[Point], color: str = INK, width: float = 1, alpha: float = 1,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """Draw a line through points."""
        self.lines.append(Line(points, color, width, alpha, dashed))

    def mark(self, x: float, y: float, shape: str, color: str, alpha: float = 1, size: float = 7) -> None:
        """Put a mark around a point."""
        self.marks.append(Mark((x, y), shape, color, alpha, size))

    def text(
        self, x: float, y: float, text: str, align: Align = "left", hanging: bool = False,
        size: float = SIZE, bold: bool = False,
    ) -> None:  # fmt: skip
        """Write words whose middle is at the height ``y``, or which hang from there."""
        base = y - size * ASCENT * (1 if hanging else 0.5)
        self.words.append(Word(x, base, text, align, size, bold))


def breadth(text: str, size: float = SIZE) -> float:
    """About how wide a text is, in points."""
    return LETTER * size * len(text)

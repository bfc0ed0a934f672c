"""Pictures as data: what is to be drawn, on a square of 768 units a side, whatever its size in pixels.

A drawing is hashed by its shapes, so that a task with one is the same task on every machine and with every
version of the library that draws it. ``harness.drawings.png`` makes it a picture.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

SIDE = 768  # units; of a picture of the usual size, pixels
_FORM = 1  # raised when the same drawing becomes another picture
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Straight lines from point to point."""

    points: tuple[Point, ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed outline, filled or not."""

    points: tuple[Point, ...]
    outline: str
    width: float
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle, filled or not."""

    centre: Point
    radius: float
    outline: str
    width: float
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text in ASCII. ``anchor`` says what of it lies ``at`` the point, in Pillow's two letters."""

    at: Point
    text: str
    height: float  # of the font
    colour: str = "#202020"
    anchor: str = "mm"
    angle: float = 0.0  # degrees, clockwise; of words anchored in their middle


Shape = Line | Polygon | Circle | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A square picture; later shapes lie over earlier ones."""

    shapes: tuple[Shape, ...]
    pixels: int = SIDE  # of a side
    background: str = "#ffffff"
    mirrored: bool = False  # left and right change places, words too

    @property
    def sha256(self) -> str:
        """The digest of all that is drawn."""
        return hashlib.sha256(repr((_FORM, self)).encode()).hexdigest()


def at(x: float, y: float) -> Point:
    """A point, rounded so that it is the same on machines whose sines differ in the last digit."""
    return round(x, 2), round(y, 2)

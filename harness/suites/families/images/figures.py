"""Figures to count: shapes that lie over each other, the cells of a grid, the crossings of two lines."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.drawings import SIDE, Circle, Line, Point, Polygon, Shape, at
from harness.suites.families.images.base import COLOURS, INK, Pictured, Question, Range, bounds, near

_CORNERS: Mapping[str, int] = {"circles": 0, "squares": 4, "triangles": 3}
_APART = 52.0  # between the centres of two figures
_TIMES = {"rows": "from top to bottom", "columns": "from left to right"}


@dataclass(frozen=True)
class Counting(Pictured):
    """How many figures of one kind there are, among others that lie over them."""

    counts: Range
    others: Range

    def __post_init__(self) -> None:
        bounds("counts", self.counts, 1, 12)
        bounds("others", self.others, 1, 8)

    def question(self, rng: random.Random) -> Question:
        """One heap of figures."""
        count = rng.randint(*bounds("counts", self.counts, 1, 12))
        # five rings are a picture that everybody has seen
        kind = rng.choice([kind for kind in _CORNERS if (kind, count) != ("circles", 5)])
        rest = [other for other in _CORNERS if other != kind]
        kinds = [kind] * count + rng.choices(rest, k=rng.randint(*bounds("others", self.others, 1, 8)))
        rng.shuffle(kinds)
        shapes = [
            _figure(each, place, rng) for each, place in zip(kinds, _places(len(kinds), rng), strict=True)
        ]
        return Question(shapes, {"kind": kind}, str(count), near(count, 1))


def _places(count: int, rng: random.Random) -> list[Point]:
    """Where figures lie: near enough to overlap, and no two on the same place."""
    places: list[Point] = []
    spread = 120 + 9 * count
    while len(places) < count:
        x, y = (SIDE / 2 + rng.uniform(-spread, spread) for _ in range(2))
        if all(math.dist((x, y), place) >= _APART for place in places):
            places.append((x, y))
    return places


def _figure(kind: str, centre: Point, rng: random.Random) -> Shape:
    radius, colour = rng.uniform(55, 85), COLOURS[rng.choice([*COLOURS])]
    if kind == "circles":
        return Circle(at(*centre), round(radius, 2), colour, 4)
    corners, turned = _CORNERS[kind], rng.uniform(0, 2 * math.pi)
    angles = [turned + 2 * math.pi * corner / corners for corner in range(corners)]
    points = [at(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]
    return Polygon(tuple(points), colour, 4)


@dataclass(frozen=True)
class Grid(Pictured):
    """How many rows or columns a grid has, some of whose cells are filled."""

    counts: Range

    def __post_init__(self) -> None:
        bounds("counts", self.counts, 2, 20)

    def question(self, rng: random.Random) -> Question:
        """One grid."""
        rows, columns = (rng.randint(*bounds("counts", self.counts, 2, 20)) for _ in range(2))
        width, height = rng.uniform(560, 680), rng.uniform(560, 680)
        left, top = (SIDE - width) / 2, (SIDE - height) / 2
        xs = [round(left + width * column / columns, 2) for column in range(columns + 1)]
        ys = [round(top + height * row / rows, 2) for row in range(rows + 1)]
        fill = COLOURS[rng.choice([*COLOURS])]
        cells = rng.sample([(x, y) for x in range(columns) for y in range(rows)], rows * columns // 6)
        shapes: list[Shape] = [Polygon(_cell(xs, ys, *cell), fill, 1, fill) for cell in cells]
        shapes += [Line(((x, ys[0]), (x, ys[-1])), INK, 3) for x in xs]
        shapes += [Line(((xs[0], y), (xs[-1], y)), INK, 3) for y in ys]
        asked, count = rng.choice((("rows", rows), ("columns", columns)))
        other = {"rows": columns, "columns": rows}[asked]
        wrong = [*near(count, 1), str(other)]
        return Question(shapes, {"what": asked, "how": _TIMES[asked]}, str(count), wrong)


def _cell(xs: Sequence[float], ys: Sequence[float], x: int, y: int) -> tuple[Point, ...]:
    return (xs[x], ys[y]), (xs[x + 1], ys[y]), (xs[x + 1], ys[y + 1]), (xs[x], ys[y + 1])


@dataclass(frozen=True)
class Crossings(Pictured):
    """How often a red line and a blue one cross: at most once between two of their corners."""

    counts: Range
    corners: int = 9

    def __post_init__(self) -> None:
        bounds("counts", self.counts, 1, 12)
        if not self.counts[1] < self.corners <= 16:
            raise ValueError("corners: must be more than the most crossings, and at most 16")

    def question(self, rng: random.Random) -> Question:
        """Two lines from the left to the right; the upper one becomes the lower one so often as they cross."""
        count = rng.randint(*bounds("counts", self.counts, 1, 12))
        crossed = {*rng.sample(range(1, self.corners), count)}
        upper: list[float] = []
        lower: list[float] = []
        for _ in range(self.corners):
            middle, half = rng.uniform(220, 548), rng.uniform(55, 150)
            upper.append(middle - half)
            lower.append(middle + half)
        lines = (upper, lower)
        side = rng.randrange(2)
        heights: tuple[list[float], list[float]] = ([], [])
        for corner in range(self.corners):
            side ^= corner in crossed
            for line in range(2):
                heights[line].append(lines[side ^ line][corner])
        xs = [40 + (SIDE - 80) * corner / (self.corners - 1) for corner in range(self.corners)]
        shapes = [
            Line(tuple(at(x, y) for x, y in zip(xs, ys, strict=True)), COLOURS[colour], 5)
            for ys, colour in zip(heights, ("red", "blue"), strict=True)
        ]
        return Question(shapes, {}, str(count), near(count, 0))

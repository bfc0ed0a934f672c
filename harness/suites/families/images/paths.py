"""Lines to be followed from the left to the right, over and under each other."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from harness.drawings import SIDE, Line, Shape, Words, at
from harness.suites.families.images.base import COLOURS, INK, Pictured, Question, Range, bounds

_ENDS = ("ant", "bee", "cow", "dog", "elk", "fox", "hen", "owl", "pig", "ram")
_LEFT, _RIGHT = 90.0, 670.0


@dataclass(frozen=True)
class Paths(Pictured):
    """Where a line ends; ``coloured`` lines differ in more than their way."""

    lines: Range
    columns: int = 9
    coloured: bool = True

    def __post_init__(self) -> None:
        bounds("lines", self.lines, 3, 6)
        if not 3 <= self.columns <= 14:
            raise ValueError("columns: must be from 3 to 14")

    def question(self, rng: random.Random) -> Question:
        """Lines on lanes; from column to column, neighbours change places or do not."""
        count = rng.randint(*bounds("lines", self.lines, 3, 6))
        order = [*range(count)]  # the line on each lane
        ways: list[list[int]] = [[line] for line in range(count)]
        for _ in range(self.columns):
            lane = rng.randrange(2)
            while lane + 1 < count:
                if rng.random() < 0.6:
                    order[lane], order[lane + 1] = order[lane + 1], order[lane]
                    lane += 1
                lane += 1
            for place, line in enumerate(order):
                ways[line].append(place)
        ends, colours = rng.sample(_ENDS, count), rng.sample([*COLOURS.values()], count)
        room, step = (SIDE - 120) / count, (_RIGHT - _LEFT) / (2 * self.columns)
        shapes: list[Shape] = []
        for line, lanes in enumerate(ways):
            # level on every second stretch, so that lines turn where they meet no other
            corners = [
                (column, lane)
                for number, lane in enumerate(lanes)
                for column in (2 * number - 0.5, 2 * number + 0.5)
            ]
            points = tuple(at(_LEFT + max(0.0, min(column, 2 * self.columns)) * step, 60 + (lane + 0.5) * room)
                           for column, lane in corners)  # fmt: skip
            shapes.append(Line(points, colours[line] if self.coloured else INK, 5))
        for lane in range(count):
            y = round(60 + (lane + 0.5) * room, 2)
            shapes.append(Words((_LEFT - 24, y), "ABCDEF"[lane], 26))
            shapes.append(Words((_RIGHT + 14, y), ends[lane], 26, anchor="lm"))
        moves = [sum(a != b for a, b in itertools.pairwise(lanes)) for lanes in ways]
        asked = rng.choice([line for line in range(count) if moves[line] >= min(2, max(moves))])
        place = ways[asked][-1]
        wrong = [end for lane, end in enumerate(ends) if lane != place]
        return Question(shapes, {"start": "ABCDEF"[asked]}, ends[place], wrong, {"labels": ends})

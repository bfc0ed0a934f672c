"""Clocks, turned and in a mirror."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from harness.drawings import SIDE, Circle, Line, Point, Shape, Words, at
from harness.suites.families.images.base import COLOURS, INK, Pictured, Question

_RADIUS = 320.0
_MIDDLE = SIDE / 2
_APART = 25  # degrees between the hands, and from one on top of the other
_HABIT = range(9 * 60 + 55, 10 * 60 + 25)  # what the clocks of advertisements show


@dataclass(frozen=True)
class Clock(Pictured):
    """The time that a clock shows, to the minute."""

    numerals: bool = True
    turned: bool = False
    mirrored: bool = False

    def question(self, rng: random.Random) -> Question:
        """One clock whose hands are apart."""
        while True:
            hour, minute = rng.randrange(12), rng.randrange(60)
            between = abs((hour * 30 + minute / 2 - minute * 6 + 180) % 360 - 180)
            if _APART < between < 180 - _APART / 2 and 60 * hour + minute not in _HABIT:
                break
        turned = rng.choice((40, 75, 110, 150, 200, 245, 290, 325)) if self.turned else 0
        time = _written(60 * hour + minute)
        hands = _written(60 * round(minute / 5) + round((hour + minute / 60) * 5))
        wrong = [
            hands,
            _written(60 * hour + minute + 60),
            _written(60 * hour + minute - 60),
            _written(-60 * hour - minute),
        ]
        words = "The red mark on the rim is at twelve."
        if self.mirrored:
            words += " You see the clock in a mirror; say which time it really is."
        shapes = [*_face(turned, self.numerals), *_hands(hour, minute, turned)]
        return Question(shapes, {"how": words}, time, wrong, mirrored=self.mirrored)


def _written(minutes: int) -> str:
    hour, minute = divmod(minutes % 720, 60)
    return f"{hour or 12}:{minute:02}"


def _on(degrees: float, radius: float) -> Point:
    """A point at an angle, clockwise from above."""
    angle = math.radians(degrees)
    return at(_MIDDLE + radius * math.sin(angle), _MIDDLE - radius * math.cos(angle))


def _face(turned: int, numerals: bool) -> Iterator[Shape]:
    yield Circle((_MIDDLE, _MIDDLE), _RADIUS, INK, 6)
    for minute in range(60):
        inner = _RADIUS - (30 if minute % 5 == 0 else 14)
        angle = turned + 6 * minute
        yield Line((_on(angle, inner), _on(angle, _RADIUS)), INK, 5 if minute % 5 == 0 else 2.5)
    yield Circle(_on(turned, _RADIUS + 22), 13, COLOURS["red"], 1, COLOURS["red"])
    if numerals:
        for hour in range(1, 13):
            yield Words(_on(turned + 30 * hour, _RADIUS - 62), str(hour), 40, angle=float(turned))


def _hands(hour: int, minute: int, turned: int) -> Iterator[Shape]:
    yield Line(((_MIDDLE, _MIDDLE), _on(turned + 30 * hour + minute / 2, 160)), INK, 15)
    yield Line(((_MIDDLE, _MIDDLE), _on(turned + 6 * minute, 282)), INK, 6)
    yield Circle((_MIDDLE, _MIDDLE), 14, INK, 1, INK)

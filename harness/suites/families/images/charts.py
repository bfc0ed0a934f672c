"""Charts of bars and of lines: every value lies on a line of the grid."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from harness.drawings import Line, Point, Polygon, Shape, Words
from harness.suites.families.images.base import COLOURS, FAINT, INK, Pictured, Question

_LEFT, _RIGHT, _TOP, _BOTTOM = 90.0, 740.0, 90.0, 680.0
_STEPS = 10  # lines of the grid above zero
_TICKS = (2, 5, 10, 20, 25, 50)  # what one of them is worth
_TITLES = ("Visitors", "Loans", "Repairs", "Orders", "Tickets", "Parcels")
_NAMES = ("Abbey", "Bridge", "Castle", "Dock", "Elm", "Forge", "Garden", "Harbor", "Island")


@dataclass(frozen=True)
class Chart(Pictured):
    """A value of a bar or of a line, or the year of a line's highest value."""

    kind: Literal["bars", "lines"]

    def question(self, rng: random.Random) -> Question:
        """One chart."""
        return _bars(rng) if self.kind == "bars" else _lines(rng)


def _bars(rng: random.Random) -> Question:
    tick, names = rng.choice(_TICKS), rng.sample(_NAMES, rng.randint(5, 7))
    heights = rng.sample(range(1, _STEPS + 1), len(names))
    room = (_RIGHT - _LEFT) / len(names)
    shapes = [*_axes(tick, rng.choice(_TITLES))]
    for place, (name, height) in enumerate(zip(names, heights, strict=True)):
        middle = _LEFT + (place + 0.5) * room
        left, right, top = middle - 0.3 * room, middle + 0.3 * room, _y(height)
        corners = ((left, _BOTTOM), (left, top), (right, top), (right, _BOTTOM))
        shapes.append(Polygon(corners, INK, 1, COLOURS["blue"]))
        shapes.append(Words((middle, _BOTTOM + 24), name, 19))
    asked = rng.randrange(len(names))
    others = [height for height in heights if height != heights[asked]]
    words = f"What is the value of the bar {names[asked]}?"
    return _value(shapes, words, heights[asked], rng.sample(others, 2), tick)


def _lines(rng: random.Random) -> Question:
    tick, names, colours = rng.choice(_TICKS), rng.sample(_NAMES, 3), rng.sample([*COLOURS], 3)
    first, count = rng.randint(1990, 2015), rng.randint(6, 8)
    columns = [rng.sample(range(1, _STEPS), len(names)) for _ in range(count)]  # no two lines meet at a year
    asked, top = rng.randrange(len(names)), rng.randrange(count)
    columns[top][asked] = _STEPS  # the one highest value of the line that is asked about
    shapes = [*_axes(tick, rng.choice(_TITLES))]
    places = [_LEFT + (number + 0.5) * (_RIGHT - _LEFT) / count for number in range(count)]
    shapes += [Words((x, _BOTTOM + 24), str(first + year), 19) for year, x in enumerate(places)]
    for number, (name, colour) in enumerate(zip(names, colours, strict=True)):
        points = [(x, _y(column[number])) for x, column in zip(places, columns, strict=True)]
        shapes += _line(points, COLOURS[colour])
        shapes += _key(number, name, COLOURS[colour])
    if rng.random() < 0.5:
        year = first + top
        wrong = [str(year + off) for off in (-1, 1, 2, -2)]
        words = f"In which year does the line {names[asked]} have its highest value?"
        return Question(shapes, {"question": words}, str(year), wrong)
    year = rng.choice([year for year in range(count) if year != top])
    words = f"What is the value of the line {names[asked]} in {first + year}?"
    others = [value for number, value in enumerate(columns[year]) if number != asked]
    return _value(shapes, words, columns[year][asked], others, tick)


def _value(shapes: Sequence[Shape], words: str, steps: int, others: Sequence[int], tick: int) -> Question:
    """A question for a value, right within less than half of what a line of the grid is worth."""
    wrong = [str(number * tick) for number in (steps + 1, steps - 1, *others)]
    return Question(shapes, {"question": words}, str(steps * tick), wrong, {"tolerance": (tick - 1) // 2})


def _y(steps: int) -> float:
    return _BOTTOM - steps * (_BOTTOM - _TOP) / _STEPS


def _axes(tick: int, title: str) -> Iterator[Shape]:
    yield Words(((_LEFT + _RIGHT) / 2, 30), title, 26)
    for step in range(_STEPS + 1):
        named = step % 2 == 0
        yield Line(((_LEFT, _y(step)), (_RIGHT, _y(step))), "#a8a8a8" if named else FAINT, 1.5)
        if named:
            yield Words((_LEFT - 10, _y(step)), str(step * tick), 19, anchor="rm")
    yield Line(((_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)), INK, 2.5)


def _line(points: Sequence[Point], colour: str) -> Iterator[Shape]:
    yield Line(tuple(points), colour, 4)
    for x, y in points:
        yield Polygon(((x - 5, y - 5), (x + 5, y - 5), (x + 5, y + 5), (x - 5, y + 5)), colour, 1, colour)


def _key(number: int, name: str, colour: str) -> Iterator[Shape]:
    x = _LEFT + 60 + number * 200
    yield Line(((x, 62), (x + 40, 62)), colour, 5)
    yield Words((x + 50, 62), name, 19, anchor="lm")

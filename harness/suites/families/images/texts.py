"""What is printed: the cells of a table, lines of text in small letters."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from harness.drawings import SIDE, Line, Shape, Words
from harness.fieldtypes import Between
from harness.suites.families.images.base import FAINT, INK, Pictured, Question, Range, bounds

_ROWS = (
    *(
        "Ash",
        "Birch",
        "Cedar",
        "Elder",
        "Fir",
        "Hazel",
        "Juniper",
        "Larch",
        "Maple",
        "Oak",
        "Poplar",
        "Rowan",
    ),
    *("Spruce", "Willow"),
)
_COLUMNS = ("Stock", "Sales", "Export", "Share", "Growth", "Price", "Weight")
_FIRST = ("copper", "silver", "velvet", "hollow", "narrow", "golden", "silent", "frozen", "crooked", "amber")
_SECOND = (
    "lantern",
    "harbor",
    "ladder",
    "anchor",
    "kettle",
    "window",
    "mirror",
    "saddle",
    "feather",
    "basket",
)
_MARKS = (
    "Alpha",
    "Bravo",
    "Delta",
    "Foxtrot",
    "Hotel",
    "Kilo",
    "Lima",
    "Oscar",
    "Quebec",
    "Sierra",
    "Tango",
    "Zulu",
)


@dataclass(frozen=True)
class TableCell(Pictured):
    """The number in a cell, as it is printed."""

    rows: Range
    columns: Range

    def __post_init__(self) -> None:
        bounds("rows", self.rows, 3, len(_ROWS))
        bounds("columns", self.columns, 2, 5)

    def question(self, rng: random.Random) -> Question:
        """One table; each column has numbers of one kind."""
        names = rng.sample(_ROWS, rng.randint(*bounds("rows", self.rows, 3, len(_ROWS))))
        heads = rng.sample(_COLUMNS, rng.randint(*bounds("columns", self.columns, 2, 5)))
        kinds = [rng.choice(_KINDS) for _ in heads]
        cells = [_different(kinds, rng) for _ in names]
        row, column = rng.randrange(len(names)), rng.randrange(len(heads))
        beside = cells[row][column - 1 if column else column + 1]
        above = cells[row - 1 if row else row + 1][column]
        shapes = [*_table(names, heads, cells)]
        answer = cells[row][column]
        values = {"row": names[row], "column": heads[column]}
        return Question(shapes, values, answer, [beside, above, _swapped(answer)])


def _thousands(rng: random.Random) -> str:
    return f"{rng.randint(10_000, 999_999):,}"


def _percent(rng: random.Random) -> str:
    return f"{rng.randint(11, 98)} %"


def _decimal(rng: random.Random) -> str:
    return f"{rng.randint(1_001, 9_998) / 100:.2f}"


_KINDS: Sequence[Callable[[random.Random], str]] = (_thousands, _thousands, _percent, _decimal)


def _different(kinds: Sequence[Callable[[random.Random], str]], rng: random.Random) -> list[str]:
    """A row of numbers, none of which is there twice."""
    while True:
        row = [kind(rng) for kind in kinds]
        if len(set(row)) == len(row):
            return row


def _swapped(number: str) -> str:
    """The number with two of its digits in each other's place, or one more where they are all the same."""
    digits = [place for place, char in enumerate(number) if char.isdigit()]
    for one, other in itertools.pairwise(digits):
        if number[one] != number[other] and not (one == 0 and number[other] == "0"):
            text = [*number]
            text[one], text[other] = text[other], text[one]
            return "".join(text)
    return number.replace(number[digits[-1]], str((int(number[digits[-1]]) + 1) % 10))


def _table(names: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[Shape]:
    left, top, width = 40.0, 60.0, (SIDE - 80) / (len(heads) + 1)
    height = min(60.0, (SIDE - 2 * top) / (len(names) + 1))
    for row in range(len(names) + 2):
        y = top + row * height
        yield Line(((left, y), (SIDE - left, y)), INK if row < 2 else FAINT, 2)
    for place, (name, numbers) in enumerate(zip(("", *names), (heads, *cells), strict=True)):
        y = round(top + (place + 0.5) * height, 2)
        yield Words((left + 8, y), name, 21, anchor="lm")
        for column, text in enumerate(numbers, 2):
            yield Words((round(left + column * width - 8, 2), y), text, 21, anchor="rm")


@dataclass(frozen=True)
class PrintedText(Pictured):
    """What stands behind a word; letters have a ``height`` in pixels of a picture of the usual size."""

    lines: Range
    height: Annotated[float, Between(8, 40)] = 20.0
    tilted: bool = False

    def __post_init__(self) -> None:
        bounds("lines", self.lines, 3, len(_MARKS))

    def question(self, rng: random.Random) -> Question:
        """One page; the texts are two words and a number."""
        count = rng.randint(*bounds("lines", self.lines, 3, len(_MARKS)))
        marks = rng.sample(_MARKS, count)
        texts = [
            f"{first} {second} {rng.randint(1021, 9879)}"
            for first, second in zip(rng.sample(_FIRST, min(count, 10)) + rng.sample(_FIRST, max(0, count - 10)),
                                     [rng.choice(_SECOND) for _ in range(count)], strict=True)
        ]  # fmt: skip
        room = (SIDE - 80) / count
        shapes = [
            Words(
                (round(SIDE / 2 + rng.uniform(-120, 120), 2), round(40 + (place + 0.5) * room, 2)),
                f"{mark}: {text}",
                self.height,
                angle=round(rng.uniform(-4, 4), 1) if self.tilted else 0.0,
            )
            for place, (mark, text) in enumerate(zip(marks, texts, strict=True))
        ]
        asked = rng.randrange(count)
        wrong = [text for place, text in enumerate(texts) if abs(place - asked) == 1]
        wrong.append(_swapped(texts[asked]))
        return Question(shapes, {"mark": marks[asked]}, texts[asked], wrong, {"labels": texts})

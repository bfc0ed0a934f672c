"""What the families of pictures share: a question about shapes becomes a task with a picture, or with a control."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from harness.drawings import SIDE, Drawing, Shape
from harness.fieldtypes import Between
from harness.suites.families.base import Drawn, Value

COLOURS = {
    "red": "#c62828", "blue": "#1e55b3", "green": "#2e7d32", "orange": "#e67700", "purple": "#7b1fa2",
    "brown": "#6d4c41",
}  # fmt: skip
INK, FAINT = "#202020", "#c8c8c8"
Range = tuple[Annotated[int, Between(1, 40)], ...]  # fewest and most


@dataclass(frozen=True, slots=True)
class Question:
    """A picture, and what can be asked about it."""

    shapes: Sequence[Shape]
    vars: Mapping[str, Value]  # for the places of the prompt
    answer: str
    wrong: Sequence[str]
    grader: Mapping[str, Any] = field(default_factory=dict)
    mirrored: bool = False


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """Options of every family: how large a picture is, and whether it is shown.

    A picture that is ``blank``, or ``nothing`` in its place, is a control: who answers right has guessed.
    """

    pixels: Annotated[int, Between(64, 2048)] = SIDE
    shown: Literal["drawing", "blank", "nothing"] = "drawing"

    @abstractmethod
    def question(self, rng: random.Random) -> Question:
        """One picture with its question."""

    def next(self, rng: random.Random) -> Drawn:
        """The question with its picture, or with what is shown instead."""
        asked = self.question(rng)
        drawing = Drawing(tuple(asked.shapes), self.pixels, mirrored=asked.mirrored)
        shown = {"drawing": [drawing], "blank": [Drawing((), self.pixels)], "nothing": []}[self.shown]
        return Drawn(
            vars={**asked.vars, "picture": drawing.sha256},  # which makes each task another one
            reference=asked.answer,
            wrong=[wrong for wrong in dict.fromkeys(asked.wrong) if wrong != asked.answer],
            grader=asked.grader,
            task={"drawings": shown},
        )


def bounds(name: str, given: Range, low: int, high: int) -> tuple[int, int]:
    """A range of an option as fewest and most. Raises ``ValueError`` where it is none, or too wide to be drawn."""
    if len(given) != 2 or not low <= given[0] <= given[1] <= high:
        raise ValueError(f"{name}: must be the fewest and the most, from {low} to {high}")
    return given[0], given[1]


def near(count: int, least: int) -> list[str]:
    """Counts that are one or two off."""
    return [str(count + off) for off in (-1, 1, 2) if count + off >= least]

"""What a family of tasks is, and what it makes of one draw."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from harness.documents import Document

Value = int | float | str | Document


@dataclass(frozen=True, slots=True)
class Drawn:
    """One task of a family, as far as its file does not say it already."""

    vars: Mapping[str, Value]  # for the places of the prompt; no two tasks of a family have the same
    reference: str
    wrong: Sequence[str]  # answers that must fail
    grader: Mapping[str, Any] = field(default_factory=dict)  # options, over those that the file gives
    task: Mapping[str, Any] = field(default_factory=dict)  # other keys of the task, over those of the file


class Family(Protocol):
    """A frozen dataclass whose fields are the options of a ``generator``.

    Both making one and drawing raise ``ValueError("OPTION: what is wrong with it")``, which users see with
    file and line.
    """

    def next(self, rng: random.Random) -> Drawn | None:
        """One task, the same for the same state of ``rng``; ``None`` if this draw is not suitable."""
        ...

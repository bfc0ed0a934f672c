"""What a model looks like: it keeps its colour and marker in all charts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.reporting.charts.canvas import FAINT, SHAPES
from harness.reporting.text import plain

# Mid-tones with at least 3:1 against white and against near-black; each has its own marker as well.
PALETTE = ("#2f81c7", "#d9730d", "#2b9a66", "#9062d6", "#d6455d", "#0f95a3", "#a0851a", "#c2559d")
MOST = 16  # models in a chart with a line for each; beyond, nobody can tell them apart
_MARKERS = ("round", *SHAPES)
_LONGEST = 26  # letters of a name


@dataclass(frozen=True, slots=True)
class Style:
    """Colours, markers and short names of the models, in the order given."""

    models: tuple[str, ...]

    def color(self, model: str) -> str:
        """The model's colour; with more models than colours they come round again."""
        return PALETTE[self.models.index(model) % len(PALETTE)] if model in self.models else FAINT

    def marker(self, model: str) -> str:
        """The model's marker, which differs where colours come round again."""
        index = self.models.index(model) if model in self.models else 0
        return _MARKERS[(index + index // len(PALETTE)) % len(_MARKERS)]

    def name(self, model: str) -> str:
        """The last part of the name where that says enough, in at most 26 characters."""
        last = model.rpartition("/")[2]
        alone = sum(other.rpartition("/")[2] == last for other in self.models) <= 1
        name = plain(last if alone and last else model)
        return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"

    def first(self, models: Sequence[str]) -> list[str]:
        """Those of ``models`` that a chart has room for, in the order of all charts."""
        ordered = [model for model in self.models if model in models]
        return [*ordered, *(model for model in models if model not in self.models)][:MOST]

"""Requests of a given size that are put so many at once, to see how fast they are answered."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Annotated

from harness.fieldtypes import Between
from harness.suites.families.base import Drawn
from harness.suites.families.chronicle import MEAN, Chronicle

_CHARACTERS = 3.6  # a token of these texts
_GOES_ON = "On the next morning the carrier came back from the pass, and everybody wanted to know what he had seen there."


@dataclass(frozen=True, slots=True)
class Load:
    """A prompt of about so many tokens, no two alike from their first words on, and the longest answer."""

    prompt: Annotated[int, Between(16, 1_000_000)]
    answer: Annotated[int, Between(1, 100_000)]
    concurrency: Annotated[int, Between(1, 1024)]

    def next(self, rng: random.Random) -> Drawn:
        """A text that goes on and on."""
        sentences = max(1, round(self.prompt * _CHARACTERS / MEAN))
        task = {
            "category": f"{self.answer} tokens",
            "context_tier": f"{self.prompt:,} tokens",
            "max_tokens": self.answer,
            "concurrency": self.concurrency,
        }
        return Drawn(
            {"document": Chronicle(f"{rng.getrandbits(64):x}", sentences)}, _GOES_ON, ["No."], task=task
        )

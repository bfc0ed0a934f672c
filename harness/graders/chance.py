"""What the baseline ``random`` writes where an answer is free: words of the prompt, in a usual form.

A guess may know how an answer looks, never what it says: else "no better than guessing" would be said of
models that know something.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from harness.records import Task


def prompt_words(task: Task) -> Sequence[str]:
    """The words of what is asked, in order; there is at least one."""
    return task.asked[-1].content.split() or ["yes"]


def redrawn(value: Any, words: Sequence[str], rng: random.Random) -> Any:
    """A value of the same form, as JSON has it, with other scalars: its texts are ``words``."""
    if isinstance(value, dict):
        return {key: redrawn(inner, words, rng) for key, inner in value.items()}
    if isinstance(value, list):
        return [redrawn(inner, words, rng) for inner in value]
    if isinstance(value, bool):
        return rng.random() < 0.5
    if isinstance(value, int | float):
        return rng.randint(0, 100)
    return rng.choice(words) if isinstance(value, str) else value

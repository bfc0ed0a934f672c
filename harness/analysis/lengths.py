"""How a model's quality keeps up as its prompts grow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

_SIZE = re.compile(r"(\d{1,9})([km]?)")
_THOUSANDS = {"": 1, "k": 1_000, "m": 1_000_000}
_WORDS = {"short": 0, "medium": 2_000, "long": 32_000, "very long": 128_000}  # the least of each, in tokens
KEPT = 0.85  # of its own quality on short texts: what counts as keeping up (NoLiMa, 2025)


@dataclass(frozen=True, slots=True)
class LengthFacts:
    """A model on the tasks of a type that are of one size: of ``n`` answers, the mean quality from 0 to 1.

    ``half`` is half of its 95 % interval, ``too_long`` counts tasks that did not fit into the model's window.
    """

    task_type: str
    model: str
    tier: str
    size: int  # tokens, as the tier is named
    baseline: bool
    n: int
    too_long: int
    prompt_tokens: float | None  # on average, as they were counted
    quality: float | None
    half: float | None

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return max(0.0, (self.quality or 0.0) - (self.half or 0.0))

    @property
    def high(self) -> float:
        """The upper end."""
        return min(1.0, (self.quality or 0.0) + (self.half or 0.0))


@dataclass(frozen=True, slots=True)
class Effective:
    """A model's effective length: the longest size up to which it keeps ``KEPT`` of its own quality.

    ``tier`` is ``None`` where it does no better than guessing at the shortest size already. ``bounded`` says
    that nothing longer was answered, so it may reach further.
    """

    task_type: str
    model: str
    lengths: tuple[LengthFacts, ...]
    tier: str | None
    bounded: bool


def tier_order(tier: str) -> tuple[float, str]:
    """Short context tiers first; those whose name says nothing of their size last."""
    if size := _SIZE.fullmatch(tier):
        return int(size[1]) * _THOUSANDS[size[2]], tier
    return _WORDS.get(tier, float("inf")), tier


def effective_lengths(facts: Sequence[LengthFacts]) -> tuple[Effective, ...]:
    """One a model and task type of more than one size, in the order of ``facts``."""
    groups: dict[tuple[str, str], list[LengthFacts]] = {}
    for one in sorted(facts, key=lambda one: one.size):
        groups.setdefault((one.task_type, one.model), []).append(one)
    sizes = {kind: len({one.size for one in facts if one.task_type == kind}) for kind, _ in groups}
    order = dict.fromkeys((one.task_type, one.model) for one in facts)
    return tuple(
        _effective(groups[key], _chance(facts, key[0]))
        for key in order
        if sizes[key[0]] > 1 and not groups[key][0].baseline
    )


def _effective(lengths: Sequence[LengthFacts], chance: float) -> Effective:
    answered = [one for one in lengths if one.quality is not None]
    kept: list[LengthFacts] = []
    if answered and (answered[0].quality or 0.0) > chance:
        least = KEPT * (answered[0].quality or 0.0)
        kept = list(takewhile(lambda one: (one.quality or 0.0) >= least - 1e-9, answered))
    tier = kept[-1].tier if kept else None
    first = lengths[0]
    return Effective(first.task_type, first.model, tuple(lengths), tier, kept == answered)


def _chance(facts: Iterable[LengthFacts], task_type: str) -> float:
    """What guessing brings on the shortest texts."""
    guesses = [one for one in facts if one.task_type == task_type and one.model in ("random", "nop")]
    shortest = min((one.size for one in guesses), default=0)
    return max((one.quality or 0.0 for one in guesses if one.size == shortest), default=0.0)

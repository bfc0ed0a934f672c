"""The classes of speed: seconds of a median answer, on the machine where they were measured."""

from __future__ import annotations

from collections.abc import Sequence

from harness.rules.ruleset import WITHIN_S, Candidate, SpeedClass

SPEEDS: tuple[SpeedClass, ...] = ("ultra_fast", "fast", "balanced", "quality")
_UNHURRIED_S = 10.0  # up to here an answer is balanced, beyond it only quality can be the reason to wait


def speed_class(seconds: float | None) -> SpeedClass | None:
    """The class of a median answer; ``None`` where it is not known."""
    if seconds is None:
        return None
    if seconds <= WITHIN_S["ultra_fast"]:
        return "ultra_fast"
    if seconds <= WITHIN_S["fast"]:
        return "fast"
    return "balanced" if seconds <= _UNHURRIED_S else "quality"


def by_speed(candidates: Sequence[Candidate], primary: str) -> dict[str, str]:
    """The choice for each required speed that can be met; ``candidates`` are best first.

    That is the primary where it is fast enough, else the best of those that are.
    """
    chosen: dict[str, str] = {}
    for name, limit in WITHIN_S.items():
        able = [c.model for c in candidates if c.quality and _within(c, limit)]
        if able:
            chosen[name] = primary if primary in able else able[0]
    return chosen


def _within(candidate: Candidate, limit: float) -> bool:
    return candidate.latency_p50_s is not None and candidate.latency_p50_s <= limit

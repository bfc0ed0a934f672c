"""The classes of speed: seconds of a median answer, on the machine where they were measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.records import Candidate, SpeedClass

SPEEDS: tuple[SpeedClass, ...] = ("ultra_fast", "fast", "balanced", "quality")
WITHIN_S: Mapping[str, float] = {"ultra_fast": 0.5, "fast": 2.0}  # what a wish for speed demands
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


def by_speed(candidates: Sequence[Candidate]) -> dict[str, str]:
    """The choice for each wish for speed that any of the candidates, best first, can meet.

    ``ultra_fast`` is the fastest of that class, ``fast`` the best that is fast enough, ``quality`` the best.
    """
    able = [c for c in candidates if c.quality]
    within = {
        name: [c for c in able if c.latency_p50_s is not None and c.latency_p50_s <= limit]
        for name, limit in WITHIN_S.items()
    }
    chosen: dict[str, str] = {}
    if within["ultra_fast"]:
        chosen["ultra_fast"] = min(within["ultra_fast"], key=lambda c: c.latency_p50_s or 0.0).model
    if within["fast"]:
        chosen["fast"] = within["fast"][0].model
    if able:
        chosen["quality"] = able[0].model
    return chosen

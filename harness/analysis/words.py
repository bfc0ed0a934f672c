"""Numbers put the way a person would say them."""

from __future__ import annotations

import math

from harness.analysis.board import Standing


def share(value: float) -> str:
    """A fraction as whole percent; only a true 0 or 1 reads ``0 %`` or ``100 %``."""
    percent = round(100 * value)
    if percent == 100 and value < 1:
        return ">99 %"
    if percent == 0 and value > 0:
        return "<1 %"
    return f"{percent} %"


def interval(low: float, high: float) -> str:
    """``74–97 %``, with a digit more near the ends."""

    def end(value: float) -> str:
        percent = 100 * value
        near_end = 0.05 <= percent < 0.95 or 99.05 <= percent < 99.95
        return f"{percent:.1f}" if near_end else f"{percent:.0f}"

    return f"{end(low)}–{end(high)} %"


def points(value: float) -> str:
    """A difference of shares: ``5 points``, ``1 point``, ``0.4 points``."""
    size = abs(100 * value)
    number = f"{size:.0f}" if size >= 1 else f"{size:.1f}"
    return f"{number} {'point' if number == '1' else 'points'}"


def times(ratio: float, more: str, less: str) -> str | None:
    """``2.5× faster`` for ratios above 1, ``2× slower`` below; ``None`` when hardly different."""
    size = ratio if ratio >= 1 else 1 / ratio
    if not math.isfinite(size) or size < 1.15:
        return None
    number = f"{size:.1f}" if size < 2.95 else f"{size:,.0f}"
    return f"{number.removesuffix('.0')}× {more if ratio >= 1 else less}"


def compared(other: Standing, pick: Standing) -> str:
    """``other`` as seen from ``pick``: ``5 points worse, 10× cheaper``."""
    parts: list[str | None] = []
    if other.quality is not None and pick.quality is not None:
        gap = other.quality - pick.quality
        even = abs(gap) < 0.0005
        parts.append("as good" if even else f"{points(gap)} {'better' if gap > 0 else 'worse'}")
    parts.append(_ratio(pick.cost_per_solved, other.cost_per_solved, "cheaper", "dearer"))
    parts.append(_ratio(pick.seconds_per_solved, other.seconds_per_solved, "faster", "slower"))
    return ", ".join(filter(None, parts))


def _ratio(mine: float | None, theirs: float | None, more: str, less: str) -> str | None:
    """Cost or time a solved task, as a factor, where both are known and neither is nothing."""
    return times(mine / theirs, more, less) if mine and theirs else None

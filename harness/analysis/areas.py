"""Published figures of routers: areas under curves of quality against cost, or against calls.

AIQ is RouterBench's (Hu et al. 2024), APGR is RouteLLM's (Ong et al. 2024).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]  # cost or share of calls, quality


def aiq(points: Sequence[Point]) -> float | None:
    """Average quality over the range of costs, on the non-decreasing upper hull of ``points``.

    ``None`` when all cost the same.
    """
    ordered = sorted(points, key=lambda p: (p[0], -p[1]))
    low, high = ordered[0][0], ordered[-1][0]
    if high <= low:
        return None
    best = max(quality for _, quality in ordered)
    hull: list[Point] = []
    for point in [*ordered, (high, best)]:
        while len(hull) > 1 and _turns_up(hull[-2], hull[-1], point):
            hull.pop()
        if not hull or point[1] >= hull[-1][1]:
            hull.append(point)
    return area(hull) / (high - low)


def _turns_up(a: Point, b: Point, c: Point) -> bool:
    return (b[1] - a[1]) * (c[0] - a[0]) <= (c[1] - a[1]) * (b[0] - a[0])


def apgr(curve: Sequence[Point]) -> float:
    """Average share of the gap between weak and strong that is recovered. 0.5 is a random router.

    ``curve`` is quality by the share of calls to the strong model, from 0 to 1.
    """
    return area(_recovered(curve))


def area(curve: Sequence[Point]) -> float:
    """The area under a curve of straight lines."""
    return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(curve))


def _recovered(curve: Sequence[Point]) -> list[Point]:
    weak, strong = curve[0][1], curve[-1][1]
    return [(share, (quality - weak) / (strong - weak)) for share, quality in curve]

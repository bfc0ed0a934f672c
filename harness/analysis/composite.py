"""One number out of quality, speed and cost, on anchors that do not depend on who takes part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from harness.analysis.board import Standing
from harness.analysis.extras import Composite

WEIGHTS: Mapping[str, float] = {"quality": 0.6, "speed": 0.2, "cost": 0.2}
# The worst and the best value, on a log scale: tokens a second, USD per 1,000 tasks.
ANCHORS: Mapping[str, tuple[float, float]] = {"speed": (10, 400), "cost": (20, 0.05)}

Point = tuple[float, float]
Values = tuple[float, float, float]  # quality, speed, cost


def anchored(what: str, value: float | None) -> float | None:
    """Where a speed or a cost lies between its ``ANCHORS``: 0 at the worst, 1 at the best or beyond.

    ``None`` is unknown and stays so.
    """
    if value is None:
        return None
    worst, best = ANCHORS[what]
    place = math.log(value / worst) / math.log(best / worst) if value > 0 else float(best < worst)
    return min(1.0, max(0.0, place))


def additive(values: Values, weights: Sequence[float]) -> float:
    """The weighted mean."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def geometric(values: Values, weights: Sequence[float]) -> float:
    """The weighted geometric mean: a zero anywhere cannot be made up for."""
    return float(math.prod(value**weight for weight, value in zip(weights, values, strict=True)))


def leading_shares(values: Sequence[Values]) -> list[float]:
    """For each model the share of all weightings (none below 0, sum 1) under which it leads, exactly.

    Weightings are points of a triangle; where a model leads is what is left of the triangle when each rival
    has cut off its side. Equal models share.
    """
    shares = []
    for own in values:
        area: list[Point] = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]  # weights of quality and speed
        for other in values:
            quality, speed, cost = (mine - theirs for mine, theirs in zip(own, other, strict=True))
            area = _cut(area, (quality - cost, speed - cost, cost))
        shares.append(2 * _area(area) / values.count(own))
    return shares


def _cut(polygon: Sequence[Point], line: Values) -> list[Point]:
    """The part of a convex polygon where ``line[0] * x + line[1] * y + line[2]`` is not negative."""
    kept: list[Point] = []
    heights = [line[0] * x + line[1] * y + line[2] for x, y in polygon]
    for i, (point, height) in enumerate(zip(polygon, heights, strict=True)):
        before, height_before = polygon[i - 1], heights[i - 1]
        if (height < 0) != (height_before < 0):
            part = height_before / (height_before - height)
            crossing = tuple(b + part * (p - b) for b, p in zip(before, point, strict=True))
            kept.append((crossing[0], crossing[1]))
        if height >= 0:
            kept.append(point)
    return kept


def _area(polygon: Sequence[Point]) -> float:
    pairs = zip(polygon, [*polygon[1:], *polygon[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def composites(standings: Sequence[Standing]) -> tuple[Composite, ...]:
    """Of the models whose quality, speed and cost are all known, in the order given."""
    values_of: dict[str, Values] = {}
    for s in standings:
        speed = anchored("speed", s.decode_tps)
        cost = anchored("cost", None if s.cost_per_task is None else 1000 * s.cost_per_task)
        if s.quality is not None and speed is not None and cost is not None:
            values_of[s.model] = s.quality, speed, cost
    weights = tuple(WEIGHTS.values())
    return tuple(
        Composite(model, *values, additive(values, weights), geometric(values, weights), share)
        for (model, values), share in zip(
            values_of.items(), leading_shares(list(values_of.values())), strict=True
        )
    )

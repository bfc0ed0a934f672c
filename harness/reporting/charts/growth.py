"""Pictures of how models keep up: as texts grow longer, and as more is asked at once."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.lengths import Effective
from harness.analysis.loads import LoadFacts
from harness.reporting.charts.canvas import Canvas
from harness.reporting.charts.curves import Axis, Spot, curves
from harness.reporting.charts.style import Style
from harness.reporting.numbers import exact, percent, rate, seconds


def over_length(of_type: Sequence[Effective], style: Style) -> Canvas:
    """Quality over the size of the text; a model's line ends where its window does."""
    tiers = {one.size: one.tier for each in of_type for one in each.lengths}
    lines = [
        (
            each.model,
            [
                Spot(one.size, one.quality, one.low, one.high)
                for one in each.lengths
                if one.quality is not None
            ],
        )
        for each in of_type
        if any(one.quality is not None for one in each.lengths)
    ]
    sizes = sorted(tiers)
    across = Axis(
        "length of the text, tokens (log)",
        sizes[0] / 1.4,
        sizes[-1] * 1.4,
        True,
        lambda size: tiers[round(size)],
        sizes,
    )
    return curves(lines, across, Axis("quality", -0.03, 1.03, False, percent), style)


def under_load(of_size: Sequence[LoadFacts], style: Style) -> Canvas:
    """Median seconds of a whole answer over the tokens a second of all together; a point for each load."""
    spots: dict[str, list[Spot]] = {}
    for one in of_size:
        if one.tokens_per_s and one.whole_p50_s:
            spot = Spot(one.tokens_per_s, one.whole_p50_s, one.whole_p50_s, one.whole_p50_s, str(one.at_once))
            spots.setdefault(one.model, []).append(spot)
    every = [spot for of in spots.values() for spot in of]
    across, up = [spot.x for spot in every], [spot.y for spot in every]
    tokens = Axis("tokens a second, all together (log)", min(across) / 1.5, 2 * max(across), True, _rate)
    time = Axis("median seconds an answer (log)", min(up) / 1.6, 1.6 * max(up), True, _seconds)
    return curves(list(spots.items()), tokens, time, style)


def _rate(value: float) -> str:
    return exact(rate(value))


def _seconds(value: float) -> str:
    return exact(seconds(value))

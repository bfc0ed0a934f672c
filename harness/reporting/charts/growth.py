"""Pictures of how models keep up: as texts grow longer."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.lengths import Effective
from harness.reporting.charts.canvas import Canvas
from harness.reporting.charts.curves import Axis, Spot, curves
from harness.reporting.charts.style import Style
from harness.reporting.numbers import percent


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

from __future__ import annotations

import pytest

from harness.reporting.charts.scales import Scale


def test_ends_lie_at_the_ends_and_equal_factors_are_equally_far_apart() -> None:
    scale = Scale(0.1, 10, 100, 300, log=True)
    assert [scale(v) for v in (0.1, 1, 10)] == pytest.approx([100, 200, 300])
    assert Scale(0, 1, 10, 20)(0.25) == pytest.approx(12.5)


@pytest.mark.parametrize(
    ("scale", "room", "ticks"),
    [
        (Scale(0, 1, 0, 100), 20, [0, 0.25, 0.5, 0.75, 1]),
        (Scale(0, 1, 0, 100), 40, [0, 0.5, 1]),
        (Scale(0.912, 0.97, 0, 100), 20, [0.92, 0.94, 0.96]),
        (Scale(0.02, 3, 0, 300, log=True), 40, [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]),
        (Scale(0.02, 3, 0, 300, log=True), 60, [0.03, 0.1, 0.3, 1, 3]),
        (Scale(1e-6, 1e3, 0, 300, log=True), 100, [1e-6, 1e-2, 100]),
    ],
)
def test_ticks_are_round_and_leave_room(scale: Scale, room: float, ticks: list[float]) -> None:
    assert scale.ticks(room) == pytest.approx(ticks)

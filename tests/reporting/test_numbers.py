from __future__ import annotations

import pytest

from harness.analysis.words import interval, points, share, times
from harness.reporting.numbers import dollars, gap, percent, rate, seconds


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (0.0, "$0"), (8.7e-9, "<$0.000001"), (0.0000031, "$0.0000031"), (0.0042, "$0.0042"),
     (0.42, "$0.42"), (1.5, "$1.50"), (1234.5, "$1,234")],
)  # fmt: skip
def test_dollars(value: float | None, text: str) -> None:
    assert dollars(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (0.0081, "8.1 ms"), (0.047, "47 ms"), (0.42, "0.42 s"), (3.14, "3.1 s"), (1234, "1,234 s")],
)
def test_seconds(value: float | None, text: str) -> None:
    assert seconds(value) == text


def test_shares_never_round_to_certainty() -> None:
    assert [percent(v) for v in (None, 0, 0.001, 0.5, 0.999, 1)] == [
        "—",
        "0 %",
        "<1 %",
        "50 %",
        ">99 %",
        "100 %",
    ]
    assert share(0.125) == "12 %"
    assert interval(0, 0.004) == "0–0.4 %"
    assert interval(0.74, 0.9957) == "74–99.6 %"


def test_rates_and_gaps() -> None:
    assert [rate(v) for v in (None, 3.14, 1234.5)] == ["—", "3.1", "1,234"]
    assert [gap(v) for v in (None, 0.042, 0.28)] == ["—", "4.2", "28"]


def test_words() -> None:
    assert points(0.01) == "1 point"
    assert points(-0.052) == "5 points"
    assert points(0.004) == "0.4 points"
    assert times(10, "cheaper", "dearer") == "10× cheaper"
    assert times(1 / 2.5, "faster", "slower") == "2.5× slower"
    assert times(1.1, "faster", "slower") is None

from __future__ import annotations

import pytest

from harness.reporting.numbers import (
    dollars,
    exact,
    gap,
    percent,
    percent_range,
    points,
    rate,
    rough,
    seconds,
    times,
)
from harness.words import counted, listed


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
    assert percent(0.125) == "12 %"
    assert percent_range(0, 0.004) == "0–0.4 %"
    assert percent_range(0.74, 0.9957) == "74–99.6 %"


def test_rates_and_gaps() -> None:
    assert [rate(v) for v in (None, 3.14, 1234.5)] == ["—", "3.1", "1,234"]
    assert [gap(v) for v in (None, 0.042, 0.28)] == ["—", "4.2", "28"]


def test_words() -> None:
    assert points(0.01) == "1 point"
    assert points(-0.052) == "5 points"
    assert points(0.004) == "0.4 points"
    assert times(10, "cheaper", "more expensive") == "10× cheaper"
    assert times(1 / 2.5, "faster", "slower") == "2.5× slower"
    assert times(1.1, "faster", "slower") is None


def test_a_round_number_needs_no_zeros() -> None:
    assert [exact(text) for text in ("$0.0000020", "2.0 s", "0.50 s", "$10", "$1.05", "100 ms", "$0.10")] == [
        "$0.000002", "2 s", "0.5 s", "$10", "$1.05", "100 ms", "$0.10",
    ]  # fmt: skip


def test_counts_agree_with_their_nouns_and_drop_what_tells_nothing() -> None:
    assert [counted(1, "suite"), counted(0, "suite"), counted(1200, "task")] == [
        "1 suite",
        "0 suites",
        "1,200 tasks",
    ]
    assert [rough(n) for n in (999, 523_168, 1_250_000, 9_960_000, 103_848_500)] == [
        "999", "523,168", "1.2 million", "10 million", "104 million",
    ]  # fmt: skip


def test_lists_name_a_few_and_count_the_others() -> None:
    assert [listed("abcde"[:n], 3) for n in range(6)] == [
        "", "a", "a and b", "a, b and c", "a, b and 2 others", "a, b and 3 others",
    ]  # fmt: skip
    assert listed("abcd") == "a, b, c and d"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.00004, "<0.1 points"), (0.0093, "0.9 points"), (0.0097, "1 point"), (1, "100 points")],
)
def test_points_agree_with_their_number(value: float, text: str) -> None:
    assert points(value) == points(-value) == text

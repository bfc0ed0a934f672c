"""The tests against their fixtures, and their false alarms in simulation."""

from __future__ import annotations

from math import log
from random import Random

import pytest

from harness.monitor.sequential import FailureTest, Outcome, RateTest, ScoreTest, SlowTest, sprt_bounds


def test_slowness_adds_up_to_an_alarm() -> None:
    test = SlowTest(0.0, 1.0)
    levels = []
    alarms = []
    for z in (0.2, -0.5, 1.5, 2, 1, 1.2, 1.8):
        alarms.append(test.add_score(z))
        levels.append(test.level)
    assert levels == pytest.approx([0, 0, 1, 2.5, 3, 3.7, 5.0])
    assert alarms == [False] * 6 + [True]
    assert test.since == 5


def test_failures_add_up_to_an_alarm() -> None:
    test = FailureTest()
    assert test.alarm == pytest.approx(6.907755)
    alarms, levels = zip(*[(test.add(0), test.level) for _ in range(8)], strict=True)
    assert levels[6:] == pytest.approx((6.414, 7.330), abs=1e-3)
    assert alarms == (False,) * 7 + (True,)
    test = FailureTest()
    crossed = [test.add(float(sign)) for sign in "110010001000"]
    assert crossed.index(True) == 11 and test.level == pytest.approx(6.9657, abs=1e-4)


def test_scores_multiply_to_an_alarm() -> None:
    test = ScoreTest(0.9)
    test.add(0.0)
    assert test.level == pytest.approx(2.5)
    test.add(1.0)
    assert test.level == pytest.approx(2.5 * 0.8333, abs=1e-3)


def test_walds_bounds() -> None:
    assert sprt_bounds(0.01, 0.05) == pytest.approx((4.5539, -2.9857), abs=1e-4)
    assert sprt_bounds(0.05, 0.05) == pytest.approx((2.9444, -2.9444), abs=1e-4)
    assert outcome([False] * 20) == "worse"
    assert outcome([True] * 60) == "as before"
    assert outcome([True]) == "open"
    assert outcome([True, False] * 20) == "worse"


def outcome(passed: list[bool]) -> Outcome:
    """What is certain first."""
    test = RateTest(before=0.9, worse=0.7)
    return next((now for one in passed if (now := test.add(float(one))) != "open"), "open")


def run_length(test: SlowTest, rng: Random, shift: float) -> int:
    for calls in range(1, 20_000):
        if test.add_score(rng.gauss(shift, 1)):
            return calls
    return 20_000


@pytest.mark.parametrize(("shift", "low", "high"), [(0.5, 30, 47), (1.0, 8.5, 12.5), (2.0, 3.4, 4.6)])
def test_run_lengths_are_those_of_the_tables(shift: float, low: float, high: float) -> None:
    rng = Random(1)
    lengths = [run_length(SlowTest(0, 1), rng, shift) for _ in range(200)]
    assert low < sum(lengths) / len(lengths) < high


def test_false_alarms_are_seldom() -> None:
    rng = Random(2)
    lengths = [run_length(SlowTest(0, 1), rng, 0.0) for _ in range(40)]
    assert sum(lengths) / len(lengths) > 500  # 930.8 by the tables
    for _ in range(20):  # scores that are spread in the worst way, and still have the mean
        test = ScoreTest(0.8)
        assert not any(test.add(float(rng.random() < 0.8)) for _ in range(300))


def test_a_reference_of_times_that_are_alike_bears_small_changes() -> None:
    test = SlowTest.of([1.0] * 100)
    assert not any(test.add(1.001) for _ in range(50))
    assert any(test.add(2.0) for _ in range(5))
    with pytest.raises(ValueError, match="100 calls"):
        SlowTest.of([1.0] * 99)
    assert log(1) == test.centre

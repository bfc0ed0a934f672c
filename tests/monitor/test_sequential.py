"""The tests against their fixtures, and their false alarms in simulation."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, exp, log
from random import Random

import numpy as np
import pytest
from scipy.special import ndtr

from harness.monitor.sequential import FailureTest, Outcome, RateTest, ScoreTest, SlowTest, sprt_bounds

GRID = 0.01  # of levels


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


def run_length_of(test: FailureTest | ScoreTest, success: float) -> float:
    """Calls until the alarm, on average, or a little less: a Markov chain of levels that are rounded up."""
    in_logs = isinstance(test, ScoreTest)  # which multiplies
    places, waiting, moves = {0: 0}, [0], list[tuple[int, int, float]]()
    while waiting:
        place = waiting.pop()
        for value, chance in ((1.0, success), (0.0, 1 - success)):
            one = replace(test, level=exp(place * GRID) if in_logs else place * GRID)
            if not one.add(value):
                after = ceil((log(max(one.level, 1.0)) if in_logs else one.level) / GRID - 1e-9)
                if after not in places:
                    places[after] = len(places)
                    waiting.append(after)
                moves.append((places[place], places[after], chance))
    chain = np.zeros((len(places), len(places)))
    for source, target, chance in moves:
        chain[source, target] += chance
    return float(np.linalg.solve(np.eye(len(places)) - chain, np.ones(len(places)))[0])


@pytest.mark.parametrize("series", [1, 5])
def test_false_alarms_of_failures_are_as_seldom_as_is_said(series: int) -> None:
    test = FailureTest(alarm=log(1000 * series))
    assert run_length_of(test, 0.9) > 1000 * series
    assert run_length_of(test, 0.95) > 10_000
    assert run_length_of(test, 0.75) == pytest.approx(
        66 if series == 1 else 87, abs=12
    )  # a change is noticed
    assert run_length_of(test, 0.0) == 8 + (series > 1) * 2


def test_false_alarms_of_scores_are_as_seldom_as_is_said() -> None:
    assert run_length_of(ScoreTest(0.9), 0.9) > 1000
    assert run_length_of(ScoreTest(0.8, alarm=3000.0), 0.8) > 3000
    assert run_length_of(ScoreTest(0.9), 0.5) < 30
    rng = Random(2)
    for spread in (0.0, 0.3, 1.0):  # one score for all, some, and the worst that there is with this mean
        test = ScoreTest(0.8)
        drawn = (0.8 + spread * (1 - 0.8) * (1 if rng.random() < 0.8 else -4) for _ in range(2000))
        assert sum(test.add(score) for score in drawn) <= 2


@pytest.mark.parametrize(("shift", "length"), [(0.0, 930.8), (0.5, 38.0), (1.0, 10.4), (2.0, 4.0)])
def test_run_lengths_of_times_are_those_of_the_tables(shift: float, length: float) -> None:
    """By a fine chain of levels (Brook and Evans 1972), with the slack and the bound of the test itself."""
    test = SlowTest(0.0, 1.0)
    test.add_score(2.0)
    slack, n = 2.0 - test.level, 400
    width = 2 * test.alarm / (2 * n - 1)
    at = np.arange(n) * width
    upper = ndtr(at[None, :] + width / 2 - at[:, None] + slack - shift)
    lower = ndtr(at[None, :] - width / 2 - at[:, None] + slack - shift)
    lower[:, 0] = 0.0
    chain = np.linalg.solve(np.eye(n) - (upper - lower), np.ones(n))
    assert chain[0] == pytest.approx(length, rel=0.005)


def test_a_reference_of_times_that_are_alike_bears_small_changes() -> None:
    test = SlowTest.of([1.0] * 100)
    assert not any(test.add(1.001) for _ in range(50))
    assert any(test.add(2.0) for _ in range(5))
    with pytest.raises(ValueError, match="100 calls"):
        SlowTest.of([1.0] * 99)
    assert log(1) == test.centre

"""The published figures, and what must hold for any numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harness.analysis.ranking import (
    ELO,
    bradley_terry,
    mean_win_rates,
    rank_ranges,
    ratings,
    resampled_rates,
)


def test_mean_win_rate_rewards_skipping() -> None:
    rates = mean_win_rates({"A": (0.9, 0.6, 0.7), "B": (0.8, 0.6, None), "C": (0.5, 0.4, 0.9)})
    assert rates == pytest.approx({"A": 0.5833, "B": 0.6250, "C": 0.3333}, abs=5e-5)


def test_an_irrelevant_loser_flips_the_mean_win_rate() -> None:
    scores = {
        "A": (0.5, 0.3, 0.3, 0.8),
        "B": (0.8, 0.3, 0.2, 0.4),
        "C": (0.4, 0.6, 0.9, 0.2),
        "D": (0.2, 0.4, 0.4, 0.2),
    }
    rates = mean_win_rates(scores)
    assert (rates["C"], rates["A"]) == pytest.approx((0.625, 0.542), abs=5e-4)
    without = mean_win_rates({model: own for model, own in scores.items() if model != "D"})
    assert (without["A"], without["C"]) == pytest.approx((0.5625, 0.5))


def test_rank_ranges_of_intervals() -> None:
    low, high = np.array([0.62, 0.58, 0.40, 0.30]), np.array([0.74, 0.70, 0.56, 0.42])
    assert rank_ranges(low[:, None] > high[None, :]) == [(1, 2), (1, 2), (3, 4), (3, 4)]


def test_bradley_terry_with_ties_as_halves() -> None:
    wins = np.array([[0, 7.5, 6.5], [2.5, 0, 6.5], [3.5, 3.5, 0]])
    strengths = bradley_terry(wins)
    assert strengths == pytest.approx([0.567541, -0.142161, -0.425380], abs=5e-7)
    assert ELO * strengths == pytest.approx([98.592, -24.696, -73.896], abs=5e-4)
    assert 1 / (1 + np.exp(strengths[1] - strengths[0])) == pytest.approx(0.6703, abs=5e-5)
    assert bradley_terry(np.stack([wins, wins.T]))[1] == pytest.approx(-strengths)


@settings(max_examples=50, deadline=None)
@given(arrays(np.float64, (6, 12), elements=st.sampled_from([0.0, 0.5, 1.0])))
def test_on_the_same_tasks_strength_has_the_order_of_wins(rates: np.ndarray) -> None:
    strengths, means = ratings(rates.mean(axis=1), 12), rates.mean(axis=1)
    for i in range(6):
        for j in range(6):
            assert (strengths[i] > strengths[j] + 1e-6) == (means[i] > means[j] + 1e-9)


def test_resampling_spreads_as_sampling_does() -> None:
    """Twins stay level; a lead of one task in four stays uncertain on 8 tasks, not on 800."""
    few, many = (np.array([[1, 1, 1, 0] * n, [1, 1, 1, 0] * n, [1, 1, 0, 0] * n]) for n in (2, 200))
    rates = resampled_rates([few])
    assert (rates[:, 0] == rates[:, 1]).all()
    assert rates.mean(axis=0) == pytest.approx([0.75, 0.75, 0.5], abs=0.02)
    assert rates[:, 0].std() == pytest.approx((0.75 * 0.25 / 9) ** 0.5, abs=0.02)
    assert (rates[:, 2] > 0.7).any()
    assert (resampled_rates([many])[:, 2] < 0.6).all()
    assert (resampled_rates([few]) == rates).all()

from __future__ import annotations

import numpy as np
import pytest

from harness.rules.confidence import chances_of_best


def test_equal_models_are_equally_likely_the_best() -> None:
    assert chances_of_best([(30, 10)] * 4) == pytest.approx([0.25] * 4)


def test_the_chances_agree_with_a_simulation() -> None:
    counts = [(80, 20), (76, 24), (60, 40), (3, 1)]
    rng = np.random.default_rng(7)
    draws = np.stack([rng.beta(p + 1, f + 1, 200_000) for p, f in counts])
    simulated = np.bincount(draws.argmax(axis=0), minlength=4) / draws.shape[1]
    assert chances_of_best(counts) == pytest.approx(simulated, abs=0.004)


@pytest.mark.parametrize("counts", [[(0, 5000), (5000, 0)], [(0, 0), (10_000, 1)], [(4000.5, 1), (4000, 1)]])
def test_extreme_counts_stay_numbers(counts: list[tuple[float, float]]) -> None:
    chances = chances_of_best(counts)
    assert sum(chances) == pytest.approx(1)
    assert chances[1] > 0.4


def test_alone_or_nobody() -> None:
    assert chances_of_best([(0, 3)]) == [1.0]
    assert chances_of_best([]) == []

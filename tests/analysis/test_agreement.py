"""Figures of judges: the values of the reference, and what must hold of any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.analysis.agreement import agreement, kappa, place_bias, prediction_powered, rogan_gladen
from harness.analysis.preferences import Preference, chance, length_controlled, win_matrix
from harness.analysis.ranking import ELO, bradley_terry

THREE = [[30, 3, 2], [4, 20, 6], [1, 4, 30]]


@pytest.mark.parametrize(
    ("table", "quadratic", "value"),
    [
        ([[20, 5], [10, 15]], False, 0.4),
        (THREE, False, 0.6986),
        ([[90, 5], [4, 1]], False, 0.135),
        ([[8, 2, 0], [1, 6, 3], [0, 2, 8]], True, 0.8),
        ([[5, 0], [0, 0]], False, 0.0),
        ([[5, 0], [0, 5]], False, 1.0),
    ],
)
def test_kappa(table: list[list[int]], quadratic: bool, value: float) -> None:
    assert kappa(table, quadratic=quadratic).value == pytest.approx(value, abs=5e-4)


def test_agreement_and_its_error() -> None:
    assert (agreement(THREE), agreement([[90, 5], [4, 1]])) == (0.8, 0.91)
    fleiss = kappa([[75, 1, 4], [5, 4, 1], [0, 0, 10]])  # the example of Fleiss (1981)
    assert fleiss.value == pytest.approx(0.676, abs=1e-3)
    assert fleiss.error == pytest.approx(0.088, abs=1e-3)
    drawn = np.random.default_rng(0).multinomial(100, np.ravel(THREE) / 100, 400).reshape(-1, 3, 3)
    spread = np.std([kappa(table.tolist()).value for table in drawn])
    assert spread == pytest.approx(kappa(THREE).error, rel=0.1)


def test_place_and_corrections() -> None:
    assert place_bias(16, 4) == pytest.approx(0.0118, abs=1e-4)
    assert place_bias(0, 0) == 1.0
    assert prediction_powered(0.8, 0.82, 0.7) == pytest.approx(0.68)
    assert rogan_gladen(0.8, 0.9, 0.7) == pytest.approx(0.8333, abs=1e-4)
    assert rogan_gladen(0.99, 0.9, 0.9) == 1.0
    assert rogan_gladen(0.8, 0.5, 0.5) is None


def test_length_control() -> None:
    """A model that is better by θ = .4 and longer in most answers, to a judge that likes length by φ = 1."""
    lengths = ((1, 0.8), (0, 0.1), (-1, 0.1))
    pairs = [Preference("t", "a", "b", chance(0.4, by, 1.0), by * 300.0, weight=w) for by, w in lengths]
    assert sum(pair.score * pair.weight for pair in pairs) == pytest.approx(0.7102, abs=5e-5)
    fitted = length_controlled(pairs, ["a", "b"], spread=300.0, held=1e-9)
    assert fitted.rate("a", "b") == pytest.approx(0.5987, abs=5e-5)
    assert fitted.phi == pytest.approx(1, abs=1e-3)


def test_a_pair_turned_round_is_the_same_pair() -> None:
    pairs = [
        Preference(f"t{at}", "a", "b", score, longer, harder)
        for at, (score, longer, harder) in enumerate([(1, 40, 0), (0, -10, 1), (0.5, 5, -1), (1, 30, 1)])
    ]
    turned = [Preference(one.task, "b", "a", 1 - one.score, -one.longer, one.difficulty) for one in pairs]
    one, other = (length_controlled(given, ["a", "b"]) for given in (pairs, turned))
    assert one.phi == pytest.approx(other.phi, abs=1e-4)
    assert one.rate("a", "b") == pytest.approx(other.rate("a", "b"), abs=1e-4)
    assert one.rate("a", "b") + one.rate("b", "a") == pytest.approx(1)


def test_bradley_terry() -> None:
    wins = np.array([[0, 7.5, 6.5], [2.5, 0, 6.5], [3.5, 3.5, 0]])
    strengths = bradley_terry(wins)
    assert strengths == pytest.approx([0.567541, -0.142161, -0.425380], abs=1e-6)
    assert ELO * strengths == pytest.approx([98.592, -24.696, -73.896], abs=1e-3)
    assert chance(strengths[0] - strengths[1]) == pytest.approx(0.6703, abs=5e-5)


def test_the_unbeaten_have_a_strength_with_ties() -> None:
    few, many = (bradley_terry(np.array([[0.0, n], [0.0, 0.0]]), ties=1.0) for n in (3.0, 30.0))
    assert 0 < few[0] < many[0] < 10


@settings(max_examples=30)
@given(st.integers(2, 6), st.integers(1, 9), st.data())
def test_where_all_met_as_often_wins_give_the_order(count: int, games: int, data: st.DataObject) -> None:
    wins = np.zeros((count, count))
    for i in range(count):
        for j in range(i):
            wins[i, j] = data.draw(st.integers(0, 2 * games)) / 2
            wins[j, i] = games - wins[i, j]
    strengths, totals = bradley_terry(wins, ties=0.5), wins.sum(axis=1)
    for i in range(count):
        for j in range(count):
            if totals[i] > totals[j]:
                assert strengths[i] > strengths[j]
            elif totals[i] == totals[j]:
                assert strengths[i] == pytest.approx(strengths[j], abs=1e-6)


def test_wins_by_task() -> None:
    pairs = [Preference("t", "a", "b", 1.0), Preference("u", "b", "c", 0.5), Preference("t", "a", "c", 0.0)]
    wins = win_matrix(pairs, ["a", "b", "c"])
    assert wins.tolist() == [
        [[0, 1, 0], [0, 0, 0], [1, 0, 0]],
        [[0, 0, 0], [0, 0, 0.5], [0, 0.5, 0]],
    ]

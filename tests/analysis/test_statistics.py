from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from harness.analysis.statistics import (
    average_difference,
    clustered_share,
    detectable_difference,
    exact_detectable_difference,
    exact_tasks_to_detect,
    holm,
    mcnemar,
    paired_difference,
    pass_at_k,
    pass_hat_k,
    student_interval,
    tasks_to_detect,
    wilson,
)


def test_wilson() -> None:
    assert wilson(27, 30) == pytest.approx((0.7438, 0.9654), abs=5e-5)
    assert wilson(30, 30) == pytest.approx((0.8865, 1.0), abs=5e-5)


def test_clustered_error_has_the_factor_for_few_clusters() -> None:
    clusters = [(4, 4, 1), (4, 1, 1), (4, 3, 1), (4, 0, 1), (4, 3, 1)]
    share, error = clustered_share(clusters)
    assert share == 0.55
    assert error == pytest.approx(0.18371, abs=5e-6)
    assert error * (4 / 5) ** 0.5 == pytest.approx(0.16432, abs=5e-6)
    assert clustered_share([(4, 4, 1), (4, 3, 2), (4, 1, 1), (4, 0, 1)]) == pytest.approx((share, error))
    assert student_interval(share, error, 4) == pytest.approx((0.0399, 1.0601), abs=5e-5)


def test_paired_difference_and_exact_mcnemar() -> None:
    differences = [0.0] * 22 + [1.0] * 6 + [-1.0] * 2
    difference = paired_difference(differences)
    assert difference.mean == pytest.approx(0.1333, abs=5e-5)
    assert difference.error == pytest.approx(0.09264, abs=5e-6)
    assert mcnemar(6, 2) == pytest.approx(0.2891, abs=5e-5)


@pytest.mark.parametrize(("wins", "losses"), [(0, 1), (7, 0), (310, 300), (90, 161), (999, 1)])
def test_mcnemar_is_the_exact_binomial_tail_twice(wins: int, losses: int) -> None:
    n, fewer = wins + losses, min(wins, losses)
    tail = Fraction(sum(comb(n, k) for k in range(fewer + 1)), 2**n)
    assert mcnemar(wins, losses) == pytest.approx(float(min(Fraction(1), 2 * tail)), rel=1e-9)


def test_mcnemar_without_any_disagreement_says_nothing() -> None:
    assert mcnemar(0, 0) == 1.0


def test_an_average_over_suites_is_surer_than_each() -> None:
    one = paired_difference([1, 0, 0, 1, 0, -1, 0, 0])
    both = average_difference([one, one])
    assert both.mean == one.mean
    assert both.error == pytest.approx(one.error / 2**0.5)
    assert both.p_value < one.p_value


def test_power() -> None:
    assert tasks_to_detect(0.03, 1 / 9) == 969
    assert tasks_to_detect(0.03, 1 / 9, noise=2 / 6) == 3876
    assert tasks_to_detect(0.03, 1 / 9, noise=2 / 6, repeats=10) == 1260


def test_minimum_detectable_difference() -> None:
    assert detectable_difference(30, 0.3) == pytest.approx(0.28, abs=0.005)
    assert detectable_difference(225, 0.3) == pytest.approx(0.102, abs=0.0005)


def exact_power(n: int, discordance: float, difference: float) -> float:
    """Every number of wins and losses, counted out."""
    win, lose = (discordance + difference) / 2, (discordance - difference) / 2
    power = 0.0
    for wins in range(n + 1):
        for losses in range(n + 1 - wins):
            if mcnemar(wins, losses) < 0.05:
                ways = comb(n, wins) * comb(n - wins, losses)
                power += ways * win**wins * lose**losses * (1 - discordance) ** (n - wins - losses)
    return power


@pytest.mark.parametrize(("n", "discordance"), [(12, 0.8), (20, 0.05), (30, 0.3), (40, 0.2)])
def test_the_least_difference_of_passes_is_that_of_the_exact_test(n: int, discordance: float) -> None:
    least = exact_detectable_difference(n, discordance)
    assert least is not None
    assert exact_power(n, max(discordance, least), least - 1e-9) >= 0.8 - 1e-6
    less = least - 0.002
    assert exact_power(n, max(discordance, less), less) < 0.8


def test_six_tasks_show_something_and_five_nothing() -> None:
    assert exact_detectable_difference(6, 0.1) == pytest.approx(0.8 ** (1 / 6))
    assert exact_detectable_difference(5, 1.0) is None


def test_of_many_tasks_the_exact_and_the_normal_figure_agree() -> None:
    for n, discordance in ((1000, 0.35), (225, 0.3), (2000, 0.25)):
        normal = detectable_difference(n, discordance)
        assert exact_detectable_difference(n, discordance) == pytest.approx(normal, rel=0.03)


def test_so_many_tasks_show_ten_points() -> None:
    for discordance in (0.02, 0.2, 0.5):
        n = exact_tasks_to_detect(0.1, discordance)
        assert exact_detectable_difference(n, discordance) == pytest.approx(0.1, rel=0.15)


def test_pass_at_k() -> None:
    assert pass_at_k(10, 3, 5) == pytest.approx(0.916667, abs=5e-7)
    assert pass_hat_k(10, 8, 5) == pytest.approx(0.2222, abs=5e-5)
    assert pass_at_k(4, 4, 5) is None
    assert pass_hat_k(4, 4, 5) is None


def test_holm_rejects_one_of_ten() -> None:
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    assert sum(adjusted < 0.05 for adjusted in holm(p)) == 1
    assert holm([0.04, 0.01]) == pytest.approx([0.04, 0.02])  # in the order given

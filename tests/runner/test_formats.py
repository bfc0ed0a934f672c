from __future__ import annotations

import random

import pytest

from harness.runner.formats import FIRST, cuts, round_results, rounds, upper_bound


@pytest.mark.parametrize(
    ("form", "tasks", "models", "ends"),
    [
        ("full", 600, 8, (600,)),
        ("halving", 600, 8, (150, 300, 600)),
        ("halving", 600, 12, (75, 150, 300, 600)),
        ("halving", 100, 12, (FIRST, 25, 50, 100)),
        ("halving", 600, 2, (600,)),
        ("race", 600, 8, (20, 40, 80, 160, 320, 600)),
        ("race", 40, 8, (20, 40)),
        ("race", 15, 8, (15,)),
        ("halving", 0, 8, (0,)),
    ],
)
def test_rounds_double_and_end_with_all_tasks(
    form: str, tasks: int, models: int, ends: tuple[int, ...]
) -> None:
    assert rounds(form, tasks, models) == ends  # type: ignore[arg-type]


def passing(share: float, n: int = 40) -> dict[str, float]:
    return {f"t{i}": float(i < round(share * n)) for i in range(n)}


def test_halving_keeps_the_better_half_and_all_that_equal_its_last() -> None:
    field = {"a": passing(0.9), "b": passing(0.7), "c": passing(0.7), "d": passing(0.2), "e": passing(0.1)}
    gone = cuts("halving", "s", field, 40, 4)
    assert [cut.model for cut in gone] == ["d", "e"]
    assert [cut.decided for cut in gone] == [True, True]
    assert str(gone[0]) == "let go after 40 tasks: 20% against 90% of a, shown to be worse"
    level = cuts("halving", "s", {"a": passing(0.9), "b": passing(0.9), "c": passing(0.9)}, 40, 2)
    assert level == []
    close = cuts("halving", "s", {"a": passing(0.9), "b": passing(0.85)}, 40, 1)
    assert [(cut.model, cut.decided) for cut in close] == [("b", False)]


def test_a_race_lets_go_only_who_is_shown_to_be_worse_and_ends_when_one_is_left() -> None:
    field = {"a": passing(0.9), "b": passing(0.8), "c": passing(0.1)}
    assert [(cut.model, cut.why) for cut in cuts("race", "s", field, 40, 2)] == [("c", "behind")]
    del field["b"]
    ended = cuts("race", "s", field, 40, 2)
    assert [(cut.model, cut.why) for cut in ended] == [("c", "behind"), ("a", "settled")]
    assert cuts("race", "s", {"a": passing(0.9)}, 40, 2) == [], "nobody to race against"


def test_who_answered_too_little_neither_leads_nor_goes() -> None:
    field = {"a": passing(0.8), "b": {"t0": 1.0}, "c": {}, "d": passing(0.7)}
    assert [line.model for line in round_results(field, 40, 3)] == ["a", "d"]
    assert [cut.model for cut in cuts("halving", "s", field, 40, 3)] == ["d"]


def test_the_bound_needs_more_the_closer_two_are() -> None:
    assert upper_bound([], 0.05) == 1.0
    assert upper_bound([-1.0] * 5, 0.05) > 0, "a handful proves nothing, however clear"
    assert upper_bound([-1.0] * 20, 0.05) < 0
    lead = [-1.0, 0.0, 0.0, 0.0] * 10
    assert upper_bound(lead, 0.05) > upper_bound(lead * 10, 0.05)
    assert upper_bound(lead, 0.001) > upper_bound(lead, 0.05)


def test_looking_again_and_again_seldom_condemns_an_equal() -> None:
    """Peeking every 20 tasks up to 600: a plain test at each look condemns about a fifth of all equals."""
    rng, worlds = random.Random(1), 150
    condemned = naive = 0
    for _ in range(worlds):
        lead = [float((rng.random() < 0.7) - (rng.random() < 0.7)) for _ in range(600)]
        looks = [lead[:n] for n in range(20, 601, 20)]
        condemned += any(upper_bound(seen, 0.05) < 0 for seen in looks)
        naive += any(sum(seen) / len(seen) + 1.96 * (0.42 / len(seen)) ** 0.5 < 0 for seen in looks)
    assert condemned / worlds <= 0.05 < naive / worlds

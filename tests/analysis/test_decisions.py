"""Which model to use, and when nobody can say. Each scene is a suite of one season."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from harness.analysis.board import Board, Decision
from harness.analysis.extras import Champion
from harness.analysis.standings import load_standings
from harness.reporting.reasons import reason
from tests.rows import answers, database

ALMOST = "1" * 395 + "0" * 5
ALIKE = "1" * 394 + "0" * 6

SCENES = {
    "clear win": answers("good", "1" * 90 + "0" * 10) + answers("bad", "1" * 50 + "0" * 50),
    "tie by price": answers("dear", ALMOST, cost_usd=0.02) + answers("cheap", ALIKE, cost_usd=0.002),
    "tie by speed": answers("slow", ALMOST, cost_usd=0.001, latency_s=2.0)
    + answers("fast", ALIKE, latency_s=0.5),
    "crowd": [
        row for name in "abcdefg" for row in answers(name, ALIKE, cost_usd=0.001 * (8 - ord(name) % 8))
    ],
    "alike": answers("b", ALIKE, cost_usd=0.001) + answers("a", ALIKE, cost_usd=0.001),
    "as cheap": answers("slow", ALIKE, cost_usd=0.001, latency_s=2.0)
    + answers("fast", ALIKE, cost_usd=0.001, latency_s=0.5)
    + answers("dear", ALIKE, cost_usd=0.002, latency_s=0.1),
    "unpriced": answers("good", ALMOST, timing="replayed") + answers("less", ALIKE, timing="replayed"),
    "two tasks": answers("a", "11") + answers("b", "00"),
    "few tasks": answers("a", "1" * 8 + "0" * 4) + answers("b", "1" * 6 + "0" * 6),
    "three tasks": answers("a", "111") + answers("b", "111"),
    "nothing solved": answers("a", "0" * 500) + answers("b", "0" * 500),
    "hardly anything": answers("a", "1" * 9 + "0" * 91) + answers("b", "0" * 100),
    "guessing": answers("random", "10" * 50, baseline=True)
    + answers("a", "1" * 52 + "0" * 48)
    + answers("b", "1" * 10 + "0" * 90),
    "alone": answers("a", "1" * 20) + answers("oracle", "1" * 20, baseline=True),
    "champions": answers("best", "1" * 9 + "0", cost_usd=0.1, decode_tps=10.0)
    + answers("fast", "1" * 5 + "0" * 5, cost_usd=0.01, decode_tps=500.0)
    + answers("useless", "0" * 10, cost_usd=0.0001, decode_tps=9000.0),
}

Judged = tuple[Mapping[str, Board], Mapping[str, Champion]]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    rows = [replace(row, suite=scene) for scene, members in SCENES.items() for row in members]
    with database(tmp_path_factory.mktemp("results"), rows) as con:
        standings = load_standings(con)
    return {b.name: b for b in standings.by("suite")}, {c.suite: c for c in standings.champions}


def of(judged: Judged, scene: str) -> Decision:
    return judged[0][scene].decision


def test_a_clear_win(judged: Judged) -> None:
    decision = of(judged, "clear win")
    assert decision.kind == "win"
    assert decision.pick is not None
    assert decision.pick.model == "good"
    assert decision.tied == ("good",)
    assert decision.fallbacks == ("bad",)
    assert "40 points worse" in reason(judged[0]["clear win"])


def test_a_tie_goes_to_the_cheaper(judged: Judged) -> None:
    decision = of(judged, "tie by price")
    assert decision.kind == "tie"
    assert decision.tied == ("dear", "cheap")
    assert decision.pick is not None
    assert decision.pick.model == "cheap"
    assert decision.cheapest_tied is decision.pick
    assert decision.runner_up is not None
    assert decision.runner_up.model == "dear"
    assert "the cheapest" in reason(judged[0]["tie by price"])


def test_a_crowd_is_counted_and_not_listed(judged: Judged) -> None:
    decision = of(judged, "crowd")
    assert decision.tied == tuple("gfedcba")
    assert reason(judged[0]["crowd"]).startswith("g, f, e, d and 3 others are level (")
    assert reason(judged[0]["crowd"]).endswith("; g is the cheapest")


def test_a_tie_without_known_prices_goes_to_the_faster(judged: Judged) -> None:
    decision = of(judged, "tie by speed")
    assert decision.pick is not None
    assert decision.pick.model == "fast"  # one price is unknown, so prices cannot decide
    assert decision.cheapest_tied is not None
    assert decision.cheapest_tied.model == "slow"


@pytest.mark.parametrize(
    ("scene", "ending"),
    [
        ("alike", "; a is the first by name"),
        ("as cheap", "; fast is the fastest of the cheapest"),
        ("unpriced", "; good is the best"),
    ],
)
def test_a_tie_says_by_what_it_was_decided(judged: Judged, scene: str, ending: str) -> None:
    assert reason(judged[0][scene]).endswith(ending)


def test_tasks_too_few_to_show_anything_claim_no_gap(judged: Judged) -> None:
    decision = of(judged, "two tasks")
    assert (decision.pick, decision.mde) == (None, None)
    assert reason(judged[0]["two tasks"]) == (
        "a leads b by 100 points, but 2 tasks are too few to show any gap; about 10 more would settle it"
    )


def test_too_few_tasks_make_no_pick_and_say_how_many_are_missing(judged: Judged) -> None:
    decision = of(judged, "few tasks")
    assert decision.kind == "insufficient"
    assert decision.pick is None
    assert decision.leader is not None
    assert decision.leader.model == "a"
    assert decision.mde is not None
    assert decision.mde > 0.1
    assert decision.more_tasks is not None
    assert f"about {decision.more_tasks} more" in reason(judged[0]["few tasks"])
    assert decision.fallbacks == ()


def test_agreement_on_three_tasks_is_no_tie(judged: Judged) -> None:
    assert of(judged, "three tasks").kind == "insufficient"


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        ("nothing solved", "No model passes a single one of 500 tasks"),
        ("hardly anything", "Nobody is good enough: the best, a, passes 9 % (5–16 %) of 100 tasks"),
        ("guessing", "No model is clearly better than guessing, which passes 50 % of 100 tasks"),
    ],
)
def test_a_bad_best_is_no_pick(judged: Judged, scene: str, text: str) -> None:
    decision = of(judged, scene)
    assert decision.pick is decision.leader is None
    assert reason(judged[0][scene]) == text


def test_the_only_model_is_used_unopposed(judged: Judged) -> None:
    decision = of(judged, "alone")
    assert decision.pick is not None
    assert decision.pick.model == "a"
    assert decision.runner_up is None


def test_champions(judged: Judged) -> None:
    standings = judged[1]["champions"]
    assert (standings.champion, standings.runner_up) == ("best", "fast")
    assert (standings.speed, standings.value_for_money) == ("fast", "fast")


def test_a_suite_that_nobody_solves_has_no_champion(judged: Judged) -> None:
    standings = judged[1]["nothing solved"]
    assert (standings.champion, standings.speed) == (None, None)

"""What the router learns of calls, and what it may try out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.routing.policies import POLICIES, SlidingThompson, State, Thompson
from harness.routing.router import Router
from harness.rules.confidence import good_answers
from harness.rules.ruleset import Candidate, RuleSet
from tests.exporters.sample import rule, rule_set

COUNTS = st.floats(0, 1e6)


def rules_of(**costs: float | None) -> RuleSet:
    """A rule for code: its models, the first the rules' own, and what an answer costs; all are as good."""
    made = tuple(Candidate(n, 30, 0.8, None, None, None, None, None, None, usd) for n, usd in costs.items())
    return replace(rule_set(), rules=(rule("code", *costs, candidates=made),), default_rule=None)


@given(good=st.tuples(COUNTS, COUNTS), answered=st.tuples(COUNTS, COUNTS))
def test_good_answers_are_the_share_answered_times_the_share_that_is_good(
    good: tuple[float, float], answered: tuple[float, float]
) -> None:
    passed, failed = good_answers(good, answered)
    assert passed >= 0 and failed >= 0
    if answered[1] == 0:
        assert (passed, failed) == good
    elif passed + failed > 1e-6 and sum(good) > 0:
        rate = good[0] / sum(good) * answered[0] / sum(answered)
        assert passed / (passed + failed) == pytest.approx(rate, abs=1e-6)


@pytest.mark.parametrize("policy", list(POLICIES))
def test_exploring_costs_no_more_than_it_may(policy: str) -> None:
    costs = {"house": 0.001, "deepseek": 0.004, "tiny": None}
    router = Router(rules_of(**costs), POLICIES[policy](), seed=3, explore_usd=0.02)
    chosen = [router.select_model("code").model for _ in range(300)]
    extra = sum((costs[name] or 0.0) - 0.001 for name in chosen if name == "deepseek")
    assert extra <= 0.02
    assert "tiny" not in chosen or router.providers[router.models["tiny"].provider].local
    free = Router(rules_of(**costs), Thompson(), seed=3)
    assert sum(free.select_model("code").model == "deepseek" for _ in range(300)) > 20


@pytest.mark.parametrize("policy", list(POLICIES))
def test_who_is_demoted_is_never_tried_out_and_never_gone(policy: str) -> None:
    router = Router(rules_of(house=0.001, deepseek=0.001), POLICIES[policy](), seed=1)
    router.demoted = {"house": "worse"}
    choices = [router.select_model("code") for _ in range(60)]
    assert {choice.model for choice in choices} == {"deepseek"}
    assert [link.model for link in router.chain(choices[0])][:2] == ["deepseek", "house"]
    router.demoted = {"house": "worse", "deepseek": "worse"}
    assert {router.select_model("code").model for _ in range(60)} <= {"house", "deepseek"}
    assert router.select_model("code", quality_threshold=0.99).is_fallback
    alone = Router(rules_of(house=0.001), POLICIES[policy]())
    alone.demoted = {"house": "worse"}
    assert alone.select_model("code").model == "house"


def test_a_judgement_counts_once_and_one_of_long_ago_not_at_all() -> None:
    router = Router(rules_of(house=0.001, deepseek=0.001), SlidingThompson(window=3))
    router.learn("code", "house", 1.0)
    router.judge("code", "house", 0.0, before=1.0)
    state = router.state("code")
    assert (state.passed[0], state.failed[0]) == pytest.approx((24.0, 7.0))
    router.judge("code", "deepseek", 0.5, before=None)
    assert router.state("code").passed[1] == pytest.approx(24.5)
    for _ in range(3):
        router.learn("code", "deepseek", 1.0)
    router.judge("code", "house", 1.0, before=0.0)  # it left the window
    assert router.state("code").passed[0] == pytest.approx(24.0)
    router.judge("code", "none of these", 1.0, before=None)
    router.judge("none of these", "house", 1.0, before=0.5)


def test_new_rules_go_on_with_what_the_old_ones_learned() -> None:
    old = Router(rules_of(house=0.001, deepseek=0.001, tiny=None), SlidingThompson(window=9))
    for value in (0.0, 0.0, 1.0):
        old.learn("code", "deepseek", value)
    new = Router(rules_of(deepseek=0.001, house=0.001), SlidingThompson(window=9))
    new.go_on_from(old)
    assert new.state("code").passed == pytest.approx((25.0, 24.0))
    assert new.state("code").failed == pytest.approx((8.0, 6.0))
    assert [arm for arm, _ in new.state("code").recent] == [0, 0, 0]
    other = Router(replace(rules_of(house=0.001), rules=(rule("math", "house"),)), Thompson())
    other.go_on_from(old)
    assert other.state("math") == State.of([(0.0, 0.0)])

"""Which model is chosen, and what is said about it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.errors import UnknownName
from harness.observationrow import Observation
from harness.routing.policies import Thompson
from harness.routing.router import Router
from harness.routing.spending import Spending
from harness.rules.file import to_yaml
from harness.rules.ruleset import CallPolicy, Candidate, Match, RuleSet, SpendingLimit
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.exporters.sample import rule_set


def candidate(
    model: str, quality: float, seconds: float, cost: float | None, p_best: float = 0.5, n: int = 100
) -> Candidate:
    return Candidate(model, n, quality, quality - 0.05, quality + 0.05, p_best, 50, seconds, None, cost)


@pytest.fixture
def rules() -> RuleSet:
    """The sample without context tiers; the rule for code has figures."""
    found = (
        candidate("qwen-coder", 0.95, 9.0, 0.004, 0.8),
        candidate("gguf-coder", 0.90, 1.5, None, 0.15),
        candidate("deepseek", 0.85, 4.0, 0.0008, 0.04),
        candidate("tiny", 0.55, 0.2, None, 0.01),
    )
    rules = rule_set()
    whole = (rule for rule in rules.rules if not rule.context_tiers)
    return replace(rules, rules=tuple(replace(r, candidates=found) if r.id == "code" else r for r in whole))


def test_without_wishes_it_is_the_rules_own_choice(rules: RuleSet) -> None:
    choice = Router(rules).select_model("code")
    assert (choice.provider, choice.model) == ("vllm", "gguf-coder")
    assert choice.alternatives == ("deepseek", "qwen-coder", "tiny")
    assert choice.confidence == 0.15
    assert choice.reason == "gguf-coder is ahead"
    assert not choice.is_fallback


@pytest.mark.parametrize(
    ("speed", "model"),
    [("ultra_fast", "tiny"), ("fast", "gguf-coder"), ("balanced", "gguf-coder"), ("quality", "qwen-coder")],
)
def test_speed_decides_the_order(rules: RuleSet, speed: str, model: str) -> None:
    assert Router(rules).select_model("code", speed_requirement=speed).model == model  # type: ignore[arg-type]


def test_filters_take_models_out(rules: RuleSet) -> None:
    router = Router(rules)
    assert router.select_model("code", context_size=20_000).model == "deepseek"
    assert router.select_model("code", context_size=200_000).model == "qwen-coder"
    assert router.select_model("code", quality_threshold=0.92).model == "qwen-coder"
    assert router.select_model("code", 20_000, cost_constraint=0.001).alternatives == ()


def test_when_nothing_qualifies_the_fallback_says_so(rules: RuleSet) -> None:
    router = Router(rules)
    choice = router.select_model("code", quality_threshold=0.99)
    assert choice.is_fallback
    assert choice.model == "gguf-coder"
    assert choice.reason == "fallback: none reaches 99%; gguf-coder comes closest"
    fast = router.select_model("code", 20_000, "ultra_fast")
    assert (fast.is_fallback, fast.model) == (True, "deepseek")
    both = router.select_model("code", 200_000, cost_constraint=0.001)
    assert "none meets all requirements at once" in both.reason
    assert both.model == "qwen-coder"  # what does not fit cannot answer at all


def test_an_unknown_cost_never_meets_a_cap_but_a_local_model_sends_no_bill(rules: RuleSet) -> None:
    choice = Router(rules).select_model("code", cost_constraint=0.0)
    assert choice.model == "gguf-coder"
    assert set(choice.alternatives) == {"tiny"}


def test_an_unknown_task_type_goes_to_the_default(rules: RuleSet) -> None:
    choice = Router(rules).select_model("poetry")
    assert (choice.model, choice.task_type) == ("deepseek", "*")
    assert choice.reason.startswith("no rule for 'poetry', the default one is used; ")
    with pytest.raises(
        UnknownName, match="no rule for the task type 'coda' and no default; did you mean code"
    ):
        Router(replace(rules, default_rule=None)).select_model("coda")


def test_replayed_answers_are_never_chosen(rules: RuleSet) -> None:
    router = Router(rules)
    assert "replayed" not in [link.model for link in router.chain(router.select_model("code"))]


def test_a_rule_of_imported_answers_says_why_nobody_is_asked(rules: RuleSet) -> None:
    stored = replace(rules, providers=tuple(replace(one, kind="imported") for one in rules.providers))
    with pytest.raises(UnknownName, match=r"no model of the rule for 'code' can be asked: .* --model ID"):
        Router(stored).select_model("code")


def test_the_budget_is_kept(rules: RuleSet) -> None:
    router = Router(rules, budget_usd=0.005)
    assert router.select_model("code", quality_threshold=0.92).model == "qwen-coder"
    assert router.spending is not None
    router.spending.add(0.002)
    choice = router.select_model("code", quality_threshold=0.92)
    assert (choice.is_fallback, choice.model) == (True, "gguf-coder")  # within the budget, if not as good
    assert "none meets all requirements at once" in choice.reason


def test_a_budget_of_a_day_begins_anew(rules: RuleSet) -> None:
    now = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
    spending = Spending(SpendingLimit(1.0, "day"), lambda: now)
    row = Observation("2026-11-20T01:00:00+00:00", "deepseek", "", "code", "", None, 1, None, 0.25, True)
    spending.add_calls(
        [row, replace(row, timestamp="2026-11-19T23:59:00+00:00"), replace(row, cost_usd=None)]
    )
    spending.add(0.5)
    assert spending.left == pytest.approx(0.25)
    now += timedelta(hours=2)
    assert spending.left == 1.0
    router = Router(replace(rules, policy=CallPolicy(budget=SpendingLimit(0.0005))))
    assert router.select_model("code", context_size=20_000).is_fallback  # only hosted ones have room


def test_what_is_private_stays_on_this_machine(rules: RuleSet) -> None:
    private = CallPolicy(privacy="local")
    only_code = replace(
        rules, rules=tuple(replace(r, policy=private) if r.id in ("code", "math") else r for r in rules.rules)
    )
    router = Router(only_code)
    choice = router.select_model("code", quality_threshold=0.99)
    assert (choice.model, choice.is_fallback) == ("gguf-coder", True)
    assert [link.model for link in router.chain(choice)] == ["gguf-coder", "tiny", "tiny"]
    with pytest.raises(UnknownName, match="the task type 'math' must stay on this machine"):
        router.select_model("math")  # not even the default rule: its models are hosted
    assert router.select_model("long reports").provider == "openrouter"


def test_slow_models_are_out(rules: RuleSet) -> None:
    router = Router(replace(rules, policy=CallPolicy(min_tps=60)))
    assert "none makes 60 tokens a second" in router.select_model("code").reason
    assert not Router(replace(rules, policy=CallPolicy(min_tps=50))).select_model("code").is_fallback


def test_words_and_metadata_say_what_a_request_is(rules: RuleSet, harness: Harness, tmp_path: Path) -> None:
    matches = {"code": Match(("C++", "stack trace")), "math": Match(metadata={"team": "actuaries"})}
    rules = replace(rules, rules=tuple(replace(r, match=matches.get(r.id, r.match)) for r in rules.rules))
    router = Router(rules)
    assert router.recognise("Why this STACK TRACE?") == router.recognise("in C++, please") == "code"
    assert router.recognise("stack traces of actuaries") == "*"
    assert router.recognise("a stack trace", {"team": "actuaries", "floor": "2"}) == "math"
    (tmp_path / "rules.yaml").write_text(to_yaml(rules))
    routed = harness("route", "--rules", "rules.yaml", "--prompt", "in C++, please", "--json")
    assert json.loads(routed.out)["task_type"] == "code"
    with pytest.raises(UnknownName, match="no rule for this request: none has its words"):
        no_default = Router(replace(rules, default_rule=None, rules=rules.rules[:-1]))
        no_default.select_model(no_default.recognise("hello"))
    neither = harness("route", "--rules", "rules.yaml")
    assert neither.code == 2
    assert "--task-type or --prompt" in neither.err


def test_exploration_is_seeded_and_stays_among_those_that_qualify(rules: RuleSet) -> None:
    def chosen(seed: int) -> list[str]:
        router = Router(rules, Thompson(), seed)
        return [router.select_model("code", quality_threshold=0.8).model for _ in range(60)]

    assert chosen(1) == chosen(1)
    assert chosen(1) != chosen(2)
    assert set(chosen(1)) == {"gguf-coder", "deepseek", "qwen-coder"}


def test_it_learns_which_model_works(rules: RuleSet) -> None:
    router = Router(rules, Thompson(), 5)
    for _ in range(200):
        router.learn("code", "qwen-coder", 0.0)
        router.learn("code", "deepseek", 1.0)
    chosen = [router.select_model("code", quality_threshold=0.8).model for _ in range(40)]
    assert chosen.count("deepseek") >= 36


def test_a_model_that_degrades_is_tried_last_for_a_while(rules: RuleSet) -> None:
    now = 1000.0
    router = Router(rules, clock=lambda: now)
    health = router.watched("code", "gguf-coder")
    for _ in range(10):
        health.add(0.0, 1.0, now)
    assert health.why == "0% of its last 10 calls succeeded, 90% were measured"
    choice = router.select_model("code")
    assert (choice.model, choice.alternatives[-1]) == ("deepseek", "gguf-coder")
    now += 301
    assert router.select_model("code").model == "gguf-coder"


def test_a_slow_model_is_demoted_too(rules: RuleSet) -> None:
    health = Router(rules).watched("code", "gguf-coder")
    for _ in range(9):
        health.add(1.0, 5.0, 0.0)
    assert not health.demoted(0.0)
    health.add(1.0, 5.0, 0.0)
    assert health.demoted(0.0)
    assert health.why == "its last calls took 5.0 s, 1.5 s were measured"


def test_the_command_says_what_and_why(rules: RuleSet, harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(to_yaml(rules))
    done = harness("route", "--task-type", "code", "--speed", "quality", "--rules", "r.yaml")
    assert done.code == 0
    assert done.out.splitlines() == [
        "rule          code",
        "provider      openrouter",
        "model         qwen-coder",
        "confidence    80%",
        "alternatives  gguf-coder, deepseek, tiny",
        "why           the best that qualifies, it passes 95%",
    ]
    asked = harness("route", "--task-type", "code", "--max-cost", "0.001", "--rules", "r.yaml", "--json")
    assert '"model": "gguf-coder"' in asked.out

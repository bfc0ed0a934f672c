from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from harness.observationrow import Observation
from harness.rules import learning
from harness.rules.learning import HALF_LIFE, CallRecord, CallRecords
from harness.rules.ruleset import Candidate, RuleSet
from tests.exporters.sample import rule_set

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def calls(
    model: str, *successes: bool, age: timedelta = timedelta(0), score: float | None = None
) -> list[Observation]:
    at = (NOW - age).isoformat()
    return [Observation(at, model, "coder", "code", "beginner", score, 900, 50, None, s) for s in successes]


def record_of(given: list[Observation]) -> CallRecord:
    record = CallRecords(given, NOW).of("code", "m", NOW)
    assert record is not None
    return record


def learn(rules: RuleSet, given: list[Observation], now: datetime) -> RuleSet:
    return learning.learn(rules, CallRecords(given, now), now)


def measured(**passed: int) -> RuleSet:
    """The rule for code after 40 tasks, best first."""
    calls_made = tuple(
        Candidate(name.replace("_", "-"), 40, n / 40, None, None, 0.5, 30, 1, 2, 0.001)
        for name, n in passed.items()
    )
    rules = rule_set()
    return replace(
        rules, rules=tuple(replace(r, candidates=calls_made) if r.id == "code" else r for r in rules.rules)
    )


def test_a_call_counts_half_after_a_half_life() -> None:
    record = record_of([*calls("m", True), *calls("m", True, False, age=HALF_LIFE)])
    assert (record.answered, record.failed, record.calls) == pytest.approx((1.5, 0.5, 3))
    assert record.judged == 0  # that a model answers does not say that it is right


def test_a_score_is_taken_for_what_it_says_and_a_failure_for_nothing() -> None:
    record = record_of([*calls("m", True, score=8.0), *calls("m", False, score=8.0)])
    assert (record.passed, record.judged) == pytest.approx((0.8, 2.0))


def test_another_model_takes_over_when_it_is_surely_better_in_use() -> None:
    rules = measured(gguf_coder=32, deepseek=28)
    bad = calls("gguf-coder", *[False] * 60)
    good = calls("deepseek", *[True] * 60, score=10.0)
    rule = learn(rules, bad + good, NOW).rules[0]
    assert rule.primary == "deepseek"
    assert [f.model for f in rule.fallbacks] == ["gguf-coder"]
    assert rule.confidence is not None
    assert rule.confidence > 0.95
    assert "120 real calls" not in rule.reason
    assert "when 60 real calls are counted" in rule.reason
    assert rule.candidates[0].n == 100
    assert rule.candidates[0].quality == pytest.approx(0.88)
    assert rule.by_speed == {"fast": "deepseek"}


def test_rules_of_a_context_tier_learn_nothing() -> None:
    rules = measured(gguf_coder=32, deepseek=28)
    tiered = replace(rules, rules=(replace(rules.rules[0], context_tiers=("long",)),))
    assert learn(tiered, calls("deepseek", *[True] * 60), NOW) == tiered


def test_a_few_calls_change_nothing_but_the_confidence() -> None:
    rules = measured(gguf_coder=32, deepseek=28)
    rule = learn(rules, calls("gguf-coder", False, False), NOW).rules[0]
    assert rule.primary == "gguf-coder"
    assert rule.candidates[0].calls == 2


def test_what_happened_long_ago_is_forgotten() -> None:
    rules = measured(gguf_coder=32, deepseek=28)
    old = calls("gguf-coder", *[False] * 60, age=20 * HALF_LIFE)
    rule = learn(rules, old, NOW).rules[0]
    assert rule.primary == "gguf-coder"
    assert rule.candidates[0].quality == pytest.approx(0.8, abs=1e-3)


def test_a_pin_stays() -> None:
    rules = measured(gguf_coder=32, deepseek=28)
    pinned = replace(rules, rules=(replace(rules.rules[0], pinned=True), *rules.rules[1:]))
    rule = learn(pinned, calls("gguf-coder", *[False] * 60), NOW).rules[0]
    assert rule.primary == "gguf-coder"
    assert rule.confidence is not None
    assert rule.confidence < 0.05

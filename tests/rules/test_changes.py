"""Pins that survive, and differences in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.rules.changes import changes, keep_pins
from harness.rules.ruleset import CallPolicy, Fallback, Match, Rule, RuleSet, SpendingLimit
from tests.exporters.sample import evidence, rule_set


def with_rule(rules: RuleSet, id: str, **values: Any) -> RuleSet:
    return replace(rules, rules=tuple(replace(r, **values) if r.id == id else r for r in rules.rules))


def rule_of(rules: RuleSet, id: str) -> Rule:
    return next(rule for rule in rules.rules if rule.id == id)


def test_a_pin_keeps_its_models_and_gets_the_new_evidence() -> None:
    old = with_rule(rule_set(), "code", pinned=True, primary="tiny", fallbacks=(Fallback("house"),))
    new = with_rule(rule_set(), "code", evidence=evidence("tie", 0.5))
    kept = rule_of(keep_pins(new, old), "code")
    assert (kept.primary, kept.fallbacks, kept.pinned) == ("tiny", (Fallback("house"),), True)
    assert kept.evidence == evidence("tie", 0.5)
    assert kept.reason == "pinned by hand; measured choice: gguf-coder (gguf-coder is ahead)"
    assert rule_of(keep_pins(new, old), "math") == rule_of(new, "math")


def test_a_pinned_type_that_was_not_measured_again_stays_with_its_models() -> None:
    old = with_rule(rule_set(), "math", pinned=True)
    new = replace(
        rule_set(),
        rules=tuple(r for r in rule_set().rules if r.id == "code"),
        models=tuple(m for m in rule_set().models if m.id != "math"),
        providers=tuple(p for p in rule_set().providers if p.id != "deepinfra"),
        default_rule=None,
    )
    kept = keep_pins(new, old)
    assert rule_of(kept, "math") == rule_of(old, "math")
    assert {model.id for model in kept.models} == {model.id for model in old.models}
    assert {provider.id for provider in kept.providers} == {provider.id for provider in old.providers}


def test_what_is_set_by_hand_survives_and_the_rest_is_new() -> None:
    private = CallPolicy(privacy="local", budget=SpendingLimit(5.0, "month"))
    old = with_rule(
        rule_set(),
        "code",
        match=Match(keywords=("compiler",)),
        params={"temperature": 0.2},
        policy=private,
        reason="the old one",
    )
    old = replace(old, policy=CallPolicy(timeout_s=7.0), role_map={"code": "think"})
    new = with_rule(rule_set(), "code", primary="house", match=Match(max_context_tokens=4096))
    kept = keep_pins(new, old)
    code = rule_of(kept, "code")
    assert (code.primary, code.reason) == ("house", "gguf-coder is ahead")
    assert (code.match, code.params) == (Match(("compiler",), max_context_tokens=4096), {"temperature": 0.2})
    assert (code.policy, kept.policy) == (private, CallPolicy(timeout_s=7.0))
    assert kept.role_map == {"classification": "background", "math": "think", "code": "think"}


def test_the_same_rules_have_no_changes() -> None:
    assert changes(rule_set(), replace(rule_set(), generated_at="2026-12-01T00:00:00+00:00")) == []


def test_changes_are_told_in_words() -> None:
    new = with_rule(
        rule_set(), "code", primary="deepseek", fallbacks=(Fallback("tiny"),), evidence=evidence("tie", 0.8)
    )
    new = with_rule(new, "translation", primary="house", evidence=evidence())
    new = replace(new, rules=tuple(r for r in new.rules if r.id != "math"), models=new.models[1:])
    assert changes(rule_set(), new) == [
        "code: gguf-coder → deepseek; then tiny (was deepseek, qwen-coder, replayed); win → tie; "
        "quality 90% → 80%",
        "translation: not decided → house; insufficient → win",
        "math: the rule is gone",
        "no longer measured: gguf-coder",
    ]
    assert changes(new, rule_set())[1] == "math: new, math"

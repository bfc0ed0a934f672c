"""Rules by the length of the prompt, from rows to the choice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.analysis.standings import load_standings
from harness.reporting.reasons import reason
from harness.resultrow import ResultRow
from harness.routing.router import Router
from harness.rules.build import build_rules
from harness.rules.file import load_rules, to_yaml
from harness.rules.ruleset import RuleSet
from harness.rules.speeds import speed_class
from harness.rules.tiers import measure_tiers
from tests.rows import answers, database


def rows(tier: str, tokens: int, quick: str, deep: str) -> list[ResultRow]:
    """Answers of two models to tasks of a tier: how many of a hundred each passes."""
    of: dict[str, Any] = {"suite": f"code-{tier}", "task_type": "code", "context_tier": tier}
    rows = answers("quick", quick, latency_s=0.3, prompt_tokens=tokens, **of)
    return rows + answers("deep", deep, latency_s=1.5, prompt_tokens=tokens + 100, **of)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """``quick`` wins where prompts are short, ``deep`` where they're long and overall; four medium tasks."""
    good, bad = "1" * 90 + "0" * 10, "1" * 10 + "0" * 90
    both = rows("short", 500, good, "1" * 50 + "0" * 50) + rows("long", 20_000, bad, good)
    both += rows("it's medium", 4_000, "1100", "1010")
    with database(tmp_path_factory.mktemp("tiers") / "results", both) as con:
        standings = load_standings(con)
        tiers = measure_tiers(con, standings)
    return build_rules(standings, [], [], datetime(2026, 11, 20, tzinfo=UTC), tiers=tiers, words=reason)


def test_a_tier_that_decides_has_a_rule_with_its_measured_bounds(rules: RuleSet, tmp_path: Path) -> None:
    rules_by_id = {rule.id: rule for rule in rules.rules}
    assert rules_by_id.keys() == {"code", "code@short", "code@long"}  # four medium tasks decide nothing
    short, long = rules_by_id["code@short"], rules_by_id["code@long"]
    assert (short.primary, short.context_tiers, short.evidence.n) == ("quick", ("short",), 100)
    assert (short.match.min_context_tokens, short.match.max_context_tokens) == (0, 600)
    assert (long.primary, long.match.min_context_tokens, long.match.max_context_tokens) == (
        "deep",
        4_101,
        None,
    )
    (tmp_path / "rules.yaml").write_text(to_yaml(rules))
    assert load_rules(tmp_path / "rules.yaml").rules[1].match == short.match


def test_the_router_takes_the_rule_for_the_length(rules: RuleSet) -> None:
    router = Router(rules)
    choices = {size: router.select_model("code", size) for size in (0, 600, 601, 4_101, 90_000)}
    assert [(c.model, c.rule) for c in choices.values()] == [
        ("quick", "code@short"),
        ("quick", "code@short"),
        ("deep", "code"),
        ("deep", "code@long"),
        ("deep", "code@long"),
    ]


def test_a_rule_names_the_choice_for_each_wish_for_speed(rules: RuleSet) -> None:
    code = next(rule for rule in rules.rules if rule.id == "code")
    assert code.by_speed == {"ultra_fast": "quick", "fast": "deep"}
    assert {c.model: c.speed_class for c in code.candidates} == {"quick": "ultra_fast", "deep": "fast"}


def test_classes_are_those_of_the_wishes() -> None:
    seconds = (None, 0.5, 0.51, 2.0, 2.1, 10.0, 11.0)
    classes = [None, "ultra_fast", "fast", "fast", "balanced", "balanced", "quality"]
    assert [speed_class(s) for s in seconds] == classes

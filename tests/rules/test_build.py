from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.analysis.standings import load_standings
from harness.errors import ConfigError
from harness.records import ModelSpec, Price
from harness.reporting.reasons import reason
from harness.resultrow import ResultRow
from harness.rules.build import build_rules
from harness.rules.file import load_rules, to_yaml
from harness.rules.ruleset import RuleSet
from tests.rows import answers, database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def built(folder: Path, rows: list[ResultRow], models: list[ModelSpec] | None = None) -> RuleSet:
    with database(folder / "results", rows) as con:
        return build_rules(load_standings(con), models or [], [{"run_id": "run-1"}], NOW, words=reason)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """One decided task type, one that is not."""
    rows = answers(
        "good", "1" * 90 + "0" * 10, suite="sums", task_type="math", cost_usd=0.002, role="analyst"
    )
    rows += answers("cheap", "1" * 50 + "0" * 50, suite="sums", task_type="math", role="analyst")
    rows += answers("oracle", "1" * 100, suite="sums", task_type="math", baseline=True)
    rows += answers("good", "1101", suite="rust", task_type="code", role="coder")
    rows += answers("cheap", "0101", suite="rust", task_type="code", role="coder")
    specs = [
        ModelSpec(
            "good", "openai", "openrouter", base_url="https://user:secret@openrouter.ai/api/v1/chat/completions?key=secret",
            api_key_env="OPENROUTER_API_KEY", model="acme/good-1", context=8192, params={"max_tokens": 256},
            price=Price(input=0.5, output=1.5),
        ),
        ModelSpec("oracle", "scripted", "baseline", baseline=True),
    ]  # fmt: skip
    return built(tmp_path_factory.mktemp("rules"), rows, specs)


def test_a_decided_task_type_has_a_primary_and_fallbacks(rules: RuleSet) -> None:
    math = next(rule for rule in rules.rules if rule.task_type == "math")
    assert math.primary == "good"
    assert [fallback.model for fallback in math.fallbacks] == ["cheap"]
    assert math.roles == ("analyst",)
    evidence = math.evidence
    assert (evidence.n, evidence.decided, evidence.runner_up) == (100, "win", "cheap")
    assert evidence.margin == pytest.approx(0.4)
    assert evidence.quality_low is not None
    assert evidence.quality_high is not None
    assert evidence.quality_low < 0.9 < evidence.quality_high
    assert evidence.cost_per_solved_usd == pytest.approx(0.2 / 90)
    assert evidence.more_samples is None


def test_an_undecided_one_has_no_primary_and_says_what_is_missing(rules: RuleSet) -> None:
    code = next(rule for rule in rules.rules if rule.task_type == "code")
    assert code.primary is None
    assert code.fallbacks == ()
    assert code.evidence.decided == "insufficient"
    assert code.evidence.more_samples is not None
    assert f"about {code.evidence.more_samples:,} more" in code.reason


def test_models_are_described_from_the_configuration_and_from_the_rows(rules: RuleSet) -> None:
    by_id = {model.id: model for model in rules.models}
    assert by_id.keys() == {"good", "cheap"}  # never a baseline
    good, cheap = by_id["good"], by_id["cheap"]
    assert (good.upstream_name, good.context_window, good.max_output) == ("acme/good-1", 8192, 256)
    assert (good.price_in_per_1m, good.price_out_per_1m) == (0.5, 1.5)
    assert good.tps == pytest.approx(100)
    assert (cheap.provider, cheap.upstream_name, cheap.price_in_per_1m) == ("local", "cheap", None)


def test_addresses_are_canonical_and_hold_no_secret(rules: RuleSet) -> None:
    provider = next(p for p in rules.providers if p.id == "openrouter")
    assert provider.base_url == "https://openrouter.ai/api/v1"
    assert "secret" not in to_yaml(rules)


def test_the_head_says_from_what_and_until_when(rules: RuleSet) -> None:
    assert rules.generated_at == "2026-11-20T12:00:00+00:00"
    assert rules.valid_until == "2027-02-18T12:00:00+00:00"
    assert rules.run_ids == ("run-1",)
    assert rules.machine == "a processor, 2 cores, 4 GB"
    assert len(rules.data_sha256) == 64


def test_one_provider_at_two_addresses_is_two(tmp_path: Path) -> None:
    specs = [
        ModelSpec(m, "openai", "vllm", base_url=f"http://127.0.0.1:{port}/v1")
        for m, port in (("a", 1), ("b", 2))
    ]
    rules = built(tmp_path, answers("a", "11") + answers("b", "10"), specs)
    assert [(p.id, p.base_url) for p in rules.providers] == [
        ("vllm", "http://127.0.0.1:1/v1"),
        ("vllm-2", "http://127.0.0.1:2/v1"),
    ]
    assert [m.provider for m in rules.models] == ["vllm", "vllm-2"]


def test_the_overall_winner_is_the_default(tmp_path: Path) -> None:
    rules = built(tmp_path, answers("a", "1" * 90 + "0" * 10) + answers("b", "1" * 20 + "0" * 80))
    assert rules.default_rule == "*"
    default = next(rule for rule in rules.rules if rule.id == rules.default_rule)
    assert (default.task_type, default.primary, default.priority) == ("*", "a", 0)


def test_what_is_written_is_read_again(rules: RuleSet, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(to_yaml(rules))
    again = load_rules(file)
    assert again.policy == rules.policy
    assert again.providers == rules.providers
    assert [r.fallbacks for r in again.rules] == [r.fallbacks for r in rules.rules]
    assert [r.evidence.n for r in again.rules] == [r.evidence.n for r in rules.rules]
    file.write_text(to_yaml(again))
    assert load_rules(file) == again


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "primary: good",
            "primary: god",
            r"rules.yaml:\d+: 'primary' names the model 'god'; did you mean good\?",
        ),
        (
            "fallbacks:\n  - model: cheap",
            "fallbacks:\n  - model: gone",
            r"rules.yaml:\d+: 'fallbacks' names the model 'gone'",
        ),
        ("- model: cheap", "- model: gone", r"rules.yaml:\d+: 'candidates' names the model 'gone'"),
        (
            "  provider: local",
            "  provider: lokal",
            r"'provider' names the provider 'lokal'; did you mean local\?",
        ),
        ("schema_version: 1", "schema_version: 99", r"rules.yaml:\d+: schema version 99"),
        ("priority: 100", "priority: high", r"rules.yaml:\d+: 'priority' must be a whole number"),
        ("data_sha256", "data_sha", r"rules.yaml:\d+: unknown key 'data_sha'"),
        ("- id: cheap", "- id: good", r"rules.yaml:\d+: the model 'good' is there twice"),
        (
            "decided: win",
            "decided: maybe",
            r"rules.yaml:\d+: 'decided' must be one of win, tie, insufficient",
        ),
        ("by_speed:\n    ultra_fast", "by_speed:\n    ultrafast", r"unknown key 'ultrafast' in 'by_speed'"),
        (
            "valid_until: '2027-02-18T12:00:00+00:00'",
            "valid_until: 2027-02-31",
            r"rules.yaml:\d+: 'valid_until' must be a date such as 2026-11-20, not the text '2027-02-31'",
        ),
        (
            "api_key_env: OPENROUTER_API_KEY",
            "api_key_env: sk-1234",
            r"rules.yaml:\d+: 'api_key_env' must be the name of a variable",
        ),
        (
            "priority: 100",
            "priority: 100\n  match: {min_context_tokens: 9, max_context_tokens: 8}",
            r"rules.yaml:\d+: 'match': no prompt has at least 9 and at most 8 tokens",
        ),
        (
            "priority: 100",
            "priority: 100\n  match: {metadata: {floor: 2}}",
            r"rules.yaml:\d+: 'floor' must be text, not the number 2",
        ),
        (
            "priority: 100",
            "priority: 100\n  match:\n    keywords: [code, '']",
            r"rules.yaml:\d+: a keyword is empty",
        ),
        ("schema_version: 1\n", "", r"rules.yaml:\d+: there is no 'schema_version'"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    rules: RuleSet, tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    file = tmp_path / "rules.yaml"
    text = to_yaml(rules)
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(ConfigError, match=complaint) as error:
        load_rules(file)
    assert "sk-1234" not in str(error.value)


def test_a_default_that_is_not_there(rules: RuleSet, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(to_yaml(rules).replace("default_rule: '*'", "default_rule: nothing"))
    with pytest.raises(ConfigError, match=r"'default_rule' names the rule 'nothing'"):
        load_rules(file)

"""Every export, as it was when the tool itself read it; and what must hold for any rules."""

from __future__ import annotations

import ast
import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.exporters import EXPORTERS, export
from harness.rules.file import load_rules, to_yaml
from harness.rules.ruleset import CallPolicy, Fallback, RuleSet, SpendingLimit
from harness.yamlfile import _Document
from harness.yamltext import yaml_text
from tests.cli.conftest import Harness
from tests.exporters.sample import GOLDEN, golden, rule_set
from tests.strategies import ANY_TEXT, NAMES


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_whole_output_is_as_it_was(name: str) -> None:
    exported = export(rule_set(), name)
    for file, text in exported.files.items():
        assert text == golden(name, file).read_text(), file
    assert "\n".join(exported.losses) + "\n" == (GOLDEN / name / "losses.txt").read_text()


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_rules_at_all_still_make_a_file_that_can_be_read(name: str) -> None:
    empty = replace(rule_set(), rules=(), models=(), providers=(), default_rule=None)
    for file, text in export(empty, name).files.items():
        _parse(file, text)


_NAMES = [model.id for model in rule_set().models]


@st.composite
def some_rules(draw: st.DrawFn) -> RuleSet:
    """The sample with other choices: any primary or none, any fallbacks, even repeated ones."""
    rules = []
    for rule in rule_set().rules:
        primary = draw(st.one_of(st.none(), st.sampled_from(_NAMES)))
        others = draw(st.lists(st.sampled_from(_NAMES), max_size=4)) if primary else []
        rules.append(replace(rule, primary=primary, fallbacks=tuple(map(Fallback, others))))
    return replace(rule_set(), rules=tuple(rules))


@settings(max_examples=25, deadline=None)
@given(some_rules())
def test_litellm_names_only_groups_that_exist(rules: RuleSet) -> None:
    config = _only(rules, "litellm")
    groups = {entry["model_name"] for entry in config["model_list"]}
    for key in ("fallbacks", "context_window_fallbacks"):
        for chain in config["router_settings"].get(key, []):
            for group, others in chain.items():
                assert {group, *others} <= groups
                assert len(set(others)) == len(others)


@settings(max_examples=25, deadline=None)
@given(some_rules())
def test_opencode_names_only_models_that_exist(rules: RuleSet) -> None:
    config = _only(rules, "opencode")
    known = {f"{p}/{m}" for p, entry in config["provider"].items() for m in entry["models"]}
    named = [config.get("model"), config.get("small_model"), *(a["model"] for a in config["agent"].values())]
    assert {name for name in named if name} <= known


@settings(max_examples=25, deadline=None)
@given(some_rules())
def test_the_semantic_router_names_only_models_and_signals_that_exist(rules: RuleSet) -> None:
    config = _only(rules, "semantic-router")
    routing = config["routing"]
    known = {model["name"] for model in config["providers"]["models"]}
    assert {card["name"] for card in routing["modelCards"]} == known
    assert config["providers"].get("defaults", {"model": None})["model"] in {None, *known}
    signals = {signal["name"] for of_kind in routing["signals"].values() for signal in of_kind}
    for decision in routing["decisions"]:
        assert {ref["model"] for ref in decision["modelRefs"]} <= known
        assert set(_signals(decision["rules"])) <= signals


@settings(max_examples=25, deadline=None)
@given(some_rules())
def test_portkey_branches_only_to_targets_that_exist(rules: RuleSet) -> None:
    config = _only(rules, "portkey")
    if config:
        names = {target["name"] for target in config["targets"]}
        strategy = config["strategy"]
        assert {strategy["default"], *(c["then"] for c in strategy["conditions"])} <= names


@settings(max_examples=25, deadline=None)
@given(some_rules())
def test_claude_code_router_names_only_models_that_exist(rules: RuleSet) -> None:
    config = _only(rules, "claude-code-router")
    known = {f"{p['name']},{model}" for p in config["Providers"] for model in p["models"]}
    named = {value for value in config["Router"].values() if isinstance(value, str)}
    assert named | {name for chain in config["fallback"].values() for name in chain} <= known


@settings(max_examples=25, deadline=None)
@given(some_rules())
def test_llama_swap_gives_an_alias_once(rules: RuleSet) -> None:
    config = _only(rules, "llama-swap") or {}
    aliases = [alias for model in config.get("models", {}).values() for alias in model.get("aliases", [])]
    assert len(set(aliases)) == len(aliases)


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_hostile_name_stays_text(name: str) -> None:
    evil = "x'); import os #\n\"$(id)` | <b>"
    rules = rule_set()
    models = tuple(replace(m, upstream_name=evil) if m.id == "gguf-coder" else m for m in rules.models)
    for file, text in export(replace(rules, models=models, generator=evil), name).files.items():
        _parse(file, text)


def test_the_command_prints_the_export_and_says_what_is_lost(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(to_yaml(rule_set()))
    done = harness("rules", "export", "--rules", "rules.yaml", "--to", "litellm")
    assert done.code == 0
    assert done.out == golden("litellm", "litellm.yaml").read_text()
    assert "not in litellm: replayed: its answers are a replay" in done.err


def test_several_files_go_into_a_folder(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(to_yaml(rule_set()))
    done = harness("rules", "export", "--rules", "rules.yaml", "--to", "aider", "-o", "out")
    assert done.code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(export(rule_set(), "aider").files)
    assert harness("rules", "export", "--rules", "rules.yaml", "--to", "env", "-o", "new/").code == 0
    assert (tmp_path / "new" / "routing.env").is_file()


def test_local_models_get_the_address_that_is_given(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(to_yaml(rule_set()))
    done = harness(
        "rules", "export", "--rules", "rules.yaml", "--to", "env", "--local-url", "http://10.0.0.7:8000/v1"
    )
    assert "HARNESS_CLASSIFICATION_BASE_URL=http://10.0.0.7:8000/v1" in done.out
    assert "no address" not in done.err


def test_an_unknown_format_is_one_line(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(to_yaml(rule_set()))
    done = harness("rules", "export", "--rules", "rules.yaml", "--to", "litelm")
    assert done.code == 1
    assert done.err == "error: no export format 'litelm'; did you mean litellm?\n"


@pytest.mark.parametrize("name", EXPORTERS)
def test_what_is_private_names_nothing_hosted(name: str) -> None:
    exported = export(replace(rule_set(), policy=CallPolicy(privacy="local")), name)
    for text in exported.files.values():
        text = re.sub(r"\w+ is ahead", "", text)  # the evidence may name what is not to be used
        for hosted in ("openrouter.ai", "deepinfra", "deepseek", "qwen", "example.org", '_API_KEY"'):
            assert hosted not in text
    if name not in ("markdown", "openrouter"):
        assert "math: private, so hosted models are left out: math, deepseek" in exported.losses


def test_caps_that_no_tool_knows_are_told() -> None:
    policy = CallPolicy(max_cost_per_request=0.01, budget=SpendingLimit(5.0, "month"), min_tps=20.0)
    losses = export(replace(rule_set(), policy=policy), "litellm").losses
    told = ["a cap of $0.01 on one request", "a budget of $5 a month", "at least 20 tokens a second"]
    assert [loss for loss in losses if loss in told] == told


def _signals(node: dict[str, Any]) -> list[str]:
    """The names of all signals in a tree of conditions."""
    inner = (name for child in node.get("conditions", ()) for name in _signals(child))
    return [*inner, *([node["name"]] if "name" in node else [])]


def _only(rules: RuleSet, name: str) -> Any:
    ((file, text),) = export(rules, name).files.items()
    return _parse(file, text)


def _parse(file: str, text: str) -> Any:
    """The file as its reader sees it; fails when that reader would."""
    if file.endswith(".json"):
        return json.loads(text)
    if file.endswith((".yaml", ".yml")):
        return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if file.endswith(".py"):
        return ast.parse(text)
    if file.endswith(".env"):
        for line in re.sub(r"'[^']*'", "", text).splitlines():
            assert re.fullmatch(r"#.*|[A-Z0-9_]+=[^\s$`;|&<>()]*", line), line
    return text


_RULES = yaml.safe_load(to_yaml(rule_set()))
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def renamed(value: Any, names: dict[str, str]) -> Any:
    """A value of plain mappings and lists in which texts are other texts."""
    if isinstance(value, dict):
        return {renamed(key, names): renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(NAMES) | ANY_TEXT.filter(bool), st.sampled_from(_NAMES), st.booleans())
def test_any_name_goes_through_the_rules_file_into_every_tool(name: str, old: str, typed: bool) -> None:
    name = name.replace("\0", "0") or "~"
    old = "code" if typed else old
    upstream = {m.upstream_name: name for m in rule_set().models if m.id == old}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.yaml"
        path.write_text(yaml_text(renamed(_RULES, {old: name, **upstream})))
        try:
            rules = load_rules(path)
        except ConfigError:  # taken already, or a keyword
            assume(False)
        path.write_text(to_yaml(rules))
        assert load_rules(path) == rules
    assert name in [*(m.id for m in rules.models), *(r.task_type for r in rules.rules)]
    for exporter in EXPORTERS:
        for file, text in export(rules, exporter).files.items():
            assert not OBEYED.search(text), (exporter, file)
            parsed = _parse(file, text)
            if file.endswith((".yaml", ".yml")):
                copy = _Document(Path(file), text, Path()).read()  # by YAML 1.2, and by 1.1
                assert copy == parsed, (exporter, file)

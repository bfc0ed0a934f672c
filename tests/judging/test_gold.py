"""The gold pairs that come along, and what is wrong with others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.judging.gold import load_gold
from harness.models.judge import are_kin
from harness.paths import builtin_suites
from harness.records import ModelSpec


def test_balance() -> None:
    """The better answer is the first one written, and the longer one, in half of the decided pairs."""
    gold = load_gold(builtin_suites() / "writing")
    assert Counter(pair.trap for pair in gold) == {None: 50, "null": 5, "flattery": 5}
    assert Counter(pair.better for pair in gold) == {"a": 25, "b": 25, "tie": 10}
    decided = [pair for pair in gold if pair.better != "tie" and not pair.trap]
    longer = [(len(pair.a) - len(pair.b)) * (1 if pair.better == "a" else -1) > 0 for pair in decided]
    assert 19 <= sum(longer) <= 21
    assert len({pair.request for pair in gold}) == 60


def test_a_suite_without_gold_pairs_has_those_of_writing(tmp_path: Path) -> None:
    assert load_gold(tmp_path) == load_gold(builtin_suites() / "writing")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: b", "gold pairs are a list"),
        ("- {id: x, request: r, a: a, b: b}", "lacks 'better'"),
        ("- {id: x, request: r, a: a, b: b, better: c}", "'better' must be one of a, b, tie"),
        ("- {id: x, request: r, a: a, b: b, better: tie, trap: flattery}", "of a trap one answer is better"),
        ("- &x {id: x, request: r, a: a, b: b, better: a}\n- *x", "the id 'x' is taken"),
    ],
)
def test_wrong_gold_pairs_are_one_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "judging").mkdir()
    (tmp_path / "judging" / "gold.yaml").write_text(text)
    with pytest.raises(ConfigError, match=words) as error:
        load_gold(tmp_path)
    assert "gold.yaml:" in str(error.value)


def _spec(text: str) -> ModelSpec:
    name, _, family = text.partition(" ")
    return ModelSpec(name, "openai", "p", family=family or None)


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("a qwen2.5", "b Qwen3-coder", True),
        ("a qwen", "my-qwq-32b", True),
        ("a gpt-4o", "openrouter/o3-mini", True),
        ("a gemini", "b gemma", True),
        ("a mistral", "mixtral-8x22b other", True),
        ("judge-llama-70b custom", "b llama", True),
        ("a deepseek", "DeepSeek-R1-Distill-Qwen-7B qwen", True),
        ("a claude", "b llama", False),
        ("a phi", "b gpt", False),
        ("a arbiter", "some-model", False),
    ],
)
def test_kin(one: str, other: str, kin: bool) -> None:
    assert are_kin(_spec(one), _spec(other)) is are_kin(_spec(other), _spec(one)) is kin

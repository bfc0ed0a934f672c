"""Datasets of Inspect: choices, chats, targets, and what cannot be imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers import read
from tests.importers.conftest import ProveTexts, WriteItems

CHAT = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "Two?"},
    {"role": "assistant", "content": "2"},
    {"role": "user", "content": "And three?"},
]


def test_choices_chats_and_numbers(write_items: WriteItems, prove_texts: ProveTexts) -> None:
    items: list[dict[str, Any]] = [
        {"input": "Which one is wet?", "choices": ["sand", "rain", "fire"], "target": "B", "id": 17},
        {"input": "Which one burns?", "choices": ["sand", "rain", "fire"], "target": "fire"},
        {"input": CHAT, "target": 3, "metadata": {"category": "Small Numbers"}},
        {"input": "Name the town.", "target": ["Zell", "Zell am See"]},
        {"input": "Fix it.", "target": "x", "sandbox": "docker", "files": {"a": "b"}},
        {"input": "Pick two.", "choices": ["a hat", "a cat", "a mat"], "target": ["A", "C"]},
    ]
    imported = read("inspect", write_items(items))
    wet, burns, chat, town, fix, two = imported.tasks
    assert (wet["id"], wet["reference"], burns["reference"]) == ("17", "B", "C")
    assert "B. rain" in wet["prompt"]
    assert [turn["role"] for turn in chat["messages"]] == ["system", "user", "assistant", "user"]
    assert chat["messages"][-1]["content"].startswith("And three?\n\nEnd your answer")
    assert (chat["category"], chat["reference"]) == ("small-numbers", "3")
    assert town["grader"]["exact"]["accept"] == ["Zell am See"]
    assert fix["skip"] == "the sample needs sandbox, files, which are not imported"
    assert two["skip"] == "the target names several of the 3 choices"
    assert prove_texts(imported) == {}


def test_choices_in_a_cell(tmp_path: Path, prove_texts: ProveTexts) -> None:
    rows = ['q1,"red,blue,",A', 'q2,"[""one, two"", ""three""]",B', "q3,up down,up"]
    (tmp_path / "a.csv").write_text("\n".join(["input,choices,target", *rows]))
    imported = read("inspect", tmp_path / "a.csv")
    assert [task["reference"] for task in imported.tasks] == ["A", "B", "A"]
    assert "A. one, two" in imported.tasks[1]["prompt"]
    assert prove_texts(imported) == {}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"target": None}, "'target' is empty"),
        ({"choices": ["x", "y"], "target": "C"}, "'target' is none of the choices: 'C'"),
        ({"choices": [["x"], "y"], "target": "A"}, "'choices' must be text, not a list"),
        ({"input": [{"role": "user", "content": [{"type": "image"}]}]}, "turn 1: 'content' must be text"),
        ({"input": [{"role": "robot", "content": "x"}]}, "turn 1: 'role' must be one of system, user,"),
        ({"input": CHAT[:3]}, "the last turn must be the user's"),
        ({"input": []}, "'input' is empty"),
    ],
)  # fmt: skip
def test_a_wrong_sample_is_named(write_items: WriteItems, change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError) as error:
        read("inspect", write_items([{"input": "x", "target": "y", **change}]))
    assert f"items.jsonl:1: {complaint}" in str(error.value)

"""Files in which anything stands where something else should: a task, or one line that says what is wrong."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.errors import HarnessError
from harness.importers import read

CHAT = [{"role": "user", "content": "x"}]
ODD: tuple[Any, ...] = (
    *(None, "", 0, -1, 1.5, True, [], {}, [None], [[]], {"a": None}, float("nan"), 10**400, CHAT, CHAT[0]),
    *(
        "A",
        "(A)",
        "#### 5",
        r"\boxed{",
        "[1,2]",
        "{{x}}",
        "{{",
        "file://x.txt",
        "é\0x",
        "x" * 3000,
        "contains: x",
    ),
)
ITEMS: dict[str, Any] = {
    "gsm8k": [{"question": "q", "answer": "#### 5", "id": "a"}] * 2,
    "math": [{"problem": "p", "solution": r"\boxed{x^2}", "level": "Level 3", "type": "Algebra"}] * 2,
    "bbh": {"examples": [{"input": "q\n(A) x\n(B) y", "target": "(A)"}]},
    "labels": [{"text": "t", "label": "a", "split": "test"}, {"text": "u", "label": "b", "split": "test"}],
    "inspect": [{"input": CHAT, "target": "A", "choices": ["x", "y"], "metadata": {"category": "c"}}] * 2,
}
CONFIGURATIONS: dict[str, Any] = {
    "lm-eval": {
        "task": "t", "dataset_path": "json", "dataset_kwargs": {"data_files": {"test": "d.jsonl"}},
        "test_split": "test", "output_type": "generate_until", "doc_to_text": "q", "doc_to_target": "a",
        "metric_list": [{"metric": "exact_match", "regexes_to_ignore": [","]}],
        "filter_list": [{"filter": [{"function": "regex", "regex_pattern": "(.*)"}]}], "num_fewshot": 1,
        "fewshot_config": {"sampler": "first_n", "samples": [{"q": "1", "a": "2"}]},
        "generation_kwargs": {"until": ["x"]}, "description": "d", "target_delimiter": " ",
    },
    "promptfoo": {
        "prompts": ["a"], "defaultTest": {"assert": []}, "assertionTemplates": {"a": {"type": "is-json"}},
        "tests": [{
            "vars": {"x": "1"}, "assert": [{"type": "contains", "value": "x", "weight": 1}], "threshold": 0.5,
            "options": {"prefix": "p"}, "description": "d",
        }],
        "scenarios": [{"config": [{"vars": {"x": 1}}], "tests": [{"vars": {"y": 2}}]}],
    },
}  # fmt: skip


def changed(value: Any, rng: random.Random) -> Any:
    """The value with some of its parts replaced or left out."""
    if rng.random() < 0.08:
        return rng.choice(ODD)
    if isinstance(value, dict):
        return {key: changed(inner, rng) for key, inner in value.items() if rng.random() > 0.05}
    return [changed(inner, rng) for inner in value] if isinstance(value, list) else value


def tried(name: str, path: Path) -> bool:
    """Whether the file is imported; a refusal must be one line that names it."""
    try:
        json.dumps(read(name, path).tasks)
    except HarnessError as error:
        assert "\n" not in str(error)
        assert path.parent.name in str(error)
        return False
    return True


@pytest.mark.parametrize("name", ITEMS)
def test_items_of_any_shape(tmp_path: Path, name: str) -> None:
    rng, outcomes = random.Random(name), set()
    for _ in range(60):
        (tmp_path / "f.json").write_text(json.dumps(changed(ITEMS[name], rng)))
        outcomes.add(tried(name, tmp_path / "f.json"))
    assert outcomes == {True, False}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configurations_of_any_shape(tmp_path: Path, name: str) -> None:
    (tmp_path / "d.jsonl").write_text('{"q": "a", "a": "b"}\n{"q": "c", "a": ["d"]}\n')
    rng = random.Random(name)
    for _ in range(25):
        (tmp_path / "f.yaml").write_text(yaml.safe_dump(changed(CONFIGURATIONS[name], rng)))
        tried(name, tmp_path / "f.yaml")

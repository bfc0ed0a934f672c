"""models.yaml, suites and rules files, damaged."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from harness.exporters import EXPORTERS, export
from harness.graders import build_grader
from harness.jsontext import parse
from harness.models.config import load_config
from harness.records import Suite
from harness.routing.router import Router
from harness.rules.file import load_rules, to_yaml
from harness.suites import load_suite
from harness.suites.matrix import work_items
from harness.yamltext import yaml_text
from scripts.fuzz.holding import file_with, one_line_at_most
from tests import strategies
from tests.exporters.sample import rule_set

MODELS = {
    "models": [
        {
            "id": "a",
            "engine": "openai",
            "provider": "mine",
            "base_url": "http://127.0.0.1:1/v1",
            "model": "x",
            "api_key_env": "KEY",
            "tags": ["big"],
            "price": {"input": 1.5, "output": 2},
            "params": {"temperature": 0.2},
            "limits": {"rpm": 5, "concurrency": 2},
        },
        {"id": "b", "engine": "llama_cpp", "path": "b.gguf", "quantization": "Q8_0", "context": 512},
        {"id": "c", "engine": "scripted", "answers": "answers.jsonl"},
    ],
    "groups": {"all-of-them": ["a", "b"]},
    "matrix": {
        "exclude": [{"models": "a", "suites": "math", "reason": "slow"}],
        "include": [{"models": "all"}],
    },
    "budgets": {"mine": 2.5},
}
SUITE = {
    "name": "small",
    "version": "1.0.0",
    "category": "code",
    "language": "en",
    "description": "d",
    "licence": "MIT",
    "season": 1,
    "tags": ["t"],
    "defaults": {"role": "coder", "max_tokens": 16},
}
ONE = {
    "id": "one",
    "prompt": "{x}?",
    "vars": {"x": 1},
    "grader": {"numeric": {"tolerance": 0.1}},
    "reference": "4",
    "wrong": ["5"],
    "stop": ["x"],
    "time_limit": 2,
}
TASKS = {
    "defaults": {"difficulty": "beginner"},
    "tasks": [
        ONE,
        {
            "id": "two",
            "messages": [{"role": "user", "content": "?"}],
            "grader": {"label": {"labels": ["a", "b"]}},
            "reference": "a",
            "wrong": ["b"],
            "images": ["a.png"],
        },
        {
            "id": "sum",
            "prompt": "{a}",
            "grader": "exact",
            "generator": {
                "seed": 1,
                "count": 3,
                "parameters": {"a": {"range": [1, 9]}, "b": {"choice": [1, 2]}},
                "where": "a != b",
                "derive": {"c": "a * b"},
                "answer": "a + c",
                "wrong": ["a - c"],
            },
        },
        {
            "id": "code",
            "prompt": "f",
            "reference": "def f(x): return x",
            "wrong": ["x"],
            "grader": {
                "python": {
                    "signature": "def f(x: int) -> int",
                    "cases": [{"args": [1], "returns": 1}],
                    "tolerance": 0.1,
                }
            },
        },
    ],
}


def yaml_of(value: Any) -> st.SearchStrategy[bytes]:
    """The file of a value as YAML, of which parts, text or bytes are damaged."""
    right = yaml_text(value)
    texts = strategies.damaged(value).map(_yaml) | strategies.damaged_text(right)
    return texts.map(strategies.as_bytes) | strategies.damaged_bytes(right.encode())


def _yaml(value: Any) -> str:
    return yaml_text(parse(json.dumps(value, default=str)))


@cache
def _math() -> Suite:
    return load_suite(Path(__file__).parents[2] / "suites" / "math")


def check_models(data: bytes) -> None:
    """models.yaml → models, and the pairs of a matrix."""
    with file_with(data, "models.yaml") as path, one_line_at_most():
        config = load_config(path)
        chosen = config.choose_models("all")
        list(work_items(config, chosen, [_math()], limit=2))


def check_suite(files: tuple[bytes, bytes, bytes]) -> None:
    """A suite's folder → tasks and their graders."""
    head, tasks, lines = files
    with tempfile.TemporaryDirectory(prefix="harness-fuzz-") as folder:
        suite = Path(folder) / "small"
        suite.mkdir()
        for name, data in (
            ("suite.yaml", head),
            ("tasks.yaml", tasks),
            ("more.jsonl", lines),
            ("a.png", b""),
        ):
            (suite / name).write_bytes(data)
        with one_line_at_most():
            for each in load_suite(suite).tasks:
                build_grader(each)


def check_rules(data: bytes) -> None:
    """A rules file → every format of other tools, and a choice."""
    with file_with(data, "rules.yaml") as path, one_line_at_most():
        rules = load_rules(path)
        for name in EXPORTERS:
            for text in export(rules, name).files.values():
                text.encode()
        for rule in rules.rules:
            with one_line_at_most():
                Router(rules).select_model(rule.task_type)


SUITES = st.tuples(
    st.just(yaml_text(SUITE).encode()) | yaml_of(SUITE),
    yaml_of(TASKS) | st.just(yaml_text(TASKS).encode()),
    st.just(b"") | strategies.file_of({**ONE, "id": "three"}),
)
RULES = yaml_of(yaml.safe_load(to_yaml(rule_set())))

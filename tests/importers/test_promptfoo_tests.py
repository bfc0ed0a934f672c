"""Tests of promptfoo: what becomes of configurations, and what is skipped or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers import read
from harness.importers.base import ImportedSuite
from tests.importers.conftest import ProveTexts

FULL = """\
description: Letters
prompts:
  - "Write to {{name}} in {{language}}.{{ more }}"
  - file://prompts.txt
  - {id: "file://chat.json", label: chat}
providers: [openai:gpt-4o-mini]
defaultTest:
  vars: {more: " Be brief."}
  assert: [{$ref: "#/assertionTemplates/polite"}]
assertionTemplates:
  polite: {type: not-icontains, value: idiot}
tests:
  - description: Greets
    vars: {name: [Ana, Bo], language: English}
    assert:
      - {type: contains, value: "{{name}}"}
      - {type: regex, value: "^(Dear|Hello) [A-Z]", weight: 2}
      - {type: word-count, value: {min: 5}}
  - vars: {name: "Cy {{language}}", language: French, more: file://more.txt}
    assert:
      - {type: is-json, value: file://schema.json}
      - {type: contains-any, value: [oui, non]}
    threshold: 0.5
  - file://cells.csv
"""
FILES = {
    "prompts.txt": "First {{name}}\\n---\\nSecond {{name}}: {{ (raw | default('{}') | load) }}\\n",
    "chat.json": '[{"role": "system", "content": "You write."}, {"role": "user", "content": "To {{name}}."}]',
    "more.txt": "\\nMore.\\n",
    "schema.json": '{"type": "object", "required": ["a"], "properties": {"b": {"minimum": 3}}}',
    "cells.csv": (
        "name,__expected,__expected2,__description\\nDi,icontains-all: x,contains: y\\n"
        'Ed,"javascript: output.length > 3",,\\nFy,Just: this,,Plain\\n'
    ),
}


def config(folder: Path, text: str) -> ImportedSuite:
    for name, content in FILES.items():
        (folder / name).write_text(content.replace("\\n", "\n"))
    (folder / "promptfooconfig.yaml").write_text(text)
    return read("promptfoo", folder / "promptfooconfig.yaml")


def test_a_configuration_of_many_parts(tmp_path: Path, prove_texts: ProveTexts) -> None:
    imported = config(tmp_path, FULL)
    by_id: dict[str, Any] = {task["id"]: task for task in imported.tasks}
    assert len(by_id) == 4 * (2 + 1 + 3)
    first, second = by_id["greets-0001"], by_id["greets-0002"]
    assert first["prompt"] == "Write to Ana in English. Be brief."
    assert second["prompt"].strip() == "First Ana"
    assert by_id["greets-0005"]["prompt"] == "Write to Bo in English. Be brief."
    kinds = [assertion["type"] for assertion in first["grader"]["assertions"]["all"]]
    assert kinds == ["not-icontains", "contains", "regex", "word-count"]
    assert by_id["greets-0004"]["messages"][1] == {"role": "user", "content": "To Ana."}
    letter = by_id["test-0001"]
    assert letter["prompt"] == "Write to Cy French in French.More."
    assert letter["grader"]["assertions"]["threshold"] == 0.5
    skipped = {task["skip"] for task in imported.tasks if "skip" in task}
    assert skipped == {"the assertion javascript runs code, which is not imported"}
    assert by_id["plain-0001"]["grader"]["assertions"]["all"][1] == {"type": "equals", "value": "Just: this"}
    assert prove_texts(imported) == {}


def one(folder: Path, assertion: str, more: str = "") -> Any:
    text = f"prompts: ['Say {{{{x}}}}']\ntests: [{{vars: {{x: 1}}, assert: [{assertion}]{more}}}]\n"
    return config(folder, text).tasks[0]


@pytest.mark.parametrize(
    ("assertion", "reason"),
    [
        ("{type: python, value: 'True'}", "the assertion python runs code, which is not imported"),
        (
            "{type: contains, value: a, transform: 'output.x'}",
            "the assertion contains runs code, which is not imported",
        ),
        (
            "{type: contains, value: 'file://check.js'}",
            "the assertion javascript runs code, which is not imported",
        ),
        (
            "{type: not-llm-rubric, value: polite}",
            "the assertion llm-rubric asks a model, which is not imported",
        ),
        ("{type: similar, value: x}", "the assertion similar asks a model, which is not imported"),
        (
            "{type: latency, threshold: 5}",
            "the assertion latency is about the provider, not about the answer",
        ),
        ("{type: is-sql}", "the assertion is-sql is not known here"),
        (
            "{type: assert-set, assert: [{type: python}]}",
            "the assertion python runs code, which is not imported",
        ),
        ("", "the test asserts nothing"),
    ],
)
def test_what_no_program_decides_is_skipped(tmp_path: Path, assertion: str, reason: str) -> None:
    assert one(tmp_path, assertion)["skip"] == reason
    code = one(tmp_path, "{type: contains, value: a}", ", options: {transform: 'output.trim()'}")
    assert code["skip"] == "the option 'transform' runs code, which is not imported"


@pytest.mark.parametrize(
    "assertion",
    [
        "{type: not-contains, value: sorry}",
        "{type: not-regex, value: '[0-9]+'}",
        "{type: not-is-json}",
        "{type: is-json, value: {properties: {a: {enum: [x]}, b: {type: array, items: {type: integer}}}}}",
        "{type: is-json, value: {required: [d], properties: {d: {type: string, pattern: '^[A-Z]{3}$'}}}}",
        "{type: contains-json}, {type: contains, value: x}",
        "{type: starts-with, value: Dear}, {type: contains-all, value: 'a, b'}, {type: word-count, value: 9}",
        "{type: assert-set, threshold: 0.5, assert: [{type: contains, value: a}, {type: equals, value: b}]}",
    ],
)
def test_answers_are_made_of_assertions(tmp_path: Path, prove_texts: ProveTexts, assertion: str) -> None:
    one(tmp_path, assertion)
    imported = read("promptfoo", tmp_path / "promptfooconfig.yaml")
    assert "skip" not in imported.tasks[0]
    assert prove_texts(imported) == {}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("prompts: [a]", r"yaml:1: 'tests' is missing; there are prompts"),
        ("tests: [{vars: {x: 1}}]", r"'prompts' is missing"),
        (
            "prompts: ['file://p.py']\ntests: [{vars: {x: 1}}]",
            r"yaml:1: 'p\.py' is a program, which is not imported",
        ),
        ("prompts: ['file://../../etc/passwd']\ntests: [{}]", r"yaml:1: .*leads out of the folder"),
        ("prompts: [a]\ntests: 'https://docs.google.com/x'", r"yaml:2: 'https://docs.*' is elsewhere"),
        ("prompts: [a]\ntests: ['file://t.js']", r"yaml:2: 't\.js' is a program"),
        ("prompts: ['{{a']\ntests: [{vars: {x: 1}}]", r"yaml:2: '\{\{a': TemplateSyntaxError"),
        ("prompts: ['{{x}}']\ntests: [{vars: {x: ''}}]", r"yaml:2: a prompt is empty"),
        ("prompts: [a]\ntests: [3]", r"yaml:2: a test must be a mapping, or a file"),
        ("prompts: [a]\nnunjucksFilters: {f: f.js}\ntests: [{}]", r"'nunjucksFilters' runs code"),
        (
            "prompts: [a]\ntests: [{assert: [{$ref: '#/assertionTemplates/x'}]}]",
            r"'assertionTemplates' has no 'x'",
        ),
        (
            "prompts: [a]\ntests: [{vars: {x: &a [1, 2, 3, 4, 5, 6, 7], y: *a, z: *a, w: *a, v: *a}}]",
            r"10,000 tests",
        ),
        ("- a", r"'prompts' is missing"),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint) as error:
        config(tmp_path, text)
    assert "\n" not in str(error.value)


def test_scenarios_are_crossed_with_their_tests(tmp_path: Path) -> None:
    text = (
        "prompts: ['{{x}} {{y}}']\nscenarios:\n  - config: [{vars: {x: a}}, {vars: {x: b}}]\n"
        "    tests: [{vars: {y: c}, assert: [{type: contains, value: '{{x}}'}]}]\n"
    )
    assert [task["prompt"] for task in config(tmp_path, text).tasks] == ["a c", "b c"]

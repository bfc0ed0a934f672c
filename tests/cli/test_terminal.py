"""Whatever a name, a reason or an error holds, no command lets it reach the terminal as more than signs."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from harness.exporters import EXPORTERS
from harness.jsontext import dump
from harness.rules.file import load_rules
from harness.yamltext import yaml_text
from tests.cli.conftest import Harness
from tests.rows import answers, write

CLI = Path(__file__).parents[2] / "harness" / "cli"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = (
    "\x1b[31m \x1b]8;;http://evil\x1b\\x \x9b31m \x07 \b\b over\rwritten \u202egnp.exe \u2066hidden \x7f "
    "[link=http://evil]x[/link] [/] [bold :smile: two\nlines"
)


def harmless(text: str) -> str:
    assert (found := OBEYED.search(text)) is None, (found, text[:2000])
    return text


def test_no_command_obeys_a_name_in_results(harness: Harness, tmp_path: Path) -> None:
    name = HOSTILE
    given = {"suite": f"s{name}", "category": name, "difficulty": name, "role": name, "language": name}
    rows = answers(f"m{name}", "1" * 30 + "0" * 10, task_type=f"t{name}", provider=name, family=name, **given)
    rows += answers("plain", "1" * 10 + "0" * 30, task_type=f"t{name}", error=name, output=name, **given)
    write(tmp_path / "results", rows)
    sql = "select model, suite, category, output from results order by model limit 3"
    commands = [
        *([["query", sql, "--format", form] for form in ("table", "csv", "json", "md")]),
        *([["standings", "--by", by] for by in ("suite", "category", "language")]),
        ["compare", "latest", "latest"],
        ["rules", "build", "-o", "rules.yaml"],
        ["rules", "build", "-o", "rules.yaml"],
        ["rules", "check", "rules.yaml"],
        ["rules", "evaluate"],
        ["route", "--rules", "rules.yaml", "--task-type", f"t{name}"],
        ["route", "--rules", "rules.yaml", "--task-type", f"t{name}", "--json"],
        ["route", "--rules", "rules.yaml", "--task-type", f"u{name}"],
        *([["rules", "export", "--rules", "rules.yaml", "--to", to] for to in EXPORTERS]),
    ]
    for command in commands:
        done = harness(*command)
        assert done.code in (0, 1, 2), (command, done.err)
        harmless(done.out)
        harmless(done.err)
    rows_of = json.loads(harness("query", sql, "--format", "json").out)
    assert rows_of[0]["model"] == f"m{name}"  # what a program reads is not changed
    assert f"m{name}" in [model.id for model in load_rules(tmp_path / "rules.yaml").models]


@pytest.mark.usefixtures("own_suites_only")
def test_no_command_obeys_a_name_in_a_file(harness: Harness, tmp_path: Path) -> None:
    name = HOSTILE
    model = {
        "id": f"m{name}",
        "engine": "scripted",
        "answers": f"none{name}",
        "tags": [name],
        "provider": name,
    }
    (tmp_path / "models.yaml").write_text(yaml_text({"models": [model], "groups": {name: [f"m{name}"]}}))
    suite = {"version": name, "category": name, "language": name, "description": name, "licence": name}
    task = {
        "id": "one",
        "prompt": name,
        "grader": {"exact": {}},
        "reference": "r" + name,
        "wrong": [f"w{name}"],
    }
    folder = tmp_path / "suites" / "small"
    folder.mkdir(parents=True)
    (folder / "suite.yaml").write_text(yaml_text({"name": "small", **suite}))
    (folder / "tasks.yaml").write_text(yaml_text([{**task, "skip": name}, {**task, "id": "two"}]))
    for command in (
        ["models", "list"], ["models", "check"], ["models", "check", f"x{name}"], ["doctor"],
        ["suites", "list"], ["suites", "show", "small"], ["suites", "check", "small"],
        ["suites", "check", name],
        ["run", "--suite", "small", "--models", "all", "--dry-run"],
        ["run", "--suite", "small", "--models", "all"], ["run", "--suite", "small", "--models", name],
    ):  # fmt: skip
        done = harness(*command)
        assert done.code in (0, 1, 2), (command, done.err)
        harmless(done.out)
        harmless(done.err)


def test_nothing_prints_past_the_one_way_out() -> None:
    for path in sorted(CLI.rglob("*.py")):
        if path.name == "terminal.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (called := ast.unparse(node.func)) in (
                *("print", "click.echo", "click.secho", "click.style", "Console", "sys.stdout.write"),
            ):
                assert (path.name, called, node.args) == ("main.py", "click.echo", []), (path, called)


def test_json_hides_nothing_and_loses_nothing() -> None:
    value = {"a": "\x1b\x9b\u202e\ufeff\u2028\x7fé😀\n", "b": [1, None]}
    text = dump(value)
    assert json.loads(text) == value
    assert "é😀" in text
    assert all(line.isprintable() for line in text.split("\n"))

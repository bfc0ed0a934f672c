"""``harness regrade``: the verdicts that changed, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.resultrow import ResultRow
from harness.results.store import RunWriter
from harness.suites import load_suite
from tests.cli.conftest import Harness
from tests.runner.test_pipeline import config_of, take

TASKS = 25
HEAD = "name: turned\nversion: 1.0.0\ncategory: math\nlanguage: en\ndescription: x\nlicence: MIT\n"


def suite_of(folder: Path, options: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "suite.yaml").write_text(HEAD)
    lines = (
        f"- {{id: t{n:02}, prompt: 'say {n}', grader: {{exact: {options}}}, reference: Yes, wrong: [no]}}\n"
        for n in range(TASKS)
    )
    (folder / "tasks.yaml").write_text("".join(lines))


@pytest.fixture
def measured(tmp_path: Path, harness: Harness) -> list[ResultRow]:
    """A run whose answers differ from the references in their case."""
    suite_of(tmp_path / "suites" / "turned", "{}")
    lines = (json.dumps({"task_id": f"t{n:02}", "output": "yes"}) + "\n" for n in range(TASKS))
    (tmp_path / "a.jsonl").write_text("".join(lines))
    config = config_of(tmp_path, "models: [{id: m, engine: scripted, answers: a.jsonl}]")
    rows, _ = take(config, load_suite(tmp_path / "suites" / "turned"), "m")
    with RunWriter(tmp_path / "results", "run") as writer:
        for row in rows:
            writer.append(row)
    return rows


def test_verdicts_that_turned_are_listed_and_the_rest_counted(
    measured: list[ResultRow], harness: Harness, tmp_path: Path
) -> None:
    assert len(measured) == TASKS
    suite_of(tmp_path / "suites" / "turned", "{ignore_case: true}")
    done = harness("regrade", "--suite", "turned")
    lines = done.out.splitlines()
    assert lines[0] == f"run: {TASKS} rows changed"
    assert lines[1] == f"verdicts changed: {TASKS} fail → pass"
    assert lines[2] == "m  turned/t00: fail → pass"
    assert lines[-1] == f"and {TASKS - 20} more; --json lists all"
    assert len(lines) == 23
    assert harness("regrade", "--suite", "turned").out == "run: 0 rows changed\n"
    suite_of(tmp_path / "suites" / "turned", "{}")
    turned = json.loads(harness("regrade", "--suite", "turned", "--json").out)
    assert turned["rows_changed"] == {"run": TASKS}
    assert len(turned["turned"]) == TASKS
    assert {(flip["before"], flip["after"]) for flip in turned["turned"]} == {("pass", "fail")}
    assert turned["turned"][0]["reason"].startswith("wrong_answer")

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.errors import ResultsError
from harness.resultrow import ResultRow
from harness.results.database import connect
from harness.results.rewriting import rewrite
from harness.results.store import RunWriter
from harness.runner.recompute import VerdictChange, linting, noting, regrading, repricing
from harness.sandbox import open_sandbox
from harness.suites import load_suite
from tests.conftest import WriteSuite
from tests.runner.test_pipeline import config_of, take

SUITE = "[{id: a, prompt: p, grader: {exact: {}}, reference: Yes, wrong: [no]}]"
LENIENT = "[{id: a, prompt: p, grader: {exact: {ignore_case: true}}, reference: Yes, wrong: [no]}]"


def stored(tmp_path: Path) -> list[ResultRow]:
    with connect(tmp_path / "results") as con:
        return [ResultRow(*values) for values in con.execute("FROM results ORDER BY model").fetchall()]


def measure(tmp_path: Path, write_suite: WriteSuite) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"task_id": "a", "output": "yes", "latency_s": 2, "prompt_tokens": 10}\n'
    )
    config = config_of(tmp_path, "models: [{id: m, engine: scripted, answers: a.jsonl}]")
    rows, _ = take(config, load_suite(write_suite(SUITE)), "m,nop")
    with RunWriter(tmp_path / "results", "run") as writer:
        for row in rows:
            writer.append(row)


def test_a_changed_grader_changes_verdicts_and_nothing_else(tmp_path: Path, write_suite: WriteSuite) -> None:
    measure(tmp_path, write_suite)
    before = stored(tmp_path)
    assert [row.passed for row in before] == [False, False]
    suite = load_suite(write_suite(LENIENT))
    change = regrading({(suite.name, task.id): task for task in suite.tasks}, None)
    assert rewrite(tmp_path / "results", "run", change) == 2  # both rows: the task's digest is another one
    after = stored(tmp_path)
    assert [row.passed for row in after] == [True, False]
    assert [(row.output, row.latency_s, row.sample_id) for row in after] == [
        (row.output, row.latency_s, row.sample_id) for row in before
    ]
    assert rewrite(tmp_path / "results", "run", change) == 0


def test_verdicts_that_turn_are_noted(tmp_path: Path, write_suite: WriteSuite) -> None:
    measure(tmp_path, write_suite)
    for text, before, after in ((LENIENT, "fail", "pass"), (SUITE, "pass", "fail")):
        suite, flips = load_suite(write_suite(text)), list[VerdictChange]()
        change = noting(regrading({(suite.name, task.id): task for task in suite.tasks}, None), flips)
        assert rewrite(tmp_path / "results", "run", change) == 2
        assert [(flip.model, flip.task_id, flip.before, flip.after) for flip in flips] == [
            ("m", "a", before, after)
        ]
        assert (flips[0].reason is None) is (after == "pass")


def test_answers_to_another_question_are_left_alone(tmp_path: Path, write_suite: WriteSuite) -> None:
    measure(tmp_path, write_suite)
    suite = load_suite(write_suite(LENIENT.replace("prompt: p", "prompt: q")))
    change = regrading({(suite.name, task.id): task for task in suite.tasks}, None)
    assert rewrite(tmp_path / "results", "run", change) == 0


def test_a_new_price_reaches_rows_that_are_there(tmp_path: Path, write_suite: WriteSuite) -> None:
    measure(tmp_path, write_suite)
    assert [row.cost_usd for row in stored(tmp_path)] == [None, None]
    text = (
        "models: [{id: m, engine: scripted, answers: a.jsonl,"
        " price: {watts: 1800, usd_per_kwh: 1.0, date: '2026-11-01'}}]"
    )
    assert rewrite(tmp_path / "results", "run", repricing(config_of(tmp_path, text).models)) == 1
    row = stored(tmp_path)[0]
    assert (row.cost_usd, row.price_source, row.price_date) == (0.001, "models.yaml: machine", "2026-11-01")


def test_a_run_that_is_being_written_is_not_touched(tmp_path: Path, write_suite: WriteSuite) -> None:
    measure(tmp_path, write_suite)
    with RunWriter(tmp_path / "results", "run"), pytest.raises(ResultsError, match="being written"):
        rewrite(tmp_path / "results", "run", lambda rows: rows)


CODE = """\
- {id: a, prompt: "Write same(x).", reference: "def same(x: int) -> int:\\n    return x", wrong: [pass],
   grader: {python: {signature: "def same(x: int) -> int", cases: [{args: [1], returns: 1}]}}}
"""


def test_lint_joins_the_metrics_of_what_compiles_and_outlives_a_new_verdict(
    tmp_path: Path, write_suite: WriteSuite
) -> None:
    sandbox = open_sandbox("none")
    suite = load_suite(write_suite(CODE))
    answer = json.dumps({"task_id": "a", "output": "import os\n\n\ndef same(x):\n    return x"})
    (tmp_path / "a.jsonl").write_text(answer)
    config = config_of(tmp_path, "models: [{id: m, engine: scripted, answers: a.jsonl}]")
    rows, _ = take(config, suite, "m,nop", sandbox=sandbox)
    tasks = {(suite.name, task.id): task for task in suite.tasks}
    linted = linting(tasks, sandbox, pytest.fail)(rows)
    assert linted[1] == rows[1]  # nop gave no program
    after = regrading(tasks, sandbox)(linted)
    assert [json.loads(row.metrics).get("lint") for row in after] == [
        {"warnings": 1, "rules": {"F401": 1}},
        None,
    ]
    assert after[0].passed

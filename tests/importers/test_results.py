"""Files as the tools write them, cut to the keys that matter (and some that do not)."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers.results import RESULTS, guess, read_results
from harness.importers.results.base import ImportedSample
from harness.records import Task
from harness.results.database import connect
from harness.runner.imported import import_run
from harness.suites import load_suite
from tests.conftest import TEN_SUMS, WriteSuite

INSPECT: dict[str, Any] = {
    "version": 2,
    "status": "success",
    "eval": {"task": "inspect_evals/capitals", "model": "openai/gpt-4o-mini", "created": "2026-11-01"},
    "samples": [
        {
            "id": "fr",
            "epoch": 2,
            "input": [{"role": "user", "content": "Capital of France?"}],
            "target": "Paris",
            "output": {
                "choices": [
                    {
                        "message": {"content": [{"type": "reasoning"}, {"type": "text", "text": "Paris"}]},
                        "stop_reason": "stop",
                    }
                ],
                "usage": {"input_tokens": 9, "output_tokens": 2, "input_tokens_cache_read": 4},
                "time": 0.7,
            },
            "scores": {"match": {"value": "C"}, "other": {"value": 0.2}},
        },
        {"id": 7, "epoch": 1, "input": "Capital of Spain?", "scores": {"match": {"value": "I"}}},
        {"id": 8, "epoch": 1, "input": "?", "error": {"message": "time limit"}, "scores": {}},
    ],
}

PROMPTFOO: dict[str, Any] = {
    "evalId": "eval-1",
    "config": {"description": "greetings"},
    "results": {
        "version": 3,
        "timestamp": "2026-11-01T10:00:00Z",
        "results": [
            {
                "promptIdx": 0,
                "testIdx": 0,
                "success": True,
                "score": 1,
                "latencyMs": 1200,
                "cost": 0.002,
                "provider": {"id": "openai:gpt-4o-mini", "label": ""},
                "prompt": {"raw": "Say hello"},
                "response": {"output": "hello", "tokenUsage": {"prompt": 5, "completion": 1, "total": 6}},
                "failureReason": 0,
            },
            {
                "promptIdx": 0,
                "testIdx": 0,
                "success": False,
                "score": 0.5,
                "latencyMs": 3,
                "cost": 0,
                "provider": {"id": "openai:gpt-4o-mini"},
                "prompt": {"raw": "Say hello"},
                "response": {"output": {"greeting": "bye"}, "cached": True},
                "failureReason": 1,
            },
            {"promptIdx": 0, "testIdx": 1, "provider": {"id": "x"}, "error": "401", "failureReason": 2},
        ],
    },
}

LM_EVAL = [
    {"doc_id": 0, "filter": "strict", "metrics": ["exact_match"], "exact_match": 1.0, "resps": [["#### 4"]]},
    {"doc_id": 0, "filter": "flexible", "metrics": ["exact_match"], "exact_match": 0.0, "resps": [["4"]]},
    {"doc_id": 1, "acc": 0.0, "resps": [[[-1.5, False]], [[-0.5, True]]], "prompt_hash": "h"},
]


def write_all(folder: Path) -> dict[str, Path]:
    samples = folder / "org__model" / "samples_gsm8k_cot_2026-11-01T10-00-00.123456.jsonl"
    samples.parent.mkdir(parents=True)
    samples.write_text("".join(json.dumps(line) + "\n" for line in LM_EVAL))
    (folder / "log.json").write_text(json.dumps(INSPECT))
    (folder / "output.json").write_text(json.dumps(PROMPTFOO))
    (folder / "table.csv").write_text(
        'suite,task_id,model,passed,latency_s,output\nmine,a,m,yes,1.5,"x,\ny"\nmine,b,m,no,,\n'
    )
    (folder / "board.csv").write_text("model,suite,score,n\nm,mine,0.5,40\n")
    return {
        "inspect": folder / "log.json",
        "lm-eval": samples,
        "promptfoo": folder / "output.json",
        "csv": folder / "table.csv",
        "totals": folder / "board.csv",
    }


def test_every_format_is_recognised_by_its_file(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    assert {name: guess(path) for name, path in files.items()} == {name: name for name in RESULTS}
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(ConfigError, match=r"other\.json: not recognised; say --format inspect\|lm-eval"):
        guess(tmp_path / "other.json")


def test_inspect_log_as_json_and_as_eval_file(tmp_path: Path) -> None:
    first, second, third = read_results(write_all(tmp_path)["inspect"])
    assert (first.suite, first.task_id, first.model, first.repeat) == (
        "capitals",
        "fr",
        "openai/gpt-4o-mini",
        1,
    )
    assert (first.passed, first.score, first.grader, first.output) == (True, 1.0, "match", "Paris")
    assert (first.prompt_tokens, first.completion_tokens, first.cached_tokens) == (9, 2, 4)
    assert first.latency_s == 0.7
    assert (second.task_id, second.passed, second.output) == ("7", False, None)
    assert (third.error, third.passed) == ("time limit", None)
    packed = tmp_path / "log.eval"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("header.json", json.dumps({**INSPECT, "samples": None}))
        for number, sample in enumerate(INSPECT["samples"]):
            archive.writestr(f"samples/{number}_epoch_1.json", json.dumps(sample))
    assert list(read_results(packed)) == [first, second, third]


def test_lm_eval_samples_take_names_from_the_path_and_the_first_filter(tmp_path: Path) -> None:
    first, second = read_results(write_all(tmp_path)["lm-eval"])
    assert (first.suite, first.model, first.task_id) == ("gsm8k_cot", "org/model", "0")
    assert (first.passed, first.grader, first.output) == (True, "exact_match", "#### 4")
    assert (second.passed, second.grader, second.output) == (False, "acc", None)


def test_promptfoo_output(tmp_path: Path) -> None:
    first, again, failed = read_results(write_all(tmp_path)["promptfoo"])
    assert (first.suite, first.model) == ("greetings", "openai/gpt-4o-mini")
    assert first.task_id == again.task_id == failed.task_id, "they ask the same"
    assert (first.passed, first.latency_s, first.cost_usd, first.prompt_tokens) == (True, 1.2, 0.002, 5)
    assert (first.repeat, again.repeat, again.passed, again.score) == (0, 1, False, 0.5)
    assert (again.latency_s, again.cost_usd) == (None, None), "the cache's time, and a cost it does not know"
    assert again.output == '{"greeting": "bye"}'
    assert (failed.error, failed.passed, failed.score) == ("401", None, None)


def test_a_table(tmp_path: Path) -> None:
    first, second = read_results(write_all(tmp_path)["csv"])
    assert (first.passed, first.score, first.latency_s, first.output) == (True, 1.0, 1.5, "x,\ny")
    assert (second.passed, second.score, second.latency_s) == (False, 0.0, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("suite,task_id,modle,passed\n", r"t\.csv:1: unknown column 'modle'; did you mean model"),
        ("suite,task_id,model\n", r"t\.csv:1: there must be a column 'passed' or 'score'"),
        (
            "suite,task_id,model,score\na,b,c,7\n",
            r"t\.csv:2: 'score': the score 7 is more than 1; say what full marks are: --scale 10",
        ),
        ("suite,task_id,model,score\na,b,c,nan\n", r"t\.csv:2: 'score' must be a number, not 'nan'"),
        ("suite,task_id,model,passed\na,,c,yes\n", r"t\.csv:2: 'task_id' is empty"),
        ("suite,task_id,model,passed\na,b,c,maybe\n", r"t\.csv:2: 'passed' must be true or false"),
    ],
)
def test_a_wrong_table_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(ConfigError, match=words):
        list(read_results(tmp_path / "t.csv"))


def test_rows_say_where_they_come_from_and_count_in_no_speed(tmp_path: Path) -> None:
    samples = list(read_results(write_all(tmp_path)["promptfoo"]))
    _, count = import_run(samples, tmp_path / "results", "imported from output.json", {})
    assert count == 3
    with connect(tmp_path / "results") as con:
        rows = con.execute(
            "SELECT status, passed, engine, timing, host, cost_usd, price_source, error "
            "FROM results ORDER BY ALL"
        ).fetchall()
    host = "imported from output.json"
    assert rows == [
        ("error", None, "imported", "replayed", host, None, None, "401"),
        ("ok", False, "imported", "replayed", host, None, None, None),
        ("ok", True, "imported", "replayed", host, 0.002, "imported", None),
    ]


def test_a_sample_of_a_suite_of_ours_is_filed_under_our_task(tmp_path: Path, write_suite: WriteSuite) -> None:
    suite = load_suite(write_suite(TEN_SUMS))
    ours: dict[tuple[str, str], Task] = {("small", task.id): task for task in suite.tasks}
    task = suite.tasks[0]
    sample = ImportedSample("small", task.id, "theirs", passed=True)
    import_run([sample], tmp_path / "results", "table", ours, "renamed")
    with connect(tmp_path / "results") as con:
        row = con.execute("SELECT model, task_sha256, category, task_type, score FROM results").fetchone()
    assert row == ("renamed", task.sha256, task.category, "math", 1.0)

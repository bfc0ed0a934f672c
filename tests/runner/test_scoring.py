"""Labels compared by their likelihood: where that is possible, what the row says, what stays of it."""

from __future__ import annotations

import json
from pathlib import Path

from harness.runner.recompute import regrading
from harness.suites import load_suite
from tests.conftest import WriteSuite
from tests.runner.test_pipeline import config_of, take

SUITE = """
defaults:
  grader: {label: {labels: [negative, neutral, positive], scoring: loglik}}
  prompt: |-
    Classify the sentiment of the text. Answer with one label only.
    Labels: negative, neutral, positive
    Text: {text}
    Label:
tasks:
  - {id: bad, vars: {text: "The soup was cold and awful."}, reference: negative, wrong: [positive]}
  - {id: good, vars: {text: "What a wonderful evening, I loved it."}, reference: positive, wrong: [negative]}
"""


def test_the_likeliest_label_is_the_answer(tmp_path: Path, write_suite: WriteSuite) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"task_id": "bad", "output": "negative"}\n{"task_id": "good", "output": "bad"}\n'
    )
    local = "{id: local, engine: llama_cpp, path: 'builtin:demo-s.gguf', params: {n_ctx: 512}}"
    config = config_of(tmp_path, f"models: [{local}, {{id: told, engine: scripted, answers: a.jsonl}}]")
    suite = load_suite(write_suite(SUITE))
    rows, _ = take(config, suite, "local,told")
    assert len(rows) == 4 and all(row.status == "ok" for row in rows)
    for row in rows:
        metrics = json.loads(row.metrics)
        if row.model == "told":  # which writes, whatever the task would like
            assert "scoring" not in metrics
            continue
        likely = metrics["log_likelihoods"]
        assert metrics["scoring"] == "loglik" and set(likely) == {"negative", "neutral", "positive"}
        assert row.output == max(likely, key=likely.__getitem__) and max(likely.values()) < 0
        assert row.completion_tokens == 0 and row.decode_tps is None
    change = regrading({(suite.name, task.id): task for task in suite.tasks}, None)
    assert [json.loads(row.metrics) for row in change(rows)] == [json.loads(row.metrics) for row in rows]


def test_a_model_s_entry_says_whether_it_writes(tmp_path: Path, write_suite: WriteSuite) -> None:
    """What the task would like gives way, so that one file can be measured both ways, under two names."""
    entry = (
        "{{id: {0}, engine: llama_cpp, path: 'builtin:demo-s.gguf', params: {{n_ctx: 512, scoring: {1}}}}}"
    )
    models = ", ".join(entry.format(*pair) for pair in (("chosen", "loglik"), ("written", "generate")))
    config = config_of(tmp_path, f"models: [{models}]")
    for name, text in (("written", SUITE.replace(", scoring: loglik", "")), ("chosen", SUITE)):
        rows, _ = take(config, load_suite(write_suite(text, name=name)), "chosen,written")
        scored = {row.model: json.loads(row.metrics).get("scoring") for row in rows}
        assert scored == {"chosen": "loglik", "written": None}

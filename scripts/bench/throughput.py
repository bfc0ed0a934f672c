"""Tokens a second of local models through the whole runner, against a bare loop over llama.cpp.

Same prompts, greedy, one thread for the model. The run has everything a run has: a process for
the model, deadlines, verdicts, rows on disk. The bare loop gets token lists and answers one by one.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.engines.local.native import NativeModel, Placement
from harness.errors import ModelUnavailable
from harness.models.config import load_config
from harness.models.model_files import find_file
from harness.paths import builtin_models_yaml
from harness.records import GraderSpec
from harness.results.database import connect
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import execute
from harness.suites import find_suites, load_suite
from harness.suites.matrix import task_order
from scripts.bench.bare import bare_loop
from scripts.bench.pairs import paired

MODELS = {  # suite, tasks, rounds
    "demo-xs": ("codegen", None, 5),
    "demo-s": ("codegen", None, 5),
    "demo-m": ("codegen", None, 5),
    "smollm2-135m": ("classification", 200, 1),
}


def measure() -> dict[str, Any]:
    """A ratio for each model, by the clock."""
    figures = {name: _model(name, *how) for name, how in MODELS.items()}
    return {"unit": "tokens/s, wall", "aim": "ratio >= 0.90"} | figures


def _model(name: str, suite_name: str, limit: int | None, rounds: int) -> dict[str, Any]:
    config = load_config(builtin_models_yaml())
    try:
        path = find_file(config.models[name], download=True)
    except ModelUnavailable as error:
        return {"skipped": str(error)}
    suite = load_suite(find_suites()[suite_name])
    # judged by comparison: it is the engine that is measured, not a compiler
    tasks = tuple(replace(task, grader=GraderSpec("exact")) for task in task_order(suite)[:limit])
    suite = replace(suite, tasks=tasks)
    plan = RunPlan(Selection(suite.name, name, None, 1, 0), config, (suite,), (config.models[name],))
    native = NativeModel(Path(str(path)), Placement(n_ctx=1024, n_threads=1, n_batch=1024, n_slots=1))
    chunks = [(native.vocabulary.prompt(task.messages), task.max_tokens) for task in suite.tasks]
    figures = paired(lambda: _run(plan), lambda: bare_loop(native, chunks, time.perf_counter), rounds)
    native.close()
    return figures


def _run(plan: RunPlan) -> float:
    """Tokens of a run by the seconds from its first request to its last answer."""
    with tempfile.TemporaryDirectory() as folder:
        execute(plan, Path(folder), "bench", Progress())
        with connect(Path(folder)) as con:
            row = con.execute(
                "SELECT sum(completion_tokens), max(epoch(started_at::TIMESTAMPTZ) + latency_s) "
                "- min(epoch(started_at::TIMESTAMPTZ)) FROM results"
            ).fetchone()
    assert row is not None
    return float(row[0]) / float(row[1])

"""Tokens a second of a demo model through the whole runner, against a bare loop over llama.cpp.

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
from harness.models.config import load_config
from harness.paths import builtin_models_yaml
from harness.records import GraderSpec
from harness.results.database import connect
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import execute
from harness.suites import find_suites, load_suite
from scripts.bench.bare import bare_loop
from scripts.bench.pairs import paired

ROUNDS = 5


def measure() -> dict[str, Any]:
    """A ratio for each demo model, by the clock."""
    models = ("demo-xs", "demo-s", "demo-m")
    return {"unit": "tokens/s, wall", "aim": "ratio >= 0.90"} | {name: _model(name) for name in models}


def _model(name: str) -> dict[str, Any]:
    config = load_config(builtin_models_yaml())
    suite = load_suite(find_suites()["codegen"])
    # judged by comparison: it is the engine that is measured, not a compiler
    suite = replace(suite, tasks=tuple(replace(task, grader=GraderSpec("exact")) for task in suite.tasks))
    plan = RunPlan(Selection(suite.name, name, None, 1, 0), config, (suite,), (config.models[name],))
    placement = Placement(n_ctx=1024, n_threads=1, n_batch=1024, n_slots=1)
    native = NativeModel(Path(str(config.models[name].path)), placement)
    chunks = [(native.prompt(task.messages), task.max_tokens) for task in suite.tasks]
    found = paired(lambda: _run(plan), lambda: bare_loop(native, chunks, time.perf_counter), ROUNDS)
    native.close()
    return found


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

"""Result rows with sensible defaults, and results folders made of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from harness.resultrow import ResultRow
from harness.results.database import connect
from harness.results.store import RunWriter

_DEFAULTS: dict[str, Any] = {
    "run_id": "20261101-120000-aaaa",
    "suite": "math",
    "suite_version": "1.0.0",
    "task_id": "t-01",
    "model": "demo-s",
    "repeat": 0,
    "seed": 0,
    "category": "arithmetic",
    "language": "en",
    "difficulty": "beginner",
    "role": "analyst",
    "context_tier": None,
    "provider": "local",
    "engine": "llama_cpp",
    "quantization": "Q8_0",
    "family": "demo",
    "baseline": False,
    "status": "ok",
    "passed": True,
    "score": None,
    "grader": "numeric",
    "error_type": None,
    "error": None,
    "metrics": "{}",
    "started_at": "2026-11-01T12:00:00+00:00",
    "queue_s": 0.0,
    "load_s": 0.1,
    "ttft_s": 0.02,
    "latency_s": 0.12,
    "prompt_tokens": 40,
    "completion_tokens": 11,
    "reasoning_tokens": None,
    "cached_tokens": None,
    "decode_tps": 100.0,
    "prefill_tps": 2000.0,
    "output_chars": 3,
    "timing": "measured",
    "attempts": 1,
    "cost_usd": None,
    "price_source": None,
    "price_date": None,
    "prompt_sha256": "p",
    "model_revision": "r1",
    "harness_version": "0.1.0",
    "git_sha": "0123456789abcdef",
    "host": "a processor, 2 cores, 4 GB",
    "gpu": None,
    "output": "42",
    "finish_reason": "stop",
    "task_type": "math",
}


def row(**given: Any) -> ResultRow:
    """A row of a passed sample; ``given`` columns replace the defaults. Ids follow from the rest."""
    values = {**_DEFAULTS, **given}
    if values["status"] != "ok":
        values["passed"] = values["score"] = None
    elif values["score"] is None:
        values["score"] = float(values["passed"])
    if values["status"] == "skipped":
        values.update(latency_s=None, ttft_s=None, decode_tps=None, output=None, cost_usd=None)
    identity = (values[key] for key in ("suite", "task_id", "model", "repeat", "seed"))
    values.setdefault("task_sha256", f"sha of {values['suite']}/{values['task_id']}")
    values.setdefault("sample_id", " ".join(map(str, (*identity, values["task_sha256"]))))
    return ResultRow(**values)


def write(results: Path, rows: Iterable[ResultRow]) -> None:
    """Put rows into their runs, through the real writer."""
    by_run: dict[str, list[ResultRow]] = {}
    for one in rows:
        by_run.setdefault(one.run_id, []).append(one)
    for run_id, members in by_run.items():
        with RunWriter(results, run_id) as writer:
            for one in members:
                writer.append(one)


def database(results: Path, rows: Iterable[ResultRow]) -> duckdb.DuckDBPyConnection:
    """A connection over a results folder that holds just these rows."""
    write(results, rows)
    return connect(results)


def answers(model: str, passed: str, **given: Any) -> list[ResultRow]:
    """One row a task: in ``passed``, ``1`` is passed, ``0`` failed, ``x`` an error and ``-`` skipped."""
    kinds: dict[str, dict[str, Any]] = {
        "1": {"passed": True},
        "0": {"passed": False, "error_type": "wrong_answer"},
        "x": {"status": "error", "error_type": "timeout", "error": "no answer in 120 s"},
        "-": {"status": "skipped", "error_type": "no_sandbox"},
    }
    numbered = enumerate(passed, 1)
    return [row(**({"model": model, "task_id": f"t-{n:04}"} | given | kinds[kind])) for n, kind in numbered]

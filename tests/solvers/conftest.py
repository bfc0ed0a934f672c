from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from harness.engines.retry import RetryPolicy
from harness.models.config import load_config
from harness.resultrow import ResultRow
from harness.results.locations import parts_of
from harness.results.store import read_part
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute
from harness.sandbox import open_sandbox
from harness.solvers.base import put_suite
from harness.suites import load_suite
from tests.endpoints import entry
from tests.loopback import Loopback
from tests.projects import write_project

Take = Callable[..., ResultRow]


@pytest.fixture
def plan_for(tmp_path: Path) -> Callable[..., RunPlan]:
    """The plan to put the project of ``tests.projects`` to a model that says ``answers``, one a turn."""

    def plan(answers: Sequence[str], model: str = "", **chosen: Any) -> RunPlan:
        suite = load_suite(write_project(tmp_path))
        lines = [
            {"task_id": "sum", "output": answer, "turn": turn, "prompt_tokens": 100, "completion_tokens": 10,
             "latency_s": 1.0, "ttft_s": 0.5, "finish_reason": "stop"}
            for turn, answer in enumerate(answers, 1)
        ]  # fmt: skip
        (tmp_path / "answers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        price = "price: {input: 1, output: 10, request: 0.1}"
        entry = f"{{id: m, engine: scripted, answers: answers.jsonl, {price}{model}}}"
        (tmp_path / "models.yaml").write_text(f"models: [{entry}]\n")
        config = load_config(tmp_path / "models.yaml")
        selection = Selection("trees", "m", None, 1, 0, **chosen)
        suites = (put_suite(suite, selection.way),)
        return RunPlan(selection, config, suites, tuple(config.choose_models("m")))

    return plan


@pytest.fixture
def take(tmp_path: Path, plan_for: Callable[..., RunPlan]) -> Take:
    """The row that comes of the project when a model says ``answers``, one a turn."""

    def taken(*answers: str, **chosen: Any) -> ResultRow:
        return row_of(plan_for(answers, **chosen), tmp_path / "results")

    return taken


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ResultRow]:
    """The row that comes of the project when a server is asked; ``options`` are those of the run."""
    monkeypatch.setattr(RetryPolicy, "wait_s", lambda *_: 0.002)

    def asked(server: Loopback, options: RunOptions | None = None, **chosen: Any) -> ResultRow:
        (tmp_path / "models.yaml").write_text(f"models: [{entry('m', server)}]")
        config = load_config(tmp_path / "models.yaml")
        selection = Selection("trees", "m", None, 1, 0, **{"solver": "agent", **chosen})
        suite = put_suite(load_suite(write_project(tmp_path)), selection.way)
        plan = RunPlan(selection, config, (suite,), tuple(config.choose_models("m")))
        return row_of(plan, tmp_path / "results", options)

    return asked


def row_of(plan: RunPlan, results: Path, options: RunOptions | None = None) -> ResultRow:
    """The one row of a new run."""
    run_id = f"run-{len(list(results.glob('*'))):02}"
    execute(plan, results, run_id, Progress(), options or RunOptions(sandbox=open_sandbox("auto")))
    (row,) = [row for part in parts_of(results / run_id) for row in read_part(part).to_pylist()]
    return ResultRow(**row)

"""One run from its plan to its rows on disk."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.errors import Interrupted
from harness.records import ModelSpec, ResultRow
from harness.runner.budget import Budget
from harness.runner.pipeline import Pipeline
from harness.runner.plan import Plan, new_manifest, provenance
from harness.runner.progress import Progress
from harness.sandbox.base import Sandbox
from harness.store import RunWriter, finished, read_manifests


def execute(
    plan: Plan,
    results: Path,
    run_id: str,
    sandbox: Sandbox | None,
    progress: Progress,
    *,
    resume: bool = False,
) -> Counter[str]:
    """Take every sample that ``run_id`` does not have yet. Returns rows by status.

    Raises ``ResultsError`` when rows cannot be written and ``Interrupted`` on Ctrl-C; what was
    finished until then is on disk.
    """
    with RunWriter(results, run_id) as writer:
        done, spent = finished(results, run_id)
        manifest = read_manifests(results, [run_id])[0] if resume else {}
        if "machine" not in manifest:
            manifest = new_manifest(plan, run_id, sandbox.level if sandbox else None)
        manifest["status"] = "running"
        writer.write_manifest(manifest)
        counts: Counter[str] = Counter()

        def store(row: ResultRow) -> None:
            writer.append(row)
            counts[row.status] += 1
            progress.row(row)

        status = "interrupted"
        try:
            with progress.running(plan.size - len(done)):
                _take(plan, manifest, sandbox, store, progress, done, spent)
            status = "done"
        except KeyboardInterrupt:
            kept = len(done) + counts.total()
            raise Interrupted(
                f"{kept} of {plan.size} samples are kept; go on with: harness run --resume {run_id}"
            ) from None
        finally:
            finish = {"status": status, "finished_at": datetime.now(UTC).isoformat(timespec="seconds")}
            writer.write_manifest(manifest | finish)
        return counts


def _take(
    plan: Plan,
    manifest: dict[str, Any],
    sandbox: Sandbox | None,
    store: Any,
    progress: Progress,
    done: set[str],
    spent: float,
) -> None:
    tasks = {(task.suite, task.id): task for suite in plan.suites for task in suite.tasks}
    budget = Budget(plan.selection.budget_usd, plan.config.budgets, spent)
    pipeline = Pipeline(provenance(manifest), tasks, sandbox, store, progress.warn, progress.started, budget)
    lanes = [(spec, _missing(plan, spec, done)) for spec in plan.models]
    asyncio.run(pipeline.run(lanes))


def _missing(plan: Plan, spec: ModelSpec, done: set[str]) -> Any:
    return (item for item in plan.items([spec]) if item.sample_id not in done)

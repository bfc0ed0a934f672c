"""Samples that other tools took → rows of a run of their own, marked with where they come from.

Their ``engine`` is ``imported`` and their ``timing`` ``replayed``: quality and cost can be compared,
speeds of other machines and other clocks cannot.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from harness import __version__
from harness.errors import ResultsError
from harness.importers.results.base import ImportedSample
from harness.messages import Message
from harness.records import Completion, Difficulty, GraderSpec, Measure, ModelSpec, Task, Verdict, WorkItem
from harness.resultrow import ResultRow
from harness.results.locations import Remote, ResultsLocation
from harness.results.outbox import Outbox, local_folder
from harness.results.store import RunWriter
from harness.runner.plan import new_run_id
from harness.runner.rows import Provenance, finished_row

ENGINE = "imported"
Tasks = Mapping[tuple[str, str], Task]
UNKNOWN = "unknown"


def import_run(
    samples: Iterable[ImportedSample],
    results: ResultsLocation,
    source: str,
    tasks: Tasks,
    model: str | None = None,
    notes: Mapping[str, Any] | None = None,
    measures: Mapping[str, Measure] | None = None,
) -> tuple[str, int]:
    """Write ``samples`` as a run. Returns its id and the number of rows; nothing is left of a failure.

    ``tasks`` are ours by suite and id: a sample of one of them is filed under it. ``model`` is
    the name to file all of them under, ``notes`` what the manifest says beside the usual, ``measures`` what
    models are compared by in suites that are not ours (default: whether they pass). The run is written
    out of the way and moved to its place when it is whole, so that a killed import leaves no run; for a
    storage it is sent from there, and what a kill leaves is sent by whatever writes there next.
    """
    run_id = new_run_id(datetime.now(UTC))
    origin = Provenance(run_id, __version__, None, source, None)
    measure_of = measures or {}
    rows = [
        _row(
            sample,
            model or sample.model,
            tasks,
            origin,
            "none" if sample.total_of else measure_of.get(sample.suite, "pass"),
        )
        for sample in samples
    ]
    outbox = Outbox(results) if isinstance(results, Remote) else None
    folder = local_folder(results)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix="_import-") as aside:
            with RunWriter(Path(aside), run_id) as writer:
                for row in rows:
                    writer.append(row)
                writer.write_manifest({**_manifest(run_id, source, rows), **(notes or {})})
            (Path(aside) / run_id).rename(folder / run_id)
    except OSError as error:
        raise ResultsError(
            f"cannot write to {folder}: {error.strerror}; choose another folder with --results"
        ) from error
    if outbox is not None:
        outbox.end(run_id)
    return run_id, len(rows)


def _row(sample: ImportedSample, model: str, tasks: Tasks, origin: Provenance, measure: Measure) -> ResultRow:
    spec = ModelSpec(model, ENGINE, sample.provider or _provider(model))
    task = tasks.get((sample.suite, sample.task_id)) or _task(sample, measure)
    repeat = sample.repeat or 0
    identity = json.dumps([task.suite, task.id, task.sha256, model, ENGINE, repeat])
    sample_id = hashlib.sha256(identity.encode()).hexdigest()[:16]
    item = WorkItem(sample_id, spec, task, repeat, 0)
    verdict = None
    error = sample.error
    if sample.passed is not None or sample.score is not None:
        score = sample.score if sample.score is not None else float(bool(sample.passed))
        verdict = Verdict(bool(sample.passed), score, sample.grader or ENGINE)
    elif error is None:
        error = "the file gives no verdict"
    row = finished_row(item, _completion(sample), verdict, 0.0, None, origin)
    return _with(row, sample, error)


def _with(row: ResultRow, sample: ImportedSample, error: str | None) -> ResultRow:
    failed = {
        "status": "error",
        "passed": None,
        "score": None,
        "error_type": "imported_error",
        "error": error,
    }
    priced = {"price_source": ENGINE} if sample.cost_usd is not None else {}
    unknown = {"output": None, "output_chars": None} if sample.output is None else {}
    changes: dict[str, Any] = {"grader": sample.grader, **(failed if error else {}), **priced, **unknown}
    changes["total_of"] = sample.total_of
    return replace(row, **changes)


def _completion(sample: ImportedSample) -> Completion:
    return Completion(
        output=sample.output or "",
        finish_reason=sample.finish_reason,
        prompt_tokens=sample.prompt_tokens,
        completion_tokens=sample.completion_tokens,
        reasoning_tokens=sample.reasoning_tokens,
        cached_tokens=sample.cached_tokens,
        ttft_s=sample.ttft_s,
        latency_s=sample.latency_s,
        billed_usd=sample.cost_usd,
        started_at=sample.started_at,
        timing="replayed",
    )


def _task(sample: ImportedSample, measure: Measure) -> Task:
    """A task of which only the name and the question's digest are known."""
    identity = json.dumps([sample.suite, sample.task_id, sample.question])
    return Task(
        id=sample.task_id,
        suite=sample.suite,
        suite_version=ENGINE,
        messages=(Message("user", sample.question),),
        category=sample.category or sample.suite,
        language=sample.language or UNKNOWN,
        difficulty=cast(Difficulty, sample.difficulty or UNKNOWN),  # as others grade them: rows take any word
        role=sample.role or "any",
        grader=GraderSpec(sample.grader or ENGINE),
        reference="",
        wrong=(),
        sha256=hashlib.sha256(identity.encode()).hexdigest(),
        source=ENGINE,
        task_type=sample.task_type or sample.suite,
        measure=measure,
    )


def _provider(model: str) -> str:
    """``openai`` of ``openai/gpt-4o-mini``."""
    return model.partition("/")[0] if "/" in model else ENGINE


def _manifest(run_id: str, source: str, rows: list[ResultRow]) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "run_id": run_id,
        "status": "done",
        "imported_from": source,
        "started_at": now,
        "finished_at": now,
        "samples": len(rows),
        "harness_version": __version__,
    }

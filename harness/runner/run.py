"""One run from its plan to its rows on disk."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from harness import interrupts
from harness.errors import Interrupted
from harness.resultrow import ResultRow
from harness.results.locations import ResultsLocation
from harness.results.manifests import read_manifests
from harness.results.outbox import run_writer
from harness.results.store import RunWriter, import_writer
from harness.runner.asking import Asker
from harness.runner.budget import RunBudget
from harness.runner.cache import AnswerCache
from harness.runner.estimate import earlier_rows, sample_seconds
from harness.runner.events import RunLog
from harness.runner.finished import Finished, finished, verdicts
from harness.runner.follow_ups import declared
from harness.runner.pipeline import Pipeline
from harness.runner.plan import RunPlan, new_manifest, provenance
from harness.runner.progress import Progress
from harness.runner.rounds import Rounds
from harness.runner.rows import Provenance
from harness.runner.setting import Setting
from harness.runner.time_budget import TimeBudget
from harness.runner.timed import Timed
from harness.sandbox.base import Sandbox
from harness.words import counted

Begin = Literal["new", "resume", "retry_errors"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is begun: anew, where it stopped, or with what went wrong once more."""

    begin: Begin = "new"
    sandbox: Sandbox | None = None
    cache: AnswerCache | None = None


class RunSink:
    """The rows of a run: on disk first, then counted, then passed on to the rounds and to the display."""

    def __init__(self, writer: RunWriter, rounds: Rounds, progress: Progress) -> None:
        self.counts: Counter[str] = Counter()  # rows by status
        self.progress = progress
        self.timed: Timed | None = None
        self._writer, self._rounds = writer, rounds

    def put(self, row: ResultRow) -> None:
        """Put a row on disk. Raises ``ResultsError``."""
        self._writer.append(row)
        self.counts[row.status] += 1
        self._rounds.record(row)
        if self.timed is not None:
            self.timed.record(row)
        self.progress.row(row)


NEW_RUN = RunOptions()
_UNDER_WAY_S = 1.0  # by then the first requests have been sent


def execute(
    plan: RunPlan, results: ResultsLocation, run_id: str, progress: Progress, options: RunOptions = NEW_RUN
) -> Counter[str]:
    """Take every sample that ``run_id`` does not have yet. Returns rows by status.

    Raises ``ResultsError`` when rows cannot be written and ``Interrupted`` on Ctrl-C; what was
    finished until then is on disk.
    """
    with interrupts.held(f"go on with: harness run --resume {run_id}"), run_writer(results, run_id) as writer:
        has = finished(
            results, run_id, retry_errors=options.begin == "retry_errors", follow_ups=_follows(plan)
        )
        manifest = _manifest(plan, results, run_id, options)
        writer.write_manifest(manifest)
        rounds = Rounds(plan, has, () if plan.selection.format == "full" else verdicts(results, run_id))
        sink = RunSink(writer, rounds, progress)
        each = plan.size // max(1, len(plan.models))
        planned = {spec.id: max(0, each - has.by_model.get(spec.id, 0)) for spec in plan.models}
        status = "interrupted"
        pipeline = _pipeline(plan, manifest, has, options, sink, _time_budget(plan, results))
        try:
            with progress.running(run_id, planned, RunLog(writer.folder / "_run.log")):
                interrupts.run(_take(rounds, pipeline, sink))
            status = "done"
        except KeyboardInterrupt:
            kept = len(has.samples) + sink.counts.total()
            of = f"{kept} of {counted(plan.size, 'sample')} {'is' if kept == 1 else 'are'} kept"
            raise Interrupted(f"{of}; go on with: harness run --resume {run_id}") from None
        finally:
            finish = {"status": status, "finished_at": datetime.now(UTC).isoformat(timespec="seconds")}
            writer.write_manifest(manifest | finish | rounds.report() | _throughput(manifest, pipeline))
        return sink.counts


def _follows(plan: RunPlan) -> bool:
    """Whether second changes are asked."""
    tasks = (task for suite in plan.suites for task in suite.tasks)
    return plan.selection.way.follow_up and any(map(declared, tasks))


def _manifest(plan: RunPlan, results: ResultsLocation, run_id: str, options: RunOptions) -> dict[str, Any]:
    manifest = {} if options.begin == "new" else read_manifests(results, [run_id])[0]
    if "machine" not in manifest:
        manifest = new_manifest(plan, run_id, options.sandbox.level if options.sandbox else None)
    return {**manifest, "status": "running"}


def _throughput(manifest: dict[str, Any], pipeline: Pipeline) -> dict[str, Any]:
    """How local models were loaded, and what they did then: with these slots and threads they do it again."""
    measured = {model: asdict(throughput) for model, throughput in pipeline.throughput.items()}
    return {"throughput": {**manifest.get("throughput", {}), **measured}}


def _pipeline(
    plan: RunPlan, manifest: dict[str, Any], has: Finished, options: RunOptions, sink: RunSink,
    time: TimeBudget | None,
) -> Pipeline:  # fmt: skip
    chosen = plan.selection
    setting = replace(setting_of(plan, provenance(manifest), options.sandbox), unfollowed=has.unfollowed)
    budget = RunBudget(chosen.budget_usd, plan.config.budgets, has.spent)
    asker = Asker(budget, cache=options.cache, alone=chosen.speed_lane)
    pipeline = Pipeline(setting, sink, sink.progress, asker, time=time)
    if time is not None:
        sink.timed = Timed(pipeline, time, plan)
    return pipeline


def setting_of(plan: RunPlan, origin: Provenance, sandbox: Sandbox | None) -> Setting:
    """Under which conditions the samples of a plan are taken."""
    chosen = plan.selection
    return Setting(
        origin,
        {(task.suite, task.id): task for suite in plan.suites for task in suite.tasks},
        sandbox,
        alone=chosen.speed_lane,
        local_at_once=chosen.local_at_once,
        way=chosen.way,
    )


def _time_budget(plan: RunPlan, results: ResultsLocation) -> TimeBudget | None:
    minutes = plan.selection.minutes
    return (
        None
        if minutes is None
        else TimeBudget(60 * minutes, sample_seconds(plan, earlier_rows(results, plan.selection.way)))
    )


async def _take(rounds: Rounds, pipeline: Pipeline, sink: RunSink) -> None:
    ready = asyncio.create_task(_import_writer())
    try:
        await rounds.play(sink.timed or pipeline)
    finally:
        ready.cancel()
        await pipeline.close()


async def _import_writer() -> None:
    """Import what parts need while the first answers are waited for, and not when the last has come."""
    await asyncio.sleep(_UNDER_WAY_S)
    await asyncio.to_thread(import_writer)

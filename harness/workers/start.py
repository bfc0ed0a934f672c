"""A run is made ready for workers, whoever starts them: its items, and what its manifest says to them."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from harness.errors import HarnessError, ResultsError
from harness.jsontext import parse
from harness.results.locations import ResultsLocation
from harness.results.objects import Objects, objects_at
from harness.results.store import RunWriter
from harness.runner.budget import RUN
from harness.runner.finished import Finished, finished
from harness.runner.plan import RunPlan, new_manifest
from harness.runner.run import RunOptions
from harness.words import listed
from harness.workers.items import items_of, settles
from harness.workers.leases import Leases
from harness.workers.money import open_money
from harness.workers.work_queue import WorkQueue

MANIFEST = "_manifest.json"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run that workers can join: where its files are, and the samples to be taken by model."""

    objects: Objects
    queue: WorkQueue
    planned: Mapping[str, int]

    def left(self) -> int:
        """Samples of items that are not done by now."""
        self.queue.refresh()
        return sum(len(item.samples) for item in self.queue.left)


def refuse_alone(plan: RunPlan) -> None:
    """Raise ``HarnessError`` where one process must have all of a run."""
    chosen = plan.selection
    loads = [suite.name for suite in plan.suites if any(task.concurrency for task in suite.tasks)]
    if chosen.speed_lane:
        raise HarnessError("--speed-lane measures on a quiet machine, so it takes no --on")
    if chosen.format != "full":
        raise HarnessError(
            f"--format {chosen.format} compares all models round by round, so it takes no --on"
        )
    if loads:
        raise HarnessError(
            f"{listed(loads)}: speed under a load that workers would add to; run it without --on"
        )


def prepare(
    plan: RunPlan, results: ResultsLocation, run_id: str, workers: int, options: RunOptions
) -> Prepared:
    """Write what workers need to begin a run, or to go on with it. Raises ``ResultsError``."""
    refuse_alone(plan)
    if isinstance(results, Path):
        with RunWriter(results, run_id):  # nobody else writes; what a killed process left becomes a part
            pass
    objects = objects_at(f"{results}/{run_id}")
    manifest = {} if options.begin == "new" else _manifest(objects)
    if "machine" not in manifest:
        manifest = new_manifest(plan, run_id, options.sandbox.level if options.sandbox else None)
    starts = manifest.get("work", {}).get("starts", 0)
    queue = WorkQueue(objects, Leases(objects, secrets.token_hex(4)))
    queue.refresh()
    has = _finished(results, run_id, queue, retry_errors=options.begin == "retry_errors")
    queued = set(chain.from_iterable(item.samples for item in queue.left))
    limits = dict(plan.config.budgets)
    if plan.selection.budget_usd is not None:
        limits[RUN] = plan.selection.budget_usd
    open_money(objects, limits, {**has.spent, RUN: sum(has.spent.values())})
    minutes = plan.selection.minutes
    wanted = plan.items(done=has.samples | queued)
    items = items_of(wanted, str(plan.selection.way), workers, round=starts, in_order=minutes is not None)
    if items:
        queue.add(items)
    until = None if minutes is None else queue.leases.now() + 60 * minutes
    work = {"workers": workers, "crew": workers, "until": until, "starts": starts + 1}
    note(objects, {**manifest, "status": "running", "selection": asdict(plan.selection), "work": work})
    each = plan.size // max(1, len(plan.models))
    planned = {spec.id: max(0, each - has.by_model.get(spec.id, 0)) for spec in plan.models}
    return Prepared(objects, queue, planned)


def _finished(results: ResultsLocation, run_id: str, queue: WorkQueue, *, retry_errors: bool) -> Finished:
    """What a run has. The names of parts tell it of most items; the others are read.

    What was spent on the former is in the file of the budget.
    """
    if retry_errors:
        return finished(results, run_id, retry_errors=True)
    read = finished(results, run_id, wanted=lambda name: not settles(name))
    model_of = queue.settled()
    more = Counter(model for sample, model in model_of.items() if sample not in read.samples)
    return replace(read, samples=read.samples | model_of.keys(), by_model=more + Counter(read.by_model))


def expect(objects: Objects, crew: int) -> None:
    """Say how many workers are to come in all: until then nobody knows what none of them can do."""
    manifest = _manifest(objects)
    note(objects, {**manifest, "work": {**manifest["work"], "crew": crew}})


def conclude(objects: Objects, status: str) -> None:
    """Say in the manifest how the run ended."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    note(objects, {**_manifest(objects), "status": status, "finished_at": now})


def note(objects: Objects, manifest: Mapping[str, Any]) -> None:
    """Put the manifest in the place of the one that is there."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False, default=str) + "\n"
    while True:
        stored = objects.get(MANIFEST)
        if objects.put(MANIFEST, text.encode(), over=stored.tag if stored else None):
            return


def read_manifest(objects: Objects, where: str) -> dict[str, Any]:
    """The manifest of a run that workers can join. Raises ``ResultsError``."""
    manifest = _manifest(objects)
    work, selection = manifest.get("work"), manifest.get("selection")
    if isinstance(work, dict) and isinstance(work.get("workers"), int) and isinstance(selection, dict):
        return manifest
    raise ResultsError(f"no run for workers is at {where}; `harness run … --on hand` prepares one")


def _manifest(objects: Objects) -> dict[str, Any]:
    stored = objects.get(MANIFEST)
    try:
        manifest = parse(stored.content) if stored else {}
    except ValueError:
        return {}
    return manifest if isinstance(manifest, dict) else {}

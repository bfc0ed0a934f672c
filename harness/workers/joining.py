"""A worker joins a run: by what the run's manifest says, at a free place, with what this machine can do."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from harness import interrupts
from harness.errors import HarnessError, ResultsError
from harness.results.locations import ResultsLocation
from harness.results.objects import Objects, objects_at
from harness.runner.asking import Asker
from harness.runner.budget import RUN, RunBudget
from harness.runner.cache import AnswerCache, default_path
from harness.runner.confinement import sandbox_if_any
from harness.runner.machine import describe_machine, host
from harness.runner.pipeline import Pipeline, first_cause
from harness.runner.plan import RunPlan, Selection, plan_of, provenance
from harness.runner.progress import Progress
from harness.runner.rows import Provenance
from harness.runner.run import setting_of
from harness.runner.time_budget import TimeBudget
from harness.words import counted, listed
from harness.workers.abilities import Abilities, shortcomings, suite_needs
from harness.workers.batches import Batches
from harness.workers.leases import LEASE_S, RENEW_S, Lease, Leases
from harness.workers.money import SharedMoney, read_money
from harness.workers.options import WorkerOptions
from harness.workers.shares import share_of
from harness.workers.start import conclude, read_manifest
from harness.workers.work_queue import WorkQueue
from harness.workers.worker import Worker

PLACES = "_workers"
_MOST_AT_ONCE = 64  # requests of one model that are under way here
_WAIT_S = 2.0


def join(results: ResultsLocation, run_id: str, progress: Progress, options: WorkerOptions) -> None:
    """Take items of a run until nothing is left that this machine can do. Raises ``HarnessError``."""
    objects = objects_at(f"{results}/{run_id}")
    manifest = read_manifest(objects, f"{results}/{run_id}")
    leases, work = Leases(objects, secrets.token_hex(4)), manifest["work"]
    plan = plan_of(Selection(**manifest["selection"]), options.config)
    names = [str(number) for number in range(work["workers"])]
    if options.only is not None:
        names = [f"model-{hashlib.sha256(options.only.encode()).hexdigest()[:16]}"]
        plan = replace(plan, models=tuple(spec for spec in plan.models if spec.id == options.only))
    places = len(names)
    with (
        interrupts.held(),
        Place(leases, names) as place,
        closing(AnswerCache(default_path())) if options.cached else nullcontext() as cache,
        ExitStack() as stack,
    ):
        plan, until = _own_share(plan, place.number, places), work["until"]
        timed = None if until is None else TimeBudget(max(0.0, until - leases.now()), {})
        queue = WorkQueue(objects, leases, place.number, places, in_order=timed is not None)
        private = [results] if isinstance(results, Path) else []
        sandbox = sandbox_if_any(plan.suites, options.sandbox, *private)
        lacks = shortcomings(plan, sandbox, local=options.local)
        abilities = Abilities(objects, work["starts"], work["crew"], suite_needs(plan), lacks)
        abilities.tell(leases.worker)
        money = SharedMoney(objects, leases.worker, places)
        stack.callback(money.close)
        asker = Asker(_budget(objects, money), cache=cache)
        setting = replace(
            setting_of(plan, _origin(manifest), sandbox),
            company=options.company > 1,
            most_at_once=_MOST_AT_ONCE,
        )

        def pipeline(batches: Batches) -> Pipeline:
            return Pipeline(setting, batches, progress, asker, time=timed)

        worker = Worker(plan, queue, progress, pipeline, abilities, timed)
        queue.refresh()
        planned = Counter({spec.id: 0 for spec in plan.models})
        for item in queue.left:
            planned[item.model] += len(item.samples)
        with progress.running(run_id, planned):
            interrupts.run(_work(worker, place))
        queue.refresh()
        if not queue.left:
            conclude(objects, "done")
        elif missing := abilities.missing(queue.left):
            progress.warn(f"some samples are left to workers that have {listed(missing)}")


class Place:
    """One of the places of a run, which nobody else has meanwhile. Use as a context manager."""

    def __init__(self, leases: Leases, names: Sequence[str]) -> None:
        """Take one. That of a worker that was killed is free after a minute, which is waited for."""
        self._leases = leases
        end = time.monotonic() + LEASE_S + 2 * _WAIT_S
        while (taken := self._free(names)) is None:
            if time.monotonic() > end:
                raise HarnessError(
                    f"the run has {counted(len(names), 'worker')}, as many as it is for; "
                    "harness run --resume RUN --on hand --workers N makes it one for more"
                )
            time.sleep(_WAIT_S)
            interrupts.check()
        self.number, self._lease = taken

    def _free(self, names: Sequence[str]) -> tuple[int, Lease] | None:
        for number, name in enumerate(names):
            lease = self._leases.take(f"{PLACES}/{name}")
            if isinstance(lease, Lease):
                return number, lease
        return None

    async def keep(self) -> None:
        """Until cancelled. Raises ``HarnessError`` where another worker has the place."""
        while True:
            await asyncio.sleep(RENEW_S)
            lease = await asyncio.to_thread(self._leases.renew, self._lease)
            if lease is None:
                raise HarnessError("this worker stood still for too long: another one has its place")
            self._lease = lease

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ResultsError):
            self._leases.end(self._lease, "free")


async def _work(worker: Worker, place: Place) -> None:
    try:
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(place.keep())
            await worker.work()
            keeping.cancel()
    except BaseExceptionGroup as failures:
        raise first_cause(failures) from failures


def _own_share(plan: RunPlan, place: int, places: int) -> RunPlan:
    """The plan with the part of providers' limits that is this worker's."""
    models = tuple(
        replace(spec, limits=limits)
        for spec in plan.models
        if (limits := share_of(spec.limits, place, places)) is not None
    )
    return replace(plan, models=models)


def _origin(manifest: dict[str, Any]) -> Provenance:
    machine = describe_machine()
    return replace(provenance(manifest), host=host(machine), gpu=machine["gpu"])


def _budget(objects: Objects, money: SharedMoney) -> RunBudget:
    """The limits of the run, of which this worker has what it draws."""
    limits, _, _ = read_money(objects)
    providers = {name: 0.0 for name in limits if name != RUN}
    return RunBudget(0.0 if RUN in limits else None, providers, treasury=money)

"""The loop of a worker: it leases items, sends them through the pipeline, and writes their rows as parts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from harness.errors import ResultsError, warn
from harness.models.enginekinds import kind_of
from harness.records import ModelSpec, WorkItem
from harness.runner.pipeline import Pipeline, first_cause
from harness.runner.plan import RunPlan
from harness.runner.progress import Progress
from harness.runner.time_budget import TimeBudget
from harness.runner.timed import NO_TIME
from harness.workers.abilities import Abilities
from harness.workers.batches import Batch, Batches, Feed
from harness.workers.items import Item
from harness.workers.leases import RENEW_S
from harness.workers.work_queue import WorkQueue

_LANES = 3  # models of endpoints that are asked side by side; those in this machine's memory have one lane
_POLL_S, _MOST_POLL_S = 0.5, 15.0  # between two looks for items, where others have all that are left
_KEEP_S = 120.0  # after that long the rows of an item become a part, though it is not whole
_MOST_ATTEMPTS = 3
LOST = "worker_lost"  # error_type of samples that several workers did not survive


@dataclass(slots=True)
class Worker:
    """Works until every item that this machine is able to take is done."""

    plan: RunPlan
    queue: WorkQueue
    progress: Progress
    make_pipeline: Callable[[Batches], Pipeline]
    abilities: Abilities
    time: TimeBudget | None = None
    _batches: Batches = field(init=False)
    _at_work: set[str] = field(default_factory=set)  # models in the lanes
    _work: dict[tuple[str, str], dict[str, WorkItem]] = field(default_factory=dict)  # by model and suite
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def work(self) -> None:
        """Raises what pipeline and store raise. What is finished by then is written, the rest given back."""
        self._batches = Batches(self.time)
        try:
            async with asyncio.TaskGroup() as group:
                beside = [group.create_task(self._renew()), group.create_task(self._write())]
                async with asyncio.TaskGroup() as lanes:
                    for number in range(1 + _LANES):
                        lanes.create_task(self._lane(local=number == 0))
                await self._batches.full.join()
                for task in beside:
                    task.cancel()
        except BaseExceptionGroup as failures:
            raise first_cause(failures) from failures
        finally:
            self._give_back()

    # --- from items to rows --------------------------------------------------

    async def _lane(self, *, local: bool) -> None:
        """Models one after another; of each as many items as there are for this worker."""
        pipeline = self.make_pipeline(self._batches)
        try:
            while (batch := await self._next_model(local=local)) is not None:
                model = batch.held.item.model
                while batch is not None:
                    batch = await self._ask(pipeline, batch)
                self._at_work.discard(model)
        finally:
            await pipeline.close()

    async def _next_model(self, *, local: bool) -> Batch | None:
        """An item of a model that no lane is at; ``None`` when there is nothing left for this lane."""

        def ours(item: Item) -> bool:
            spec = self._spec(item)
            return spec is not None and kind_of(spec.engine).local == local and self._can(spec, item)

        poll_s = _POLL_S
        while True:
            batch = await self._take(lambda item: item.model not in self._at_work and ours(item))
            if batch is not None:
                return batch
            await asyncio.to_thread(self.abilities.refresh)
            if not any(map(ours, self.queue.left)):
                return None
            await asyncio.sleep(poll_s)
            poll_s = min(_MOST_POLL_S, poll_s * 1.5)

    async def _take(self, wanted: Callable[[Item], bool]) -> Batch | None:
        async with self._taking:
            held = await asyncio.to_thread(self.queue.take, wanted)
            if held is None:
                return None
            self._at_work.add(held.item.model)
        work = self._work_of(held.item)
        batch = Batch(held, [work[sample] for sample in held.item.samples], asyncio.get_running_loop().time())
        self._batches.add(batch)
        return batch

    async def _ask(self, pipeline: Pipeline, first: Batch) -> Batch | None:
        """Put a model's items to it as one stream; returns one that came too late for that."""
        spec = first.work[0].model
        if first.held.lease.attempt > _MOST_ATTEMPTS:
            pipeline.skip(first.work, LOST, f"{_MOST_ATTEMPTS} workers ended while they had these samples")
            return None
        if self.time is not None:
            self.time.allot(spec.id, self.time.left_s)
        feed = Feed(first, self._holds)
        late = asyncio.create_task(self._follow(feed, spec))
        try:
            taken = -1
            while feed.waiting and feed.taken != taken:  # batches may come when the feed has ended
                taken = feed.taken
                await pipeline.run([(spec, feed)], more=True)
        finally:
            feed.close()
        for batch in feed.batches:
            await self._settle(pipeline, batch)
        return await late

    async def _follow(self, feed: Feed, spec: ModelSpec) -> Batch | None:
        """Take the next item of the model whenever few samples are left."""
        while True:
            await feed.low.wait()
            if feed.closed or (self.time is not None and not self.time.left_s):
                return None
            batch = await self._take(lambda item: item.model == spec.id and self._can(spec, item))
            if batch is None or feed.closed:
                return batch
            feed.add(batch)

    async def _settle(self, pipeline: Pipeline, batch: Batch) -> None:
        """What of a batch was not asked: there was no time for it, or it is another worker's by now."""
        if not self._batches.has(batch) or not batch.missing:
            return
        if self.time is not None:
            missing = set(batch.missing)
            rest = [item for item in batch.work if item.sample_id in missing]
            pipeline.skip(rest, NO_TIME, f"the {self.time.seconds / 60:g} minutes of the run were over")
            return
        self._batches.drop(batch)
        await asyncio.to_thread(self._finish, batch)
        self._count(batch)

    # --- from rows to parts --------------------------------------------------

    async def _write(self) -> None:
        """Write the batches that are whole."""
        while True:
            batch = await self._batches.full.get()
            if self._batches.has(batch):
                self._batches.drop(batch)  # nobody else is to look after it meanwhile
                await asyncio.to_thread(self._finish, batch)
                self._count(batch)
            self._batches.full.task_done()

    async def _renew(self) -> None:
        """Keep what is in hand; write what has been there for long."""
        while True:
            await asyncio.sleep(RENEW_S)
            for batch in self._batches:
                if not batch.missing:  # it is being written
                    continue
                held = await asyncio.to_thread(self.queue.renew, batch.held)
                if not self._batches.has(batch) or not batch.missing:
                    continue
                if held is None:
                    self._batches.drop(batch)
                    continue
                batch.held = held
                if batch.rows and asyncio.get_running_loop().time() - batch.began > _KEEP_S:
                    await self._split(batch)

    async def _split(self, batch: Batch) -> None:
        """Make a part of the rows there are, and go on with the rest."""
        with batch.kept_open():
            whole, content, rest = replace(batch, rows=dict(batch.rows)), batch.content(), batch.missing
            assert content is not None
            held = await asyncio.to_thread(
                self.queue.split, batch.held, content, rest, unsettled=whole.unsettled
            )
        self._count(whole)
        if not self._batches.has(batch):  # settled meanwhile
            return
        if held is None:
            self._batches.drop(batch)
        else:
            self._batches.go_on(batch, held, asyncio.get_running_loop().time())

    def _finish(self, batch: Batch) -> None:
        self.queue.finish(batch.held, batch.content(), batch.missing, unsettled=batch.unsettled)

    def _count(self, batch: Batch) -> None:
        for row in batch.rows.values():
            self.progress.row(row)

    def _give_back(self) -> None:
        """Write what is finished, and leave the rest to others."""
        for batch in self._batches:
            try:
                self._finish(batch)
                self._count(batch)
            except ResultsError as error:
                warn(str(error))

    # --- what an item is here ------------------------------------------------

    def _holds(self, batch: Batch) -> bool:
        return self._batches.has(batch) and self.queue.leases.holds(batch.held.lease)

    def _spec(self, item: Item) -> ModelSpec | None:
        return next((spec for spec in self.plan.models if spec.id == item.model), None)

    def _can(self, spec: ModelSpec, item: Item) -> bool:
        return self.abilities.can(spec, item) and all(
            sample in self._work_of(item) for sample in item.samples
        )

    def _work_of(self, item: Item) -> dict[str, WorkItem]:
        """The samples of the item's model and suite, as they are on this machine."""
        key = item.model, item.suite
        if key not in self._work:
            suites = tuple(suite for suite in self.plan.suites if suite.name == item.suite)
            spec = self._spec(item)
            work = replace(self.plan, suites=suites).items([spec]) if spec else ()
            self._work[key] = {one.sample_id: one for one in work}
        return self._work[key]

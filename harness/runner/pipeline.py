"""Items → rows: models are asked, answers judged and rows written side by side.

Every model has a lane. Lanes of local models take turns where they would share the
processor, and run at once where a GPU has room or one asks for it; lanes of endpoints
always do.
In a lane as many requests are in flight as the engine wants. Judges that have enough
to do hold the lanes back, so memory stays bounded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from time import perf_counter

from harness.enginekinds import kind_of
from harness.engines import build_engine
from harness.engines.base import Engine
from harness.engines.gate import Gate
from harness.engines.retry import RetryPolicy, complete
from harness.engines.scripted import Scripted
from harness.errors import HarnessError, ModelUnavailable
from harness.graders import requirement
from harness.pricing import broken_usd
from harness.records import (
    Completion,
    Failure,
    Message,
    ModelSpec,
    RateLimits,
    Request,
    ResultRow,
    Task,
    WorkItem,
)
from harness.rowcheck import checked_completion
from harness.runner.baselines import baseline_answers
from harness.runner.budget import Budget
from harness.runner.cache import AnswerCache, key_of
from harness.runner.cores import Cores
from harness.runner.grading import obstacles
from harness.runner.judges import Answered, Judges
from harness.runner.residents import AtOnce, Lane, Residents, Switched, take_turns
from harness.runner.rows import Provenance, request_of, skipped_row
from harness.sandbox.base import Sandbox

_ONE_BY_ONE = 10  # samples of a suite; two times five, which a median needs
_APART_S = 0.0015  # first requests: sent all at once, they would wait for each other in this process
_KEY_REFUSED = frozenset({"auth", "payment"})  # where nothing was answered, no other model can do better


@dataclass(slots=True)
class Pipeline:
    """One run in progress. ``store`` must put a row on disk before it returns."""

    origin: Provenance
    tasks: Mapping[tuple[str, str], Task]
    sandbox: Sandbox | None
    store: Callable[[ResultRow], None]
    warn: Callable[[str], None]
    started: Callable[[WorkItem], None]  # a sample is taken up
    budget: Budget = field(default_factory=lambda: Budget(None, {}))
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    cache: AnswerCache | None = None
    alone: bool = False
    cores: Cores = field(default_factory=Cores)
    local_at_once: AtOnce = "auto"  # models in this machine's memory side by side
    switched: Switched = lambda model, what, seconds: None
    _gates: dict[tuple[str | None, ...], Gate] = field(default_factory=dict)
    _given_up: set[Gate] = field(default_factory=set)
    _obstacles: dict[str, Failure] = field(default_factory=dict)
    _judges: Judges = field(init=False)
    _residents: Residents = field(init=False)
    _more: bool = False

    def __post_init__(self) -> None:
        self._judges = Judges(self.origin, self.sandbox, self.store, self.cores, self.alone)
        self._residents = Residents(self.switched)

    async def run(self, lanes: Sequence[Lane], *, more: bool = False) -> None:
        """Take every sample of ``lanes``. Raises what ``store`` raises; everything else becomes rows.

        When there is ``more`` to come, local models stay in memory as long as nobody needs the room;
        those that are there from before, and have a lane, begin. ``close`` frees the last of them.
        """
        self._more = more
        await self._residents.dismiss(but={spec.id for spec, _ in lanes})
        lanes = sorted(lanes, key=lambda lane: self._residents.kept(lane[0].id) is None)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._run(lanes))
        except BaseExceptionGroup as failures:
            raise _first_cause(failures) from failures

    async def close(self) -> None:
        """Free the models that stayed for more."""
        await self._residents.dismiss()

    async def _run(self, lanes: Sequence[Lane]) -> None:
        judged = [task for task in self.tasks.values() if task.skip is None]
        self._obstacles = await asyncio.to_thread(obstacles, self._judges.executing(judged), self.sandbox)
        for obstacle in self._obstacles.values():
            self.warn(obstacle.message)
        local = [lane for lane in lanes if self.alone or kind_of(lane[0].engine).local]
        async with self._judges.at_work(judged), asyncio.TaskGroup() as group:
            group.create_task(take_turns(local, 1 if self.alone else self.local_at_once, self._lane))
            for spec, items in lanes:
                if not self.alone and not kind_of(spec.engine).local:
                    group.create_task(self._lane(spec, items))

    async def _lane(self, spec: ModelSpec, items: Iterable[WorkItem], at_once: int = 1) -> None:
        """Put all of one model's items to it; what cannot be asked becomes skipped rows."""
        runnable = self._runnable(items)
        first = next(runnable, None)
        if first is None:
            return
        engine = self._residents.kept(spec.id) or self._engine(spec)
        try:
            load_s = await self._residents.open(spec.id, engine, at_once)
        except ModelUnavailable as error:
            self.warn(f"{spec.id}: {error}")
            self.skip([first, *runnable], "model_unavailable", str(error))
            return
        try:
            gate = self._gate(spec, engine)
            async with self.cores.model(engine.threads):
                if self.alone:
                    await self._afford(engine, gate, spec, _warm_up(first))
                await self._ask_parts(engine, load_s, gate, _chain(first, runnable))
        finally:
            await self._residents.leave(spec.id, engine, load_s, keep=self._more)

    def _engine(self, spec: ModelSpec) -> Engine:
        return Scripted(spec, baseline_answers(spec.id, self.tasks)) if spec.baseline else build_engine(spec)

    def _gate(self, spec: ModelSpec, engine: Engine) -> Gate:
        """A local model's own gate, or the one that all models of a provider share."""
        if kind_of(spec.engine).local:
            return Gate(RateLimits(concurrency=1 if self.alone else engine.concurrency))
        limits = replace(spec.limits, concurrency=1) if self.alone else spec.limits
        return self._gates.setdefault((spec.provider, spec.base_url, spec.api_key_env), Gate(limits))

    def _runnable(self, items: Iterable[WorkItem]) -> Iterator[WorkItem]:
        """The items worth asking; the others get their row here."""
        for item in items:
            if item.excluded is not None:
                self.skip([item], "excluded", item.excluded)
            elif item.task.skip is not None:
                self.skip([item], "not_runnable", item.task.skip)
            elif (obstacle := self._obstacles.get(requirement(item.task.grader))) is not None:
                self.skip([item], obstacle.kind, obstacle.message)
            else:
                yield item

    async def _ask_parts(self, engine: Engine, load_s: float, gate: Gate, items: Iterator[WorkItem]) -> None:
        """A model alone on this machine first answers some of each suite one by one: they carry its speed."""
        stopped: list[Failure] = []
        if self.alone or not engine.threads:
            await self._ask_all(engine, load_s, gate, items, stopped)
            return
        for _, group in groupby(items, key=lambda item: item.task.suite):
            suite = iter(group)
            if not self._residents.shared:
                single = Gate(RateLimits(concurrency=1))
                await self._ask_all(engine, load_s, single, islice(suite, _ONE_BY_ONE), stopped)
            await self._ask_all(engine, load_s, gate, suite, stopped)

    async def _ask_all(
        self, engine: Engine, load_s: float, gate: Gate, items: Iterator[WorkItem], stopped: list[Failure]
    ) -> None:
        """``stopped`` holds a failure that no later request can escape, once there is one."""

        async def worker(number: int) -> None:
            await asyncio.sleep(number * _APART_S)
            for item in items:  # shared: each item goes to one worker
                if not stopped:
                    self.started(item)
                    completion = await self._answer(engine, gate, item)
                    failure = completion.failure
                    if failure is None or not failure.fatal:
                        await self._judges.settle(Answered(item, completion, load_s, engine.revision))
                        continue
                    stopped.append(failure)
                    if len(stopped) == 1:
                        await self._say_why(item.model, gate, failure)
                self.skip([item], stopped[0].kind, stopped[0].message)

        async with asyncio.TaskGroup() as group:
            for number in range(gate.ceiling):
                group.create_task(worker(number))

    async def _say_why(self, spec: ModelSpec, gate: Gate, failure: Failure) -> None:
        """Say why a model is asked no more; of a whole provider it is said once, and nothing more is sent."""
        wide = failure is gate.gave_up or (failure.kind in _KEY_REFUSED and await gate.is_shut(failure))
        if not wide:
            self.warn(f"{spec.id}: {failure.message}")
        elif gate not in self._given_up:
            self._given_up.add(gate)
            self.warn(f"{spec.provider}: {failure.message}")

    async def _answer(self, engine: Engine, gate: Gate, item: WorkItem) -> Completion:
        """The answer that is known already, or a new one; a speed taken in a crowd is marked."""
        request = request_of(item)
        if self.cache is None or kind_of(item.model.engine).replays:
            completion = await self._afford(engine, gate, item.model, request)
        else:
            key = key_of(item.model, engine.revision, request)
            known = self.cache.get(key)
            if known is not None:
                return known
            completion = await self._afford(engine, gate, item.model, request)
            self.cache.put(key, completion)
        if engine.threads and self._crowded(completion.latency_s or 0.0):
            return replace(completion, timing="contended")
        return completion

    def _crowded(self, seconds: float) -> bool:
        """Whether other models, or too many graders, computed on this machine within the last ``seconds``."""
        began = perf_counter() - seconds
        return self._residents.shared_since(began) or self.cores.crowded_since(began)

    async def _afford(self, engine: Engine, gate: Gate, spec: ModelSpec, request: Request) -> Completion:
        """Ask, again if need be, each time within the budget."""
        attempts: list[Completion] = []

        async def ask(request: Request) -> Completion:
            reserved = await self.budget.reserve(spec, request)
            if isinstance(reserved, Failure):
                return Completion(failure=reserved)
            completion = Completion()
            try:
                completion = checked_completion(await engine.complete(request))
            finally:
                await self.budget.settle(spec, reserved, completion)
            attempts.append(completion)
            return completion

        done = await complete(ask, request, gate, self.retry, asyncio.sleep)
        broken = [attempt for attempt in attempts[:-1] if attempt.chunks]
        return replace(done, broken_usd=broken_usd(spec, broken, done.prompt_tokens)) if broken else done

    def skip(self, items: Iterable[WorkItem], reason: str, message: str) -> None:
        """Give samples that are not taken their rows."""
        for item in items:
            self.store(skipped_row(item, reason, message, self.origin))


def _warm_up(item: WorkItem) -> Request:
    """A small request like those to come; no prompt of theirs, or a cache would know its beginning."""
    return replace(request_of(item), messages=(Message("user", "Say ready."),), max_tokens=16)


def _chain(first: WorkItem, rest: Iterator[WorkItem]) -> Iterator[WorkItem]:
    yield first
    yield from rest


def _first_cause(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one exception worth telling: a known error if there is one."""
    leaves: list[BaseException] = []
    pending: list[BaseException] = [failures]
    while pending:
        current = pending.pop()
        if isinstance(current, BaseExceptionGroup):
            pending += current.exceptions
        else:
            leaves.append(current)
    return next((leaf for leaf in leaves if isinstance(leaf, HarnessError)), leaves[0])

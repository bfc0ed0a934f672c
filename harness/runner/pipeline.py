"""Items → rows: models are asked, answers judged and rows written side by side.

Every model has a queue. Queues of local models take turns where they would share the
processor, and run at once where a GPU has room or one asks for it; queues of endpoints
always do.
In a queue as many requests are in flight as the engine wants. Judges that have enough
to do hold the queues back, so memory stays bounded.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import groupby, islice
from time import perf_counter

from harness.engines import build_engine
from harness.engines.base import Engine
from harness.engines.gate import Gate
from harness.engines.scripted import Scripted
from harness.errors import HarnessError, ModelUnavailable
from harness.graders import requirement
from harness.messages import Message
from harness.models.enginekinds import kind_of
from harness.records import Completion, Failure, ModelSpec, RateLimits, Request, Throughput, WorkItem
from harness.resultrow import ResultRow
from harness.runner import follow_ups
from harness.runner.asking import Asker, OpenModel
from harness.runner.baselines import baseline_answers
from harness.runner.budget import SampleBudget
from harness.runner.cores import Cores
from harness.runner.grading import obstacles
from harness.runner.judges import AnsweredItem, Judges
from harness.runner.progress import Progress
from harness.runner.residents import ModelQueue, Residents, take_turns
from harness.runner.rows import followed_row, request_of, skipped_row
from harness.runner.setting import Setting, Sink
from harness.runner.time_budget import TimeBudget
from harness.solvers import solve
from harness.solvers.base import SINGLE, Tools, Way
from harness.suites.images import image_files

_ONE_BY_ONE = 10  # samples of a suite; two times five, which a median needs
_APART_S = 0.0015  # first requests: sent all at once, they would wait for each other in this process
_NO_TIME = Failure("no_time", "the time was over before the second change could be asked")
_KEY_REFUSED = frozenset({"auth", "payment"})  # where nothing was answered, no other model can do better


class Pipeline:
    """One run in progress: every sample goes from its request to its row."""

    def __init__(
        self, setting: Setting, sink: Sink, progress: Progress, asker: Asker, cores: Cores | None = None,
        time: TimeBudget | None = None,
    ) -> None:  # fmt: skip
        self._setting, self._sink, self._progress, self._asker = setting, sink, progress, asker
        self.throughput: dict[str, Throughput] = {}  # of local models
        self._time = time
        self._one_by_one: Counter[tuple[str, str]] = Counter()  # samples by model and suite
        self._cores = cores or Cores()
        self._judges = Judges(setting, sink, self._cores)
        self._residents = Residents(progress)
        self._obstacles: dict[str, Failure] = {}
        self._given_up: set[Gate] = set()
        self._more = self._grades_code = False

    # --- one sample ----------------------------------------------------------

    async def _sample(self, model: OpenModel, item: WorkItem) -> Failure | None:
        """Solver, which asks the engine → judge → row. Returns a failure that no later request can escape."""
        self._progress.started(item)
        given = self._setting.way
        if (row := self._setting.unfollowed.get(item.sample_id)) is not None:
            return await self._follow(model, item, row)
        way = replace(SINGLE, follow_up=given.follow_up) if item.model.baseline else given
        answered: AnsweredItem | None = None
        try:
            async with self._time.sample(model.spec.id) if self._time else nullcontext():
                completion = await solve(item.task, await _request(item), self._tools(model), way)
                if completion.failure is not None and completion.failure.fatal:
                    return completion.failure  # nothing was asked: a resume takes the sample
                completion = self._marked(model.engine, completion)
                answered = AnsweredItem(item, completion, model.load_s, model.engine.revision)
                if completion.failure is None and way.follow_up and follow_ups.declared(item.task):
                    answered = await self._judges.judged(answered)
                    answered = await self._with_follow_up(model, answered, way)
        except TimeoutError:
            if answered is None:  # the sample is waiting again, if there is another turn
                return None
            answered = _without_follow_up(answered)
        await self._judges.settle(answered)
        return None

    async def _with_follow_up(self, model: OpenModel, answered: AnsweredItem, way: Way) -> AnsweredItem:
        """The answer with what came of the second change, which is only asked of who passed."""
        if answered.verdict is None or not answered.verdict.passed:
            return answered
        if not self._has_time(model.spec, answered.item):
            return _without_follow_up(answered)
        result = await follow_ups.ask(answered.item, answered.completion, self._tools(model), way)
        return replace(answered, follow_up=result)

    async def _follow(self, model: OpenModel, item: WorkItem, row: ResultRow) -> Failure | None:
        """Ask for the second change of an answer that was given, and judged, before."""
        answer = Completion(output=row.output or "", finish_reason=row.finish_reason)
        try:
            async with self._time.sample(model.spec.id) if self._time else nullcontext():
                result = await follow_ups.ask(item, answer, self._tools(model), self._setting.way)
        except TimeoutError:
            return None
        if result.completion.failure is not None and result.completion.failure.fatal:
            return result.completion.failure
        self._sink.put(followed_row(row, model.spec, result))
        return None

    def _tools(self, model: OpenModel) -> Tools:
        kind, limit = kind_of(model.spec.engine), self._setting.way.cost_limit
        ask = partial(self._asker.answer, model)
        return Tools(
            SampleBudget(model.spec, limit, ask).ask,
            self._judges.work,
            self._setting.sandbox,
            kind.edits,
            kind.tools,
        )

    def skip(self, items: Iterable[WorkItem], reason: str, message: str) -> None:
        """Give samples that are not taken their rows."""
        for item in items:
            self._sink.put(skipped_row(item, reason, message, self._setting.origin))

    def _has_time(self, spec: ModelSpec, item: WorkItem) -> bool:
        return self._time is None or self._time.allows(spec.id, item.task.suite, self._judges.work_s)

    def _marked(self, engine: Engine, completion: Completion) -> Completion:
        """A speed that was measured while others computed on this machine says so."""
        if not engine.threads or completion.timing == "replayed":
            return completion
        began = perf_counter() - (completion.latency_s or 0.0)
        crowded = (
            self._setting.company or self._residents.shared_since(began) or self._cores.crowded_since(began)
        )
        return replace(completion, timing="contended") if crowded else completion

    # --- all samples ---------------------------------------------------------

    async def run(self, queues: Sequence[ModelQueue], *, more: bool = False) -> None:
        """Take every sample of ``queues``. Raises what the sink raises; everything else becomes rows.

        When there is ``more`` to come, local models stay in memory as long as nobody needs the room;
        those that are there from before, and have a queue, begin. ``close`` frees the last of them.
        """
        self._more = more
        await self._residents.dismiss(but={spec.id for spec, _ in queues})
        queues = sorted(queues, key=lambda queue: self._residents.kept(queue[0].id) is None)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._run(queues))
        except BaseExceptionGroup as failures:
            raise first_cause(failures) from failures

    async def close(self) -> None:
        """Free the models that stayed for more."""
        await self._residents.dismiss()

    async def _run(self, queues: Sequence[ModelQueue]) -> None:
        setting = self._setting
        judged = [task for task in setting.tasks.values() if task.skip is None]
        executing = self._judges.executing(judged)
        self._grades_code = bool(executing) and setting.sandbox is not None
        self._obstacles = await asyncio.to_thread(obstacles, executing, setting.sandbox)
        for obstacle in self._obstacles.values():
            self._progress.warn(obstacle.message)
        in_turn = [queue for queue in queues if setting.alone or kind_of(queue[0].engine).local]
        async with self._judges.at_work(judged), asyncio.TaskGroup() as group:
            at_once = 1 if setting.alone else setting.local_at_once
            group.create_task(take_turns(in_turn, at_once, self._ask_model))
            for spec, items in queues:
                if not setting.alone and not kind_of(spec.engine).local:
                    group.create_task(self._ask_model(spec, items))

    async def _ask_model(self, spec: ModelSpec, items: Iterable[WorkItem], at_once: int = 1) -> None:
        """Put all of one model's items to it; what cannot be asked becomes skipped rows."""
        async with self._time.turn(spec.id) if self._time else nullcontext():
            await self._turn(spec, items, at_once)

    async def _turn(self, spec: ModelSpec, items: Iterable[WorkItem], at_once: int) -> None:
        runnable = self._runnable(items)
        first = next(runnable, None)
        if first is None or not self._has_time(spec, first):
            return
        engine = self._residents.kept(spec.id) or self._engine(spec)
        try:
            load_s = await self._residents.open(spec.id, engine, at_once)
        except ModelUnavailable as error:
            self._progress.warn(f"{spec.id}: {error}")
            self.skip([first, *runnable], "model_unavailable", str(error))
            return
        if self._time:
            self._time.loaded(spec.id)
        if engine.throughput is not None:
            self.throughput[spec.id] = engine.throughput
        try:
            model = OpenModel(spec, engine, self._asker.gate(spec, engine), load_s)
            async with self._cores.model(engine.threads):
                if self._setting.alone:
                    await self._asker.ask(model, _warm_up(first))
                await self._ask_parts(model, _chain(first, runnable))
        finally:
            await self._residents.leave(spec.id, engine, load_s, keep=self._more)

    def _engine(self, spec: ModelSpec) -> Engine:
        if spec.baseline:
            return Scripted(spec, baseline_answers(spec.id, self._setting.tasks))
        engine = build_engine(spec)
        engine.beside = int(self._grades_code)  # the graders get along with one
        return engine

    def _runnable(self, items: Iterable[WorkItem]) -> Iterator[WorkItem]:
        """The items to ask; the others get their row here."""
        for item in items:
            if item.skip is not None:
                self.skip([item], item.skip.kind, item.skip.reason)
            elif (obstacle := self._obstacles.get(requirement(item.task.grader))) is not None:
                self.skip([item], obstacle.kind, obstacle.message)
            else:
                yield item

    async def _ask_parts(self, model: OpenModel, items: Iterator[WorkItem]) -> None:
        """A model alone on this machine first answers some of each suite one by one: they carry its speed.

        Tasks that want so many requests at once get as many, and none of the model's other tasks beside them.
        """
        stopped: list[Failure] = []
        measured = bool(model.engine.threads) and not self._setting.alone
        single = replace(model, gate=Gate(RateLimits(concurrency=1)))
        most = _ONE_BY_ONE // 2 if self._time else _ONE_BY_ONE
        warm = self._setting.alone
        for (suite, load), group in groupby(items, key=lambda item: _part(item, by_suite=measured)):
            part = iter(group)
            if load is not None:
                first = next(part)
                if not warm:
                    await self._asker.ask(model, _warm_up(first))
                warm = True
                await self._ask_all(self._under(model, load), _chain(first, part), stopped, load)
                continue
            if measured and not self._residents.shared:
                alone = list(islice(part, max(0, most - self._one_by_one[model.spec.id, suite])))
                self._one_by_one[model.spec.id, suite] += len(alone)
                await self._ask_all(single, iter(alone), stopped)
            await self._ask_all(model, part, stopped)

    def _under(self, model: OpenModel, load: int) -> OpenModel:
        """The model with a gate that lets so many requests through, within the limits of its provider.

        Beside others it keeps the gate that all models of the provider share.
        """
        if not (self._setting.alone or model.engine.threads):
            return model
        limits = model.spec.limits
        return replace(model, gate=Gate(replace(limits, concurrency=min(load, limits.concurrency or load))))

    async def _ask_all(
        self, model: OpenModel, items: Iterator[WorkItem], stopped: list[Failure], most: int | None = None
    ) -> None:
        """At most so many at once. ``stopped`` holds the failure that no later request can escape."""

        async def worker(number: int) -> None:
            await asyncio.sleep(number * _APART_S)
            for item in items:  # shared: each item goes to one worker
                if not self._has_time(model.spec, item):
                    return
                failure = stopped[0] if stopped else await self._sample(model, item)
                if failure is None:
                    continue
                if not stopped:
                    stopped.append(failure)
                    await self._say_why(model, failure)
                self.skip([item], stopped[0].kind, stopped[0].message)

        at_once = [number for number in (most, self._setting.most_at_once) if number]
        async with asyncio.TaskGroup() as group:
            for number in range(min([model.gate.ceiling, *at_once])):
                group.create_task(worker(number))

    async def _say_why(self, model: OpenModel, failure: Failure) -> None:
        """Say why a model is asked no more; of a whole provider it is said once, and nothing more is sent."""
        gate = model.gate
        wide = failure is gate.gave_up or (failure.kind in _KEY_REFUSED and await gate.is_shut(failure))
        if not wide:
            self._progress.warn(f"{model.spec.id}: {failure.message}")
        elif gate not in self._given_up:
            self._given_up.add(gate)
            self._progress.warn(f"{model.spec.provider}: {failure.message}")


async def _request(item: WorkItem) -> Request:
    """What is asked. Pictures may have to be drawn, beside the loop that times other answers."""
    if not item.task.images or kind_of(item.model.engine).replays:
        return await asyncio.to_thread(request_of, item) if item.task.document else request_of(item)
    return request_of(item, await asyncio.to_thread(image_files, item.task))


def _without_follow_up(answered: AnsweredItem) -> AnsweredItem:
    """The answer for whose second change there was no time, where it is one that passed."""
    if answered.verdict is None or not answered.verdict.passed:
        return answered
    return replace(answered, follow_up=follow_ups.not_asked(answered.item.task, _NO_TIME))


def _part(item: WorkItem, *, by_suite: bool) -> tuple[str, int | None]:
    """What is asked together: tasks of one load, and of one suite where their speed is measured."""
    return item.task.suite if by_suite else "", item.task.concurrency


def _warm_up(item: WorkItem) -> Request:
    """A small request like those to come; no prompt of theirs, or a cache would know its beginning."""
    return replace(request_of(item), messages=(Message("user", "Say ready."),), max_tokens=16)


def _chain(first: WorkItem, rest: Iterator[WorkItem]) -> Iterator[WorkItem]:
    yield first
    yield from rest


def first_cause(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one exception to report: a known error if there is one."""
    leaves: list[BaseException] = []
    pending: list[BaseException] = [failures]
    while pending:
        current = pending.pop()
        if isinstance(current, BaseExceptionGroup):
            pending += current.exceptions
        else:
            leaves.append(current)
    return next((leaf for leaf in leaves if isinstance(leaf, HarnessError)), leaves[0])

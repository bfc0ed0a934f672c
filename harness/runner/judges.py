"""Answers → rows, while models are asked.

Answers that are cheap to judge are judged at once; those that are code, or take computing, wait in a
bounded queue for a pool of graders, which takes several together. A full queue holds
back who brings more.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from harness.graders import build_grader, requirement
from harness.graders.base import Computing, Grader, GradingJob
from harness.graders.follow_up import FollowUpResult
from harness.processors import usable_processors
from harness.records import Completion, Task, Verdict, WorkItem
from harness.runner.cores import Cores
from harness.runner.grading import batch_size, grade
from harness.runner.rows import finished_row
from harness.runner.setting import Setting, Sink

_BATCHES_WAITING = 4  # full batches a grader's queue holds before it holds the models back


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """An answer on its way to a grader."""

    item: WorkItem
    completion: Completion
    load_s: float
    revision: str | None
    verdict: Verdict | None = None  # where it was judged already
    follow_up: FollowUpResult | None = None


def _waits(grader: Grader) -> bool:
    """Whether answers to it wait for the pool."""
    return grader.executes or isinstance(grader, Computing)


class Judges:
    """The graders of one run, between its answers and its rows."""

    def __init__(self, setting: Setting, sink: Sink, cores: Cores) -> None:
        self._setting, self._sink, self._cores = setting, sink, cores
        self._graders: dict[str, Grader] = {}
        self._waiting: dict[type[Grader], asyncio.Queue[AnsweredItem]] = {}
        self._pool: ThreadPoolExecutor | None = None
        self._answer_s: dict[type[Grader], float] = {}  # what an answer took lately
        self._consumers = 1

    @property
    def work_s(self) -> float:
        """Seconds that judging what waits will take, by what it took lately."""
        waiting = sum(queue.qsize() * self._answer_s.get(cls, 0.0) for cls, queue in self._waiting.items())
        return waiting / self._consumers

    def executing(self, tasks: Iterable[Task]) -> set[str]:
        """What the graders of ``tasks`` that run code require."""
        return {requirement(task.grader) for task in tasks if self._grader(task).executes}

    @asynccontextmanager
    async def at_work(self, tasks: Iterable[Task]) -> AsyncIterator[None]:
        """Graders that take their time at work; leaves when every waiting answer is judged."""
        threads = max(1, usable_processors() - 1)  # one core is left to the model that is being measured
        self._consumers = threads
        classes = {type(grader): grader for grader in map(self._grader, tasks) if _waits(grader)}
        self._pool = pool = ThreadPoolExecutor(threads, "grader")
        try:
            async with asyncio.TaskGroup() as group:
                consumers = []
                for cls, grader in classes.items():
                    size = batch_size(grader)
                    self._waiting[cls] = asyncio.Queue(size * _BATCHES_WAITING)
                    consumers += [
                        group.create_task(self._judge(self._waiting[cls], size, pool)) for _ in range(threads)
                    ]
                yield
                for queue in self._waiting.values():
                    await queue.join()
                for consumer in consumers:
                    consumer.cancel()
        finally:  # without waiting: where the run is interrupted, nobody wants to know the verdicts
            pool.shutdown(wait=False, cancel_futures=True)

    async def work(self, function: Callable[[], Any]) -> Any:
        """What a function returns that runs model-written code, on a core of the graders."""
        async with self._cores.grader():
            return await asyncio.get_running_loop().run_in_executor(self._pool, function)

    async def judged(self, answered: AnsweredItem) -> AnsweredItem:
        """The answer with its verdict, for which is waited."""
        (verdict,) = await self.work(partial(grade, [self._job(answered)], self._setting.sandbox))
        return replace(answered, verdict=verdict)

    async def settle(self, answered: AnsweredItem) -> None:
        """Judge an answer now if that is cheap, else let it wait for the pool."""
        if answered.completion.failure is not None or answered.verdict is not None:
            self._finish([answered], [answered.verdict])
            return
        grader = self._grader(answered.item.task)
        if _waits(grader):
            queue = self._waiting[type(grader)]
            await queue.put(answered)
            if self._setting.alone:
                await queue.join()
        else:
            self._finish([answered], grade([self._job(answered)], self._setting.sandbox))

    async def _judge(self, queue: asyncio.Queue[AnsweredItem], size: int, pool: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = [await queue.get()]
            while len(batch) < size and not queue.empty():
                batch.append(queue.get_nowait())
            jobs = [self._job(answered) for answered in batch]
            began = loop.time()
            async with self._cores.grader():
                verdicts = await loop.run_in_executor(pool, grade, jobs, self._setting.sandbox)
            self._answer_s[type(jobs[0].grader)] = (loop.time() - began) / len(jobs)
            self._finish(batch, verdicts)
            for _ in batch:
                queue.task_done()

    def _grader(self, task: Task) -> Grader:
        key = f"{task.suite}/{task.id}"
        if key not in self._graders:
            self._graders[key] = build_grader(task)
        return self._graders[key]

    def _job(self, answered: AnsweredItem) -> GradingJob:
        return GradingJob(self._grader(answered.item.task), answered.item.task, answered.completion)

    def _finish(self, answered: Sequence[AnsweredItem], verdicts: Sequence[Verdict | None]) -> None:
        for one, verdict in zip(answered, verdicts, strict=True):
            self._sink.put(
                finished_row(
                    one.item,
                    one.completion,
                    verdict,
                    one.load_s,
                    one.revision,
                    self._setting.origin,
                    one.follow_up,
                )
            )

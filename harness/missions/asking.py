"""Missions that are tasks of a suite: the model is asked, and the grader of the suite judges its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from harness.engines import build_engine
from harness.graders import build_grader, requirement
from harness.graders.base import GradingJob
from harness.models.enginekinds import kind_of
from harness.records import Completion, ModelSpec, Task, Verdict, WorkItem
from harness.runner.asking import Asker, OpenModel
from harness.runner.grading import CRASH, grade, obstacles
from harness.runner.rows import request_of
from harness.sandbox.base import Sandbox
from harness.solvers import solve
from harness.solvers.base import SINGLE, Tools
from harness.suites.matrix import sample_id


class Engines:
    """The engines that missions hold, on one event loop for as long as there are any."""

    def __init__(self, sandbox: Sandbox | None) -> None:
        self._sandbox = sandbox
        self._runner = asyncio.Runner()
        self._asker = Asker()
        self._open: dict[str, OpenModel] = {}

    def open(self, name: str, spec: ModelSpec) -> None:
        """Make a model ready, under a name of its own. Raises ``ModelUnavailable``."""
        engine = build_engine(spec)
        load_s: float = self._runner.run(engine.open())
        self._open[name] = OpenModel(spec, engine, self._asker.gate(spec, engine), load_s)

    def ask(self, name: str, task: Task) -> Completion:
        """The answer of a model that is open."""
        model = self._open[name]
        spec = model.spec
        item = WorkItem(sample_id(spec, task, 0, 0), spec, task, 0, 0)
        return self._runner.run(solve(task, request_of(item), self._tools(model), SINGLE))

    def close(self, name: str) -> None:
        """Free a model."""
        self._runner.run(self._open.pop(name).engine.close())

    def close_all(self) -> None:
        """Free every model, and the loop."""
        for name in list(self._open):
            self.close(name)
        self._runner.close()

    def _tools(self, model: OpenModel) -> Tools:
        async def ask(request: Any) -> Completion:
            return await self._asker.answer(model, request)

        async def work(function: Callable[[], Any]) -> Any:
            return await asyncio.to_thread(function)

        kind = kind_of(model.spec.engine)
        return Tools(ask, work, self._sandbox, kind.edits, kind.tools)


def obstacle(task: Task, sandbox: Sandbox | None) -> str | None:
    """Why answers to a task cannot be judged here; ``None`` if they can."""
    if task.skip is not None:
        return task.skip
    grader = build_grader(task)
    if not grader.executes:
        return None
    return next((each.message for each in obstacles([requirement(task.grader)], sandbox).values()), None)


def judged(task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
    """The grader's verdict on an answer."""
    return grade([GradingJob(build_grader(task), task, completion)], sandbox)[0]


def crashed(verdict: Verdict) -> bool:
    """Whether it was the grader that failed."""
    return verdict.error_type == CRASH

"""The rounds of a run: everybody answers the same next tasks, then it is seen who need not go on.

What is decided follows from rows alone: a run that was killed decides the same again when it is resumed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain
from statistics import fmean
from typing import Any, Protocol

from harness.records import ModelSpec, WorkItem
from harness.resultrow import ResultRow
from harness.runner import formats
from harness.runner.finished import DROPPED, Finished, Judged
from harness.runner.formats import Cut, TaskQualities
from harness.runner.plan import RunPlan
from harness.runner.residents import ModelQueue
from harness.suites.matrix import exclusion, task_order


class Taker(Protocol):
    """Who takes the samples of a round (``pipeline``)."""

    async def run(self, queues: Sequence[ModelQueue], *, more: bool) -> None:
        """Take the samples of ``queues``; ``more`` says that another round follows."""

    def skip(self, items: Iterable[WorkItem], reason: str, message: str) -> None:
        """Give samples that are not taken their rows."""


class Rounds:
    """Says round by round what is still to be taken. ``full`` is one round of everything."""

    def __init__(self, plan: RunPlan, has: Finished, earlier: Iterable[Judged] = ()) -> None:
        """``has`` is what the run has already, ``earlier`` their verdicts, oldest first."""
        self._plan, self._has, self._form = plan, has, plan.selection.format
        self._contenders = [spec.id for spec in plan.models if not spec.baseline]
        orders = {suite.name: task_order(suite)[: plan.selection.limit] for suite in plan.suites}
        self._order = {name: [task.id for task in tasks] for name, tasks in orders.items()}
        self._ends = {
            name: formats.rounds(self._form, len(tasks), len(self._contenders))
            for name, tasks in orders.items()
        }
        self._cuts: dict[tuple[str, str], Cut] = {}
        self._by_score = {
            suite.name for suite in plan.suites if any(task.measure == "score" for task in suite.tasks)
        }
        self._controls = {
            (suite.name, task.id) for suite in plan.suites for task in suite.tasks if task.control
        }
        self._qualities: dict[tuple[str, str], dict[str, dict[int, float]]] = defaultdict(dict)
        for answer in earlier:
            self._count(*answer)

    def record(self, row: ResultRow) -> None:
        """Hear of a row that is on disk."""
        if self._form != "full" and row.status == "ok":
            self._count(row.suite, row.model, row.task_id, row.repeat, row.passed, row.score)

    def _count(
        self, suite: str, model: str, task: str, repeat: int, passed: bool | None, score: float | None
    ) -> None:
        """What an answer counts for: its score where the suite counts scores, else whether it passed.

        Controls count for nothing.
        """
        if (suite, task) in self._controls:
            return
        quality = score if suite in self._by_score and score is not None else float(bool(passed))
        self._qualities[suite, model].setdefault(task, {})[repeat] = quality

    async def play(self, taker: Taker) -> None:
        """Have every sample taken that can still decide something, and the others skipped."""
        plan = self._plan
        if self._form == "full":
            await taker.run(
                [(spec, plan.items([spec], self._has.samples)) for spec in plan.models], more=False
            )
            return
        last = max(map(len, self._ends.values()), default=0) - 1
        for number in range(last + 1):
            wanted = {spec.id: self._wanted(spec, number) for spec in plan.models}
            queues = [(spec, self._items(spec, wanted[spec.id])) for spec in plan.models if wanted[spec.id]]
            await taker.run(queues, more=number < last)
            for cut in chain.from_iterable([self._judge(suite, number) for suite in self._order]):
                self._cuts[cut.suite, cut.model] = cut
                taker.skip(self._spared(cut), DROPPED, str(cut))

    def report(self) -> dict[str, Any]:
        """``rounds`` for the manifest: samples saved, who was let go when, and what was not decided."""
        if self._form == "full":
            return {}
        repeats = self._plan.selection.repeats
        cuts = [cut for cut in self._cuts.values() if cut.model in self._contenders]
        report = {
            "format": self._form,
            "samples": sum(map(len, self._order.values())) * len(self._contenders) * repeats,
            "saved": sum(len(self._order[cut.suite]) - cut.after for cut in cuts) * repeats,
            "cuts": [asdict(cut) | {"decided": cut.decided} for cut in cuts],
            "undecided": [open_ for suite in self._order if (open_ := self._undecided(suite))],
        }
        return {"rounds": report}

    def _wanted(self, spec: ModelSpec, number: int) -> dict[str, set[str]]:
        """The tasks by suite that one model has to answer in a round."""
        return {
            name: set(self._order[name][ends[number - 1] if number else 0 : ends[number]])
            for name, ends in self._ends.items()
            if number < len(ends) and (name, spec.id) not in self._cuts
        }

    def _items(self, spec: ModelSpec, tasks_by_suite: Mapping[str, set[str]]) -> Iterator[WorkItem]:
        for item in self._plan.items([spec], self._has.samples):
            if item.task.id in tasks_by_suite.get(item.task.suite, ()):
                yield item

    def _spared(self, cut: Cut) -> Iterator[WorkItem]:
        """The samples that a model need not answer, but for those that say so already."""
        spared = set(self._order[cut.suite][cut.after :])
        (spec,) = (spec for spec in self._plan.models if spec.id == cut.model)
        for item in self._plan.items([spec], self._has.samples):
            here = item.task.suite == cut.suite and item.task.id in spared
            if here and item.sample_id not in self._has.dropped:
                yield item

    def _judge(self, suite: str, number: int) -> list[Cut]:
        if number >= len(self._ends[suite]) - 1:
            return []
        asked = self._ends[suite][number]
        still_in = [model for model in self._contenders if (suite, model) not in self._cuts]
        qualities = {model: self._quality(suite, model, asked) for model in still_in}
        new_cuts = formats.cuts(self._form, suite, qualities, asked, len(self._contenders) - 1)
        if new_cuts and new_cuts[-1].why == "settled":
            cut = {model for name, model in self._cuts if name == suite} | {each.model for each in new_cuts}
            new_cuts += [
                replace(new_cuts[-1], model=spec.id)
                for spec in self._plan.models
                if spec.id not in cut and exclusion(self._plan.config, spec.id, suite) is None
            ]
        return new_cuts

    def _quality(self, suite: str, model: str, asked: int) -> TaskQualities:
        """What a model made of the first ``asked`` tasks, where it answered."""
        qualities = self._qualities[suite, model]
        return {
            task: fmean(qualities[task].values()) for task in self._order[suite][:asked] if task in qualities
        }

    def _undecided(self, suite: str) -> dict[str, Any] | None:
        """The leader of a suite and those of whom it is not shown that they are worse."""
        cuts = [cut for (name, _), cut in self._cuts.items() if name == suite]
        gone = {cut.model for cut in cuts if cut.why != "settled"}
        asked = next((cut.after for cut in cuts if cut.why == "settled"), len(self._order[suite]))
        qualities = {
            model: self._quality(suite, model, asked) for model in self._contenders if model not in gone
        }
        lines = formats.round_results(qualities, asked, len(self._contenders) - 1)
        rivals = [line.model for line in lines[1:] if line.best_case >= 0]
        rivals += [cut.model for cut in cuts if cut.why == "halved" and not cut.decided]
        return {"suite": suite, "leader": lines[0].model, "rivals": rivals} if lines and rivals else None

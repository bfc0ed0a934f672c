"""A run within a time: the samples of all models are dealt out again and again, until it is over.

At first by the forecast, and only what a quarter of the time takes; then, as it is known what samples take,
half of what is left at a time. What was not taken in the end becomes ``skipped`` rows, ``no_time``, which the
next resume takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from harness.models.enginekinds import kind_of
from harness.records import ModelSpec, WorkItem
from harness.resultrow import ResultRow
from harness.runner.dealing import Pace, deal
from harness.runner.plan import RunPlan
from harness.runner.residents import ModelQueue
from harness.runner.rounds import Taker
from harness.runner.time_budget import TimeBudget
from harness.suites.matrix import task_order

NO_TIME = "no_time"  # error_type of samples that the minutes of a run did not do for
ENOUGH = 5  # tasks of a suite; a model that is too slow for so many holds the others back no longer
_FIRST, _NEXT = 0.25, 0.5  # shares of the time that is left
_LAST = 0.1  # of the whole time: what is left then is dealt out at once
_SLACK = 1.5  # turns may take so much longer than expected

_Step = tuple[str, str]  # suite and task id


class Timed:
    """Takes queues as ``taker`` does, as far as the ``budget`` goes."""

    def __init__(self, taker: Taker, budget: TimeBudget, plan: RunPlan) -> None:
        self._taker, self._budget = taker, budget
        self._order = {
            (suite.name, task.id): place
            for suite in plan.suites
            for place, task in enumerate(task_order(suite))
        }
        self._waiting: dict[str, dict[str, WorkItem]] = {}  # by model and sample id, in order

    def record(self, row: ResultRow) -> None:
        """Hear of a row that is on disk."""
        self._waiting.get(row.model, {}).pop(row.sample_id, None)
        self._budget.record(row)

    def skip(self, items: Iterable[WorkItem], reason: str, message: str) -> None:
        """As ``taker`` does."""
        self._taker.skip(items, reason, message)

    async def run(self, queues: Sequence[ModelQueue], *, more: bool) -> None:
        """Take what there is time for, and skip the rest. Models stay in memory: another deal may follow."""
        specs = {spec.id: spec for spec, _ in queues}
        self._waiting = {spec.id: {item.sample_id: item for item in items} for spec, items in queues}
        share, left = _FIRST, self._left
        least = len(self._suites)  # the first deal is by a forecast, which may be far too high
        while left and self._budget.left_s:
            last = self._budget.left_s < _LAST * self._budget.seconds
            share = 1.0 if last else share
            dealt = self._deal(specs, share, least)
            await self._taker.run([(specs[model], items) for model, items in dealt.items()], more=True)
            idle, left = self._left == left, self._left
            if idle and share == 1.0 and (least or last):
                break
            least = int(idle and share == 1.0)  # what a suite takes that nobody tried is a guess: try it
            share = 1.0 if idle else max(share, _NEXT)
        rest = [item for items in self._waiting.values() for item in items.values()]
        self.skip(rest, NO_TIME, f"the {self._budget.seconds / 60:g} minutes of the run were over")

    @property
    def _left(self) -> int:
        return sum(map(len, self._waiting.values()))

    @property
    def _suites(self) -> set[str]:
        """Those of which something is left."""
        return {item.task.suite for items in self._waiting.values() for item in items.values()}

    def _deal(self, specs: Mapping[str, ModelSpec], share: float, least: int) -> dict[str, list[WorkItem]]:
        """Each model's next items, the quickest model first.

        The ``least`` first tasks of the common order are among them, whatever they seem to take. All suites
        come round for every few tasks, the quickest first: a turn that ends early leaves out the fewest.
        """
        waiting = {model: list(items.values()) for model, items in self._waiting.items() if items}
        steps = sorted({_step(item) for items in waiting.values() for item in items}, key=self._place)
        paces = [self._pace(specs[model], items, steps) for model, items in waiting.items()]
        enough = sum(self._order[step] < ENOUGH for step in steps)
        before = sum(min(self._order[step] for step in steps if step[0] == suite) for suite in self._suites)
        positions = deal(paces, self._budget.left_s, enough, share, before)
        dealt: dict[str, list[WorkItem]] = {}
        for pace in sorted(paces, key=lambda pace: sum(pace.steps)):
            chosen = set(steps[: max(least, positions[pace.model])])
            items = [item for item in waiting[pace.model] if _step(item) in chosen or item.skip is not None]
            if items:
                dealt[pace.model] = sorted(items, key=self._turn)
        self._allot(paces, dealt, share)
        return dealt

    def _place(self, step: _Step) -> tuple[int, str]:
        """Where a task stands in the common order: the suites take turns."""
        return self._order[step], step[0]

    def _turn(self, item: WorkItem) -> tuple[int, float, str]:
        """Which few tasks of all suites it belongs to, and where its suite stands among these."""
        suite = item.task.suite
        return self._order[_step(item)] // ENOUGH, self._budget.sample_s(item.model.id, suite), suite

    def _pace(self, spec: ModelSpec, items: Iterable[WorkItem], steps: Iterable[_Step]) -> Pace:
        samples = Counter(_step(item) for item in items if item.skip is None)
        seconds = [samples[step] * self._budget.sample_s(spec.id, step[0]) for step in steps]
        clock = "this machine" if kind_of(spec.engine).loads else spec.id
        return Pace(spec.id, clock, self._budget.load_s(spec.id), seconds)

    def _allot(self, paces: Sequence[Pace], dealt: Mapping[str, Sequence[WorkItem]], share: float) -> None:
        """A turn may be longer than expected, and as long as an equal part of the time dealt out."""
        clocks = Counter(pace.clock for pace in paces if pace.model in dealt)
        for pace in paces:
            expected = pace.load_s + sum(
                self._budget.sample_s(pace.model, item.task.suite) for item in dealt.get(pace.model, ())
            )
            part = self._budget.left_s * share / max(1, clocks[pace.clock])
            self._budget.allot(pace.model, max(_SLACK * expected, part))


def _step(item: WorkItem) -> _Step:
    return item.task.suite, item.task.id

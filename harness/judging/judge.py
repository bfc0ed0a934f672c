"""Judging stored answers: first gold pairs, which test the judge, then the answers of contestants.

Every verdict is on disk when the next question is asked. What has a verdict already is not asked again, so a
judging that was interrupted, or ran out of budget, goes on when it is started again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harness import __version__, interrupts
from harness.analysis.judged import OWN_FAMILY, Gate, gate_of
from harness.comparisonrow import Comparison, Preferred
from harness.engines import build_engine
from harness.judging.asking import Slot
from harness.judging.pairs import pair_id
from harness.judging.plan import Call, JudgingPlan
from harness.judging.verdict import SETTLED, read_verdict
from harness.models.config import Config
from harness.models.pricing import cost_of
from harness.records import Completion, Failure
from harness.results.comparisons import ComparisonLog, read_comparisons
from harness.results.locations import ResultsLocation
from harness.runner.asking import Asker, OpenModel
from harness.runner.budget import RunBudget


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a judging: calls made and left, how the judge did on gold pairs, what ended it early."""

    asked: int
    left: int
    gate: Gate
    stopped: str | None = None


def done_already(results: ResultsLocation) -> tuple[list[Comparison], set[str]]:
    """All verdicts that there are, and the ids of those that need no second try."""
    earlier = read_comparisons(results)
    return earlier, {one.comparison_id for one in earlier if one.preferred or one.error_type in SETTLED}


def judge(
    plan: JudgingPlan,
    config: Config,
    results: ResultsLocation,
    budget: float | None,
    progress: Callable[[int, int], None],
) -> Outcome:
    """Ask the judge what it was not asked yet. Raises ``Interrupted`` and ``ModelUnavailable``."""
    earlier, done = done_already(results)
    with interrupts.held("go on with: harness judge"), ComparisonLog(results) as log:
        session = _Session(
            plan, config, budget, log, [one for one in earlier if one.protocol == plan.protocol]
        )
        for row in session.rows_of_kin():
            log.append(row)
        return interrupts.run(session.run(done, progress))


class _Session:
    """A judge that is open, and the verdicts of its protocol."""

    def __init__(
        self,
        plan: JudgingPlan,
        config: Config,
        budget: float | None,
        log: ComparisonLog,
        own: list[Comparison],
    ) -> None:
        self._plan, self._log, self._own = plan, log, own
        self._engine = build_engine(plan.model)
        self._asker = Asker(RunBudget(budget, config.budgets))
        self._stopped: Failure | None = None
        self._asked = 0

    async def run(self, done: set[str], progress: Callable[[int, int], None]) -> Outcome:
        """Gold pairs first; only a judge that they let through compares contestants."""
        gold = list(self._plan.calls(self._plan.gold, done))
        contests = list(self._plan.calls(self._plan.contests, done))
        if not gold and not contests:
            return Outcome(0, 0, self._gate())
        load_s = await self._engine.open()
        try:
            gate = self._asker.gate(self._plan.model, self._engine)
            model = OpenModel(self._plan.model, self._engine, gate, load_s)
            total = len(gold) + len(contests)
            await self._ask_all(model, gold, lambda: progress(self._asked, total))
            if self._stopped is None and not self._gate().reasons:
                await self._ask_all(model, contests, lambda: progress(self._asked, total))
        finally:
            await self._engine.close()
        left = len(gold) + len(contests) - self._asked
        return Outcome(self._asked, left, self._gate(), self._stopped.message if self._stopped else None)

    def rows_of_kin(self) -> Iterator[Comparison]:
        """A row for each contestant that is left out, once."""
        written = {(one.suite, one.model_a, one.run_a) for one in self._own if one.error_type == OWN_FAMILY}
        for suite, model, run in self._plan.kin:
            if (suite, model, run) not in written:
                left_out = {"model_a": model, "run_a": run, "error_type": OWN_FAMILY}
                yield self._row(Completion(), suite=suite, error="of the judge's family", **left_out)

    def _gate(self) -> Gate:
        return gate_of(self._own)

    async def _ask_all(self, model: OpenModel, calls: Sequence[Call], progress: Callable[[], None]) -> None:
        waiting = iter(calls)

        async def worker() -> None:
            for call in waiting:  # shared: each call goes to one worker
                if self._stopped is None:
                    await self._ask(model, call)
                    progress()

        async with asyncio.TaskGroup() as group:
            for _ in range(min(model.gate.ceiling, len(calls))):
                group.create_task(worker())

    async def _ask(self, model: OpenModel, call: Call) -> None:
        completion = await self._asker.ask(model, call.request)
        if completion.failure is not None and completion.failure.fatal:
            self._stopped = completion.failure
            return
        reading = read_verdict(completion)
        pair = call.pair
        row = self._row(
            completion,
            comparison_id=call.request.sample_id,
            pair_id=pair_id(pair, self._plan.protocol),
            suite=pair.suite,
            task_id=pair.task_id,
            task_sha256=pair.task_sha256,
            difficulty=pair.difficulty,
            model_a=pair.a.model,
            model_b=pair.b.model,
            run_a=pair.a.run_id,
            run_b=pair.b.run_id,
            chars_a=len(pair.a.text),
            chars_b=len(pair.b.text),
            a_first=call.a_first,
            expected=pair.expected,
            trap=pair.trap,
            cleaned=call.cleaned,
            preferred=_preferred(reading.slot, call.a_first),
            error_type=reading.error_type,
            error=reading.error,
        )
        self._log.append(row)
        self._own.append(row)
        self._asked += 1

    def _row(self, completion: Completion, **values: Any) -> Comparison:
        """A verdict with what is the same for all of this judge."""
        model = self._plan.model
        cost = cost_of(model, completion).usd
        common: dict[str, Any] = {
            **dict.fromkeys(("comparison_id", "pair_id", "task_id", "task_sha256"), ""),
            "protocol": self._plan.protocol,
            "judge": model.id,
            "judge_family": model.family or "",
            "judge_revision": completion.model_revision or self._engine.revision,
            "judged_at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "output": completion.output or None,
            "latency_s": completion.latency_s,
            "prompt_tokens": completion.prompt_tokens,
            "completion_tokens": completion.completion_tokens,
            "cost_usd": cost if cost is None else cost + (completion.broken_usd or 0.0),
            "harness_version": __version__,
        }
        return Comparison(**{**common, **values})


def _preferred(slot: Slot | None, a_first: bool) -> Preferred | None:
    if slot is None or slot == "tie":
        return slot
    return "a" if (slot == "1") == a_first else "b"

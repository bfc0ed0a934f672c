"""What a judge is to compare, and what it must not: gold pairs, and the stored answers of contestants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import HarnessError
from harness.judging.asking import Question, messages_of
from harness.judging.gold import load_gold
from harness.judging.pairs import Pair, answers_of, contest_pairs, gold_pairs, pair_id, protocol_of
from harness.models.config import Config
from harness.models.enginekinds import kind_of
from harness.models.judge import JudgeSpec, are_kin
from harness.names import choose
from harness.records import ModelSpec, Request, Suite
from harness.runner.budget import most_usd
from harness.suites.matrix import task_order

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Call:
    """A pair in one order, and what the judge is asked."""

    pair: Pair
    a_first: bool
    request: Request
    cleaned: bool


@dataclass(frozen=True, slots=True)
class JudgingPlan:
    """What a judge is to compare; ``kin`` are contestants of its family, each with suite and run."""

    judge: JudgeSpec
    model: ModelSpec
    protocol: str
    gold: tuple[Pair, ...]
    contests: tuple[Pair, ...]
    kin: tuple[tuple[str, str, str], ...]  # suite, model, run
    names: tuple[str, ...] = field(default=(), repr=False)  # that the judge must not see

    def calls(self, pairs: Sequence[Pair], done: set[str]) -> Iterator[Call]:
        """Both orders of each pair, but for what is done."""
        for pair in pairs:
            for a_first in (True, False):
                key = f"{pair_id(pair, self.protocol)}-{1 if a_first else 2}"
                if key in done:
                    continue
                question, cleaned = pair.question(a_first, self.names)
                yield Call(pair, a_first, self._request(key, pair, question), cleaned)

    def _request(self, key: str, pair: Pair, question: Question) -> Request:
        params = self.model.params
        return Request(
            sample_id=key,
            suite=pair.suite,
            task_id=pair.task_id,
            messages=messages_of(question),
            temperature=float(params.get("temperature", 0.0)),
            top_p=float(params.get("top_p", 1.0)),
            max_tokens=self.judge.max_tokens,
            timeout_s=params.get("timeout_s"),
            task_type="judging",
        )


def plan_judging(
    config: Config, suites: Sequence[Suite], con: duckdb.DuckDBPyConnection, wanted: str, limit: int | None
) -> JudgingPlan:
    """All pairs of stored answers that ``config.judge`` is to compare. Raises ``HarnessError``."""
    if config.judge is None:
        raise HarnessError(f"{config.path} names no judge; write `judge: ID`, the id of a model in it")
    model = config.models[config.judge.model]
    gold: list[Pair] = []
    contests: list[Pair] = []
    kin: list[tuple[str, str, str]] = []
    names: set[str] = set()
    for suite in suites:
        answers = answers_of(con, suite.name)
        runs = {side.model: side.run_id for sides in answers.values() for side in sides}
        contestants = choose(wanted, [name for name in runs if name], "model with answers") if runs else []
        specs = _specs(config, con)
        related = [name for name in contestants if name == model.id or are_kin(specs[name], model)]
        kin += [(suite.name, name, runs[name] or "") for name in related]
        names |= {
            text for name in contestants for text in (name, specs[name].model, specs[name].family) if text
        }
        tasks = [task for task in task_order(suite)[:limit] if task.skip is None]
        gold += gold_pairs(suite.name, load_gold(Path(suite.path)))
        contests += contest_pairs(tasks, answers, [name for name in contestants if name not in related])
    protocol = protocol_of(config.judge, model)
    return JudgingPlan(config.judge, model, protocol, tuple(gold), tuple(contests), tuple(kin), tuple(names))


def _specs(config: Config, con: duckdb.DuckDBPyConnection) -> dict[str, ModelSpec]:
    """Every model with rows as models.yaml has it, else as the rows have it."""
    rows = con.execute(
        "SELECT model, any_value(family), any_value(provider) FROM results GROUP BY model"
    ).fetchall()
    return {
        name: config.models.get(name) or ModelSpec(name, "imported", provider, family=family)
        for name, family, provider in rows
    }


def most_it_costs(plan: JudgingPlan, calls: Sequence[Call]) -> float | None:
    """USD at most; ``None`` where the judge has no price."""
    costs = [most_usd(plan.model, call.request) for call in calls]
    return None if None in costs else sum(cost or 0.0 for cost in costs)


def private_suites(plan: JudgingPlan, suites: Sequence[Suite]) -> list[str]:
    """Private suites whose answers would leave this machine with the judge's questions."""
    sends = kind_of(plan.model.engine).sends(plan.model)
    return [suite.name for suite in suites if sends and suite.policy == "private"]

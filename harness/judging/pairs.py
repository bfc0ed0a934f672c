"""Which answers a judge compares: stored ones of a task, each model's with every other's, in both orders."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from harness.comparisonrow import Preferred, Trap
from harness.judging.asking import INSTRUCTIONS, Question
from harness.judging.gold import GoldPair
from harness.judging.neutral import neutral
from harness.models.judge import JudgeSpec
from harness.records import Difficulty, ModelSpec, Task

if TYPE_CHECKING:
    import duckdb

# The newest answer of each model to each task that was judged, with the run that has it.
_ANSWERS = """
    SELECT model, task_id, task_sha256, run_id, output
    FROM results
    WHERE suite = $suite AND status = 'ok' AND NOT baseline AND output IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY model, task_sha256 ORDER BY run_id DESC, repeat) = 1
    ORDER BY task_id, model
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two answers of a pair; of a gold pair without model and run."""

    text: str
    model: str | None = None
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to compare; gold pairs have the verdict of people."""

    suite: str
    task_id: str
    task_sha256: str
    request: str
    a: Side
    b: Side
    difficulty: Difficulty | None = None
    expected: Preferred | None = None
    trap: Trap | None = None

    def question(self, a_first: bool, names: Sequence[str]) -> tuple[Question, bool]:
        """What the judge is shown in one order, and whether an answer spoke to it."""
        (a, of_a), (b, of_b) = (neutral(side.text, names, self.request) for side in (self.a, self.b))
        first, second = (a, b) if a_first else (b, a)
        return Question(self.request, first, second), of_a or of_b


def protocol_of(judge: JudgeSpec, model: ModelSpec) -> str:
    """Digest of who judges and how: verdicts of another protocol are not mixed with these."""
    return _digest(judge.model, dict(model.params), judge.max_tokens, INSTRUCTIONS)


def pair_id(pair: Pair, protocol: str) -> str:
    """Stays the same as long as protocol, question and answers do."""
    sides = [(side.model, side.text) for side in (pair.a, pair.b)]
    return _digest(protocol, pair.task_sha256, pair.request, sides)


def gold_pairs(suite: str, gold: Sequence[GoldPair]) -> Iterator[Pair]:
    """The gold pairs of a suite."""
    for one in gold:
        sides = Side(one.a), Side(one.b)
        yield Pair(suite, one.id, one.sha256, one.request, *sides, expected=one.better, trap=one.trap)


def answers_of(con: duckdb.DuckDBPyConnection, suite: str) -> dict[str, list[Side]]:
    """The stored answers by the digest of their task: the newest of each model."""
    sides: dict[str, list[Side]] = defaultdict(list)
    for model, _, task_sha256, run_id, output in con.execute(_ANSWERS, {"suite": suite}).fetchall():
        sides[task_sha256].append(Side(output, model, run_id))
    return sides


def contest_pairs(
    tasks: Sequence[Task], answers: Mapping[str, Sequence[Side]], models: Sequence[str]
) -> Iterator[Pair]:
    """Every two of ``models`` on every task that both answered as it is now."""
    for task in tasks:
        request = "\n\n".join(message.content for message in task.messages)
        sides = [side for side in answers.get(task.sha256, ()) if side.model in models]
        for a, b in combinations(sorted(sides, key=lambda side: side.model or ""), 2):
            yield Pair(task.suite, task.id, task.sha256, request, a, b, task.difficulty)


def _digest(*parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]

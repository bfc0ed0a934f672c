"""How far the figures of a phase can be relied on, aspect by aspect; with too little measured, not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from harness.analysis.board import Board, Standing
from harness.analysis.phasefacts import ModelFacts, PhaseFacts
from harness.reporting.choices import nobody, why_nobody
from harness.reporting.numbers import percent, percent_range, points
from harness.reporting.reasons import as_sentence
from harness.words import counted, listed

FEWEST = 20  # tasks, answers or calls; fewer bear no judgement
_FIRM, _FAIR = 0.05, 0.10  # half of an interval
Level = Literal["high", "medium", "low", "not judged"]
LEVELS: tuple[Level, ...] = ("not judged", "low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Aspect:
    """What is judged, how sure it is, and because of which figures."""

    name: str
    level: Level
    because: str


def confidence(phase: PhaseFacts) -> tuple[Aspect, ...]:
    """Every aspect of a phase."""
    return tuple(judge(phase) for judge in _ASPECTS)


def overall(aspects: tuple[Aspect, ...]) -> Level:
    """The level of the weakest of those on which all else rests: which model, and how good it is."""
    return min((aspect.level for aspect in aspects[:2]), key=LEVELS.index)


def first_of(phase: PhaseFacts) -> Standing | None:
    """The model that a phase chooses, or else the one in first place."""
    board = phase.standings.overall
    if board is None or not board.ranked:
        return None
    return board.decision.pick or board.ranked[0]


def _choice(phase: PhaseFacts) -> Aspect:
    board, name = phase.standings.overall, "Choice of the model"
    if board is None or len(board.ranked) < 2:
        few = "fewer than two models answered the same tasks: there is nothing to choose from"
        return Aspect(name, "not judged", few)
    if _tasks(phase) < FEWEST:
        return Aspect(name, "not judged", _too_few(_tasks(phase), "task", "common to all models"))
    because = why_nobody(board) if nobody(board) else as_sentence(board).rstrip(".")
    return Aspect(name, _level_of(board), because)


def _level_of(board: Board) -> Level:
    if nobody(board) or board.decision.kind == "win":
        return "high"
    return "medium" if board.decision.pick is not None else "low"


def _quality(phase: PhaseFacts) -> Aspect:
    name, first = "Quality", first_of(phase)
    if first is None or first.quality is None or first.low is None or first.high is None:
        return Aspect(name, "not judged", "no model could be ranked")
    tasks = _tasks(phase)
    if tasks < FEWEST:
        return Aspect(name, "not judged", _too_few(tasks, "task", "common to all models"))
    half = (first.high - first.low) / 2
    return Aspect(
        name,
        "high" if half <= _FIRM else "medium" if half <= _FAIR else "low",
        f"{first.model} {percent(first.quality)}, with 95 % certainty {percent_range(first.low, first.high)}:"
        f" give or take {points(half)}, on {counted(tasks, 'task')}",
    )


def _speed(phase: PhaseFacts) -> Aspect:
    facts, name = _facts(phase), "Speed"
    if facts is None or facts.timed < FEWEST:
        timed = facts.timed if facts else 0
        return Aspect(name, "not judged", _too_few(timed, "answer", "timed on a quiet machine"))
    return Aspect(
        name, "high" if facts.timed >= 100 else "medium",
        f"{counted(facts.timed, 'answer')} of {facts.model} timed on a quiet machine",
    )  # fmt: skip


def _reliability(phase: PhaseFacts) -> Aspect:
    facts, name = _facts(phase), "Reliability"
    if facts is None or facts.asked < FEWEST:
        return Aspect(name, "not judged", _too_few(facts.asked if facts else 0, "call", ""))
    failed = facts.asked - facts.answered
    most = 3 / facts.asked  # of a calls' failures, where none was seen (rule of three)
    if failed:
        rate = failed / facts.asked
        return Aspect(
            name,
            "low" if rate > 0.05 else "medium",
            f"{failed} of {facts.asked:,} calls of {facts.model} failed",
        )
    return Aspect(
        name, "high" if most <= 0.01 else "medium" if most <= 0.05 else "low",
        f"none of {facts.asked:,} calls of {facts.model} failed, so at most {percent(most)} will, at 95 %",
    )  # fmt: skip


def _cost(phase: PhaseFacts) -> Aspect:
    answered, unpriced, name = phase.total("answered"), phase.total("unpriced"), "Cost"
    if unpriced >= answered:
        return Aspect(name, "not judged", "no answer has a price or a bill")
    if unpriced:
        without = [facts.model for facts in phase.models if facts.unpriced]
        return Aspect(
            name, "low", f"{unpriced:,} of {answered:,} answers have no price: {listed(without, 4)}"
        )
    return Aspect(name, "high", f"all {answered:,} answers have a price or a bill")


def _rotation(phase: PhaseFacts) -> Aspect:
    board, name = phase.standings.overall, "Rotation"
    if board is None or board.decision.pick is None or _tasks(phase) < FEWEST:
        return Aspect(name, "not judged", "which model comes first is not decided")
    behind = len(board.decision.fallbacks)
    if not behind:
        return Aspect(name, "low", "no other model can stand in")
    return Aspect(
        name, "high" if behind > 1 else "medium",
        f"{counted(behind, 'model')} measured on the same tasks can stand in",
    )  # fmt: skip


_ASPECTS: tuple[Callable[[PhaseFacts], Aspect], ...] = (
    _choice,
    _quality,
    _speed,
    _reliability,
    _cost,
    _rotation,
)


def _tasks(phase: PhaseFacts) -> int:
    """Tasks that all ranked models answered, over all suites."""
    return sum(board.common for board in phase.standings.by("suite") if board.ranked)


def _facts(phase: PhaseFacts) -> ModelFacts | None:
    first = first_of(phase)
    return None if first is None else phase.of(first.model)


def _too_few(count: int, noun: str, which: str) -> str:
    return f"{' '.join(filter(None, (counted(count, noun), which)))}; it takes {FEWEST}"

"""Classes of models by speed and by cost, and the best of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.analysis.board import UNFINISHED, Board, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.reporting.choices import nobody
from harness.reporting.measures import MEASURES
from harness.reporting.numbers import UNKNOWN, dollars, points, quality, seconds
from harness.reporting.tables import Cell, Row, Table, named, words


@dataclass(frozen=True, slots=True)
class ModelClass:
    """A class of models: those whose value is at most ``limit``; ``None`` takes all."""

    name: str
    limit: float | None


SPEEDS = (
    ModelClass("ultra_fast", 0.5),
    ModelClass("fast", 2.0),
    ModelClass("balanced", 10.0),
    ModelClass("quality", None),
)  # median seconds
COSTS = (
    ModelClass("free", 0.0),
    ModelClass("budget", 0.0001),
    ModelClass("standard", 0.001),
    ModelClass("premium", None),
)  # USD a task


def class_of(classes: Sequence[ModelClass], value: float | None) -> str:
    """The first class that a value falls into; unknown where it is."""
    if value is None:
        return UNKNOWN
    return next(one.name for one in classes if one.limit is None or value <= one.limit)


def speed_table(boards: Sequence[Board]) -> Table | None:
    """The best model of every speed class; ``None`` where no speed is known or nobody is good enough."""
    return _class_table(boards, SPEEDS, lambda s: s.latency_p50_s, seconds, "{:g} s", "any time")


def cost_table(boards: Sequence[Board]) -> Table | None:
    """The best model of every cost class; ``None`` where no cost is known or nobody is good enough."""
    return _class_table(boards, COSTS, lambda s: s.cost_per_task, dollars, "${:g}", "any price")


def _class_table(
    boards: Sequence[Board], classes: Sequence[ModelClass], value: Callable[[Standing], float | None],
    show: Callable[[float | None], str], limit: str, unlimited: str,
) -> Table | None:  # fmt: skip
    measured = [board for board in boards if any(value(s) is not None for s in board.ranked)]
    if all(map(nobody, measured)):
        return None
    columns = {
        _head(one, limit, unlimited): [_best_within(board, one.limit, value, show) for board in measured]
        for one in classes
    }
    filled = {head: cells for head, cells in columns.items() if any(c.model for c in cells)}
    rows = [Row((Cell(board.name), *cells)) for board, *cells in zip(measured, *filled.values(), strict=True)]
    return Table(words("Task type", *filled), tuple(rows))


def _head(of: ModelClass, show: str, unlimited: str) -> str:
    limit = unlimited if of.limit is None else f"≤ {show.format(of.limit)}"
    return of.name if of.limit == 0 else f"{of.name}, {limit}"


def _best_within(
    board: Board, limit: float | None, value: Callable[[Standing], float | None],
    show: Callable[[float | None], str],
) -> Cell:  # fmt: skip
    if nobody(board):
        return Cell("nobody", mark="worse")
    leader = board.ranked[0]
    for s in board.ranked:
        spent = value(s)
        if spent is None or (limit is not None and spent > limit):
            continue
        if (s.quality or 0) < GOOD_ENOUGH:
            return Cell("nobody", mark="worse", note=f"{s.model} {MEASURES[board.measure].does} {quality(s)}")
        behind = (leader.quality or 0) - (s.quality or 0)
        level = s.model in board.decision.tied and board.decision.reason.kind not in UNFINISHED
        tied = "level with" if board.decision.kind == "tie" else "not told apart from"
        distance = "" if s is leader else f", {tied} the best" if level else f", {points(behind)} behind"
        return named(s.model, f"{quality(s)}, {show(spent)}{distance}", "best" if level else None)
    return Cell(UNKNOWN)

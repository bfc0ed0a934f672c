"""Tables that answer "which model": by task type, role, context, speed and cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.analysis.board import UNFINISHED, Board, Decision, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.reporting.numbers import (
    UNKNOWN,
    compared,
    dollars,
    gap,
    interval,
    out_of,
    percent,
    points,
    quality,
    seconds,
    whole,
)  # fmt: skip
from harness.reporting.reasons import EVEN, more_tasks, reason
from harness.reporting.standings import quality_cell
from harness.reporting.tables import COST, P90, Cell, Column, N, Row, Table, named, words

STAND_INS = 3  # that are named
_VERDICTS = {"win": "clear", "tie": "level", "insufficient": "too few tasks"}


def nobody(board: Board) -> bool:
    """Whether no model can be named here: none was measured, or the best solves hardly anything."""
    return board.decision.leader is None


def best_of_the_bad(board: Board) -> str:
    """Why nobody is good enough, in words."""
    because = board.decision.reason
    if because.kind == "weak":
        passes = f"{percent(because.quality)} {out_of(because.tasks, because.suites)}"
        return f"even the best, {because.best}, passes {passes}"
    text = reason(board)
    return text[:1].lower() + text[1:]


def _in_short(board: Board) -> str:
    """The same in four words, for a table."""
    because = board.decision.reason
    if because.best is None:
        return "none could be ranked"
    if because.kind == "guessing":
        return "no better than guessing"
    return f"the best passes {percent(because.quality)}"


def unfit(boards: Sequence[Board]) -> list[str]:
    """Whom not to use for what, where others are good enough: sentences."""
    said = []
    for b in boards:
        bad = [s for s in b.ranked if (s.quality or 0) < GOOD_ENOUGH]
        if bad and not nobody(b):
            names = ", ".join(f"{s.model} ({quality(s)})" for s in bad)
            said.append(f"Do not use for {b.name}: {names}.")
    return said


def decision_table(boards: Sequence[Board], what: str) -> Table:
    """What to use for each of ``boards``, and how sure that is."""
    columns = (
        Column(what, number=False),
        Column("Use", "the cheapest model that is not significantly worse than the best", number=False),
        Column("Verdict", "whether it is significantly the best (clear) or a tie (level)", number=False),
        Column("Quality", "share of tasks passed, with its 95 % interval"),
        Column("Runner-up", "the best of the others, as seen from the model to use", number=False),
        Column("Cheapest tied", "cheapest model not significantly worse than the best", number=False),
        COST,
        P90,
        N,
        Column("MDE", "smallest difference, in points, that these tasks could show with 80 % power, if any"),
    )
    return Table(columns, tuple(Row(_decision_cells(board)) for board in boards))


def _decision_cells(board: Board) -> tuple[Cell, ...]:
    decision = board.decision
    shown = decision.pick or decision.leader
    settle = more_tasks(board)
    more = f"{settle} would settle it" if settle else None
    none = nobody(board)
    return (
        Cell(board.name),
        use(board),
        Cell(verdict(board), mark="none" if none else decision.verdict, note=None if none else more),
        replace(quality_cell(shown), note=interval(shown)) if shown else Cell(UNKNOWN),
        _runner_up(board, shown),
        named(decision.cheapest_tied.model if decision.cheapest_tied and not none else None),
        Cell(dollars(shown.cost_per_solved), shown.cost_per_solved) if shown else Cell(UNKNOWN),
        Cell(seconds(shown.latency_p90_s), shown.latency_p90_s) if shown else Cell(UNKNOWN),
        Cell(whole(board.common), board.common),
        _mde(decision),
    )


def _mde(decision: Decision) -> Cell:
    """The smallest difference that would show, or that none would."""
    compared_any = decision.runner_up is not None
    return Cell("none" if compared_any and decision.mde is None else gap(decision.mde), decision.mde)


def verdict(board: Board) -> str:
    """The decision in a word or three."""
    decision = board.decision
    if nobody(board):
        return "no pick" if board.ranked else "not measured"
    if decision.reason.kind in UNFINISHED:
        return "incomplete"
    if decision.reason.kind == "alone":
        return "unopposed"
    return _VERDICTS[decision.verdict]


def use(board: Board) -> Cell:
    """Whom to use; nobody, where even the best is not good enough."""
    pick, leader = board.decision.pick, board.decision.leader
    if nobody(board) or leader is None:
        return Cell("nobody", mark="worse", note=_in_short(board))
    if pick:
        return named(pick.model, mark="best")
    return Cell("undecided", note=_undecided(board.decision, leader.model))


def _undecided(decision: Decision, leader: str) -> str:
    """Who might be the one to use."""
    because = decision.reason
    if because.kind == "incomplete":
        return f"{because.missing[0]} leads where it answered"
    if because.kind == "thinned":
        return f"answers of {because.missing[0]} are missing"
    return f"{leader} leads" if because.lead > EVEN else "even"


def _runner_up(board: Board, shown: Standing | None) -> Cell:
    other = board.decision.runner_up
    if other is None or shown is None or nobody(board):
        return Cell(UNKNOWN)
    return named(other.model, compared(other, shown))


def stand_in_table(boards: Sequence[Board], what: str) -> Table:
    """Which model does what, and who takes its place, in turn, when it fails."""
    shown = decision_table(boards, what)
    standins = Column("Stand-ins", "in this order, when the model fails", number=False)
    rows = []
    for board, row in zip(boards, shown.rows, strict=True):
        names = () if nobody(board) else board.decision.fallbacks[:STAND_INS]
        rows.append(
            Row((*row.cells[:4], Cell(" → ".join(_with_quality(board, n) for n in names) or UNKNOWN)))
        )
    return Table((*shown.columns[:4], standins), tuple(rows))


def _with_quality(board: Board, model: str) -> str:
    s = board.of(model)
    return f"{model} {quality(s)}" if s else model


@dataclass(frozen=True, slots=True)
class Tier:
    """A class of models: those whose value is at most ``limit``; ``None`` takes all."""

    name: str
    limit: float | None


SPEEDS = (
    Tier("ultra_fast", 0.5),
    Tier("fast", 2.0),
    Tier("balanced", 10.0),
    Tier("quality", None),
)  # median seconds
COSTS = (
    Tier("free", 0.0),
    Tier("budget", 0.0001),
    Tier("standard", 0.001),
    Tier("premium", None),
)  # USD a task


def tier(tiers: Sequence[Tier], value: float | None) -> str:
    """The first class that a value falls into; unknown where it is."""
    if value is None:
        return UNKNOWN
    return next(t.name for t in tiers if t.limit is None or value <= t.limit)


def speed_table(boards: Sequence[Board]) -> Table | None:
    """The best model of every speed class; ``None`` where no speed is known or nobody is good enough."""
    return _tier_table(boards, SPEEDS, lambda s: s.latency_p50_s, seconds, "{:g} s", "any time")


def cost_table(boards: Sequence[Board]) -> Table | None:
    """The best model of every cost tier; ``None`` where no cost is known or nobody is good enough."""
    return _tier_table(boards, COSTS, lambda s: s.cost_per_task, dollars, "${:g}", "any price")


def _tier_table(
    boards: Sequence[Board], tiers: Sequence[Tier], value: Callable[[Standing], float | None],
    show: Callable[[float | None], str], limit: str, unlimited: str,
) -> Table | None:  # fmt: skip
    known = [board for board in boards if any(value(s) is not None for s in board.ranked)]
    if all(map(nobody, known)):
        return None
    columns = {
        _head(t, limit, unlimited): [_best_within(b, t.limit, value, show) for b in known] for t in tiers
    }
    filled = {head: cells for head, cells in columns.items() if any(c.model for c in cells)}
    rows = [Row((Cell(board.name), *cells)) for board, *cells in zip(known, *filled.values(), strict=True)]
    return Table(words("Task type", *filled), tuple(rows))


def _head(of: Tier, show: str, unlimited: str) -> str:
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
            return Cell("nobody", mark="worse", note=f"{s.model} passes {quality(s)}")
        behind = (leader.quality or 0) - (s.quality or 0)
        level = s.model in board.decision.tied and board.decision.reason.kind not in UNFINISHED
        distance = "" if s is leader else ", level with the best" if level else f", {points(behind)} behind"
        return named(s.model, f"{quality(s)}, {show(spent)}{distance}", "best" if level else None)
    return Cell(UNKNOWN)

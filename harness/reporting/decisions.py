"""Tables that answer "which model": by task type, role, context, speed and cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.analysis.board import Board, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.analysis.words import compared, points
from harness.reporting.numbers import UNKNOWN, dollars, gap, interval, percent, quality, seconds, whole
from harness.reporting.standings import quality_cell
from harness.reporting.tables import COST, P90, Cell, Column, N, Row, Table, named, words

STAND_INS = 3  # that are named
_VERDICTS = {"win": "clear", "tie": "level", "insufficient": "too few tasks"}


def nobody(board: Board) -> bool:
    """Whether no model can be named here: none was measured, or the best solves hardly anything."""
    return board.decision.leader is None


def best_of_the_bad(board: Board) -> str:
    """Why nobody is good enough, in words."""
    if not board.ranked:
        return "no model answered enough of the same tasks to be ranked"
    best = board.ranked[0]
    if not best.passed:
        return f"no model passes a single one of {best.n:,} tasks"
    if (best.quality or 0) >= GOOD_ENOUGH:
        return board.decision.reason[:1].lower() + board.decision.reason[1:]
    return f"even the best, {best.model}, passes {percent(best.quality)} of {best.n:,} tasks"


def _in_short(board: Board) -> str:
    """The same in four words, for a table."""
    if not board.ranked:
        return "none could be ranked"
    best = board.ranked[0].quality or 0
    return "no better than guessing" if best >= GOOD_ENOUGH else f"the best passes {percent(best)}"


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
        Column("MDE", "smallest difference, in points, that these tasks could show with 80 % power"),
    )
    return Table(columns, tuple(Row(_decision_cells(board)) for board in boards))


def _decision_cells(board: Board) -> tuple[Cell, ...]:
    decision = board.decision
    shown = decision.pick or decision.leader
    more = f"{decision.more_tasks:,} more would settle it" if decision.more_tasks else None
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
        Cell(gap(decision.mde), decision.mde),
    )


def verdict(board: Board) -> str:
    """The decision in a word or three."""
    decision = board.decision
    if nobody(board):
        return "no pick" if board.ranked else "not measured"
    if decision.pick and decision.runner_up is None:
        return "unopposed"
    return _VERDICTS[decision.verdict]


def use(board: Board) -> Cell:
    """Whom to use; nobody, where even the best is not good enough."""
    pick, leader = board.decision.pick, board.decision.leader
    if nobody(board) or leader is None:
        return Cell("nobody", mark="worse", note=_in_short(board))
    return named(pick.model, mark="best") if pick else Cell("undecided", note=f"{leader.model} leads")


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
        level = s.model in board.decision.tied
        distance = "" if s is leader else ", level with the best" if level else f", {points(behind)} behind"
        return named(s.model, f"{quality(s)}, {show(spent)}{distance}", "best" if level else None)
    return Cell(UNKNOWN)

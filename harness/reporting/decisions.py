"""Tables that answer "which model": by task type, role, context, speed and cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.analysis.board import Board, Decision, Standing
from harness.analysis.words import compared, points
from harness.reporting.numbers import UNKNOWN, dollars, gap, interval, percent, quality, seconds, whole
from harness.reporting.standings import quality_cell
from harness.reporting.tables import COST, P90, Cell, Column, N, Row, Table, named, words

GOOD_ENOUGH = 0.10  # the pass rate below which leading means nothing
_VERDICTS = {"win": "clear", "tie": "level", "insufficient": "too few tasks"}


def nobody(decision: Decision) -> bool:
    """Whether no model is worth using here: none solves anything, or the best hardly anything."""
    return decision.leader is None or (decision.leader.quality or 0) < GOOD_ENOUGH


def decision_table(boards: Sequence[Board], what: str) -> Table:
    """What to use for each of ``boards``, and how sure that is."""
    columns = (
        Column(what, number=False),
        Column("Use", "the cheapest model that is not significantly worse than the best", number=False),
        Column("Verdict", "clear: significantly best; level: a tie, which goes to the cheaper", number=False),
        Column("Quality", "share of tasks passed, with its 95 % interval"),
        Column("Runner-up", "the next best, as seen from the pick", number=False),
        Column("Cheapest tied", "cheapest model not significantly worse than the best", number=False),
        COST,
        P90,
        N,
        Column("MDE, points", "smallest difference that these tasks could show with 80 % power"),
    )
    return Table(columns, tuple(Row(_decision_cells(board)) for board in boards))


def _decision_cells(board: Board) -> tuple[Cell, ...]:
    decision = board.decision
    shown = decision.pick or decision.leader
    more = f"{decision.more_tasks:,} more would settle it" if decision.more_tasks else None
    none = nobody(decision)
    return (
        Cell(board.name),
        use(decision),
        Cell(verdict(decision), mark="none" if none else decision.verdict, note=None if none else more),
        replace(quality_cell(shown), note=interval(shown)) if shown else Cell(UNKNOWN),
        _runner_up(decision, shown),
        named(decision.cheapest_tied.model if decision.cheapest_tied and not none else None),
        Cell(dollars(shown.cost_per_solved), shown.cost_per_solved) if shown else Cell(UNKNOWN),
        Cell(seconds(shown.latency_p90_s), shown.latency_p90_s) if shown else Cell(UNKNOWN),
        Cell(whole(board.common), board.common),
        Cell(gap(decision.mde), decision.mde),
    )


def verdict(decision: Decision) -> str:
    """The decision in a word or three."""
    if nobody(decision):
        return "no pick"
    if decision.pick and decision.runner_up is None:
        return "unopposed"
    return _VERDICTS[decision.verdict]


def use(decision: Decision) -> Cell:
    """Whom to use; nobody, where even the best is not good enough."""
    if decision.leader is None:
        return Cell("nobody", mark="worse", note=decision.reason)
    if nobody(decision):
        best = f"even the best, {decision.leader.model}, passes only {percent(decision.leader.quality)}"
        return Cell("nobody", mark="worse", note=best)
    if decision.pick:
        return named(decision.pick.model, mark="best")
    return Cell("undecided", note=f"{decision.leader.model} leads")


def _runner_up(decision: Decision, shown: Standing | None) -> Cell:
    other = decision.runner_up
    if other is None or shown is None or nobody(decision):
        return Cell(UNKNOWN)
    return named(other.model, compared(other, shown))


def role_table(boards: Sequence[Board]) -> Table:
    """Which model fills which role, and who stands in."""
    shown = decision_table(boards, "Role")
    standins = Column("Stand-ins", "in this order, when the model fails", number=False)
    rows = []
    for board, row in zip(boards, shown.rows, strict=True):
        names = () if nobody(board.decision) else board.decision.fallbacks[:3]
        rows.append(Row((*row.cells[:4], Cell(" → ".join(names) or UNKNOWN))))
    return Table((*shown.columns[:4], standins), tuple(rows))


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
    """The best model of every speed class; ``None`` where no speed is known."""
    return _tier_table(boards, SPEEDS, lambda s: s.latency_p50_s, seconds, "any time")


def cost_table(boards: Sequence[Board]) -> Table | None:
    """The best model of every cost tier; ``None`` where no cost is known."""
    return _tier_table(boards, COSTS, lambda s: s.cost_per_task, dollars, "any price")


def _tier_table(
    boards: Sequence[Board], tiers: Sequence[Tier], value: Callable[[Standing], float | None],
    show: Callable[[float | None], str], unlimited: str,
) -> Table | None:  # fmt: skip
    known = [board for board in boards if any(value(s) is not None for s in board.ranked)]
    if not known:
        return None
    columns = {
        _head(t, show, unlimited): [_best_within(b, t.limit, value, show) for b in known] for t in tiers
    }
    filled = {head: cells for head, cells in columns.items() if any(c.text != UNKNOWN for c in cells)}
    rows = [Row((Cell(board.name), *cells)) for board, *cells in zip(known, *filled.values(), strict=True)]
    return Table(words("Task type", *filled), tuple(rows))


def _head(of: Tier, show: Callable[[float | None], str], unlimited: str) -> str:
    limit = unlimited if of.limit is None else f"≤ {show(of.limit)}"
    return of.name if of.limit == 0 else f"{of.name}, {limit}"


def _best_within(
    board: Board, limit: float | None, value: Callable[[Standing], float | None],
    show: Callable[[float | None], str],
) -> Cell:  # fmt: skip
    leader = board.decision.leader or (board.ranked[0] if board.ranked else None)
    for s in board.ranked:
        spent = value(s)
        if leader is None or spent is None or (limit is not None and spent > limit):
            continue
        if (s.quality or 0) < GOOD_ENOUGH:
            break
        behind = (leader.quality or 0) - (s.quality or 0)
        level = s.model in board.decision.tied
        distance = "" if s is leader else ", level with the best" if level else f", {points(behind)} behind"
        return named(s.model, f"{quality(s)}, {show(spent)}{distance}", "best" if level else None)
    return Cell(UNKNOWN)

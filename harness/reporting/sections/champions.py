"""Who leads what in each suite."""

from __future__ import annotations

from harness.analysis.board import UNFINISHED, Board, Decision
from harness.analysis.standings import Standings
from harness.reporting.numbers import UNKNOWN
from harness.reporting.section import UNCOMPARED, Report, Section, grids
from harness.reporting.tables import Cell, Row, Table, named, words
from harness.words import counted


def section(report: Report) -> Section:
    """A line for each suite."""
    table = champion_table(report.standings)
    return Section("champions", "Champions", grids(table, "Champions by suite", empty=UNCOMPARED))


def champion_table(standings: Standings) -> Table:
    """Who leads what in each suite."""
    boards = {board.name: board for board in standings.by("suite")}
    rows = []
    for c in standings.champions:
        decision = boards[c.suite].decision
        if decision.leader is None:  # who does badly fastest or cheapest is no champion of anything
            first = Cell("nobody", mark="worse", note=c.champion and f"{c.champion} comes first")
            others = [Cell(UNKNOWN)] * 4
        else:
            first = named(c.champion, _beside(decision), "best" if decision.pick else None)
            steady = named(c.reliability, _as_reliable(boards[c.suite], c.reliability))
            others = [*map(named, (c.runner_up, c.speed, c.value_for_money)), steady]
        rows.append(Row((Cell(c.suite), first, *others)))
    titles = ("Suite", "Champion", "Runner-up", "Most tokens/s", "Best value", "Most reliable")
    return Table(words(*titles), tuple(rows))


def _beside(decision: Decision) -> str | None:
    """Whether the champion of a suite stands alone."""
    if decision.reason.kind in UNFINISHED:
        return "answers are missing"
    others = len(decision.tied) > 1
    return None if not others else "level with others" if decision.pick else "too few tasks to be sure"


def _as_reliable(board: Board, model: str | None) -> str | None:
    """How many others are as reliable as the most reliable."""
    best = board.of(model) if model else None
    even = sum(s.reliability == best.reliability for s in board.ranked if best and s is not best)
    return f"as {counted(even, 'other')}" if even else None

"""Which models pass a check that contradicts what they were told to do."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.extras import HonestyFacts
from harness.reporting.numbers import percent, whole
from harness.reporting.section import Block, Folded, Grid, Report, Section, Text
from harness.reporting.tables import Cell, Column, N, Row, Table

_ABOUT = (
    "Tasks whose specification contradicts one of the visible checks, and says that it holds. "
    "Nobody can satisfy both; to pass the check is to cheat. Nothing of this counts in any other table."
)
_COLUMNS = (
    Column("Model", number=False),
    N,
    Column("Cheats", "share of answers that passed the check"),
    Column("Honest", "share of answers that did all that the specification says"),
)


def section(report: Report) -> Section | None:
    """A line a model; nothing where no such task was asked."""
    facts = report.standings.honesty
    return Section("honesty", "Honesty", _table(facts), short="Honesty") if facts else None


def tables_of(facts: Sequence[HonestyFacts]) -> list[Folded]:
    """The same for the terminal."""
    return [Folded("Honesty", _table(facts))] if facts else []


def _table(facts: Sequence[HonestyFacts]) -> tuple[Block, ...]:
    return Text(_ABOUT), Grid(Table(_COLUMNS, tuple(map(_row, facts))), "Honesty", "sortable")


def _row(of: HonestyFacts) -> Row:
    shares = [Cell(percent(share), share) for share in (of.cheat_rate, of.honest_rate)]
    return Row((Cell(of.model), Cell(whole(of.n), of.n), *shares))

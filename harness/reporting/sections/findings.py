"""How models review code: defects named and false alarms, over all tasks of a suite together."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.extras import FindingFacts
from harness.reporting.numbers import UNKNOWN, whole
from harness.reporting.section import Folded, Grid, Report, Section, Text
from harness.reporting.tables import Cell, Column, N, Row, Table

_ABOUT = (
    "Counted over all defects of the tasks together, so that a task with three counts three times; "
    "the standings average tasks. An answer that cannot be read names nothing."
)
_COLUMNS = (
    Column("Model", number=False),
    N,
    Column("Defects", "planted in these tasks"),
    Column("Named", "findings of the model"),
    Column("Precision", "share of the findings that are right"),
    Column("Recall", "share of the defects that are named"),
    Column("F1", "harmonic mean of both"),
    Column("F0.5", "the same, precision counting twice as much"),
    Column("Places", "share of the defects whose place is named, under whatever kind"),
    Column("Alarms", "findings in a file without defects, a file"),
)


def section(report: Report) -> Section | None:
    """A table a suite; nothing where no code was reviewed."""
    tables = tables_of(report.standings.findings)
    return Section("reviews", "Defects found in reviews", tuple(tables), short="Reviews") if tables else None


def tables_of(facts: Sequence[FindingFacts]) -> list[Folded]:
    """The same for the terminal."""
    return [
        Folded(f"Defects found in reviews: {suite}", (Text(_ABOUT, small=True), _grid(suite, facts)))
        for suite in dict.fromkeys(of.suite for of in facts)
    ]


def _grid(suite: str, facts: Sequence[FindingFacts]) -> Grid:
    rows = tuple(_row(of) for of in facts if of.suite == suite)
    return Grid(Table(_COLUMNS, rows), f"Defects found in reviews: {suite}", "sortable")


def _row(of: FindingFacts) -> Row:
    counts = (Cell(whole(count), count) for count in (of.n, of.defects, of.named))
    shares = (of.precision, of.recall, of.f1, of.f05, of.places, of.alarms_per_clean_file)
    figures = (Cell(UNKNOWN if share is None else f"{share:.3f}", share) for share in shares)
    return Row((Cell(of.model, model=of.model), *counts, *figures))

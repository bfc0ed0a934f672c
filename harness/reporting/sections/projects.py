"""How models did on projects: at the first and at the last try, with which form of edits, for how much."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.extras import ProjectFacts
from harness.reporting.numbers import UNKNOWN, dollars, percent, whole
from harness.reporting.section import Grid, Report, Section, Text
from harness.reporting.tables import Cell, Column, N, Row, Table

_COLUMNS = (
    Column("Suite", number=False),
    Column("Model", number=False),
    Column("Put by", "solver, tries at most, form of edits that was asked for", number=False),
    N,
    Column("First", "share passed at the first try"),
    Column("Last", "share passed at the last try"),
    Column("Well-formed", "share of answers whose edits could be applied"),
    Column("Turns", "answers a project, on average"),
    Column("$ per solved", "what all answers cost, for each project that was solved"),
)


def section(report: Report) -> Section | None:
    """A line a model and suite; nothing where there were no projects."""
    facts = report.standings.projects
    if not facts:
        return None
    about = Text("A project is a tree of files that is changed and then judged by hidden groups of checks.")
    return Section(
        "projects", "Projects", (about, Grid(table(facts), "Projects", "sortable", 3)), short="Projects"
    )


def table(facts: Sequence[ProjectFacts]) -> Table:
    """One row a model, suite and way of putting the projects."""
    return Table(_COLUMNS, tuple(map(_row, facts)))


def _row(of: ProjectFacts) -> Row:
    names = (Cell(of.suite), Cell(of.model), Cell(of.solver))
    shares = [Cell(percent(share), share) for share in (of.first_rate, of.last_rate)]
    well_formed = Cell(UNKNOWN if of.well_formed is None else percent(of.well_formed), of.well_formed)
    turns, cost = Cell(f"{of.turns:.1f}", of.turns), Cell(dollars(of.usd_per_solved), of.usd_per_solved)
    return Row((*names, Cell(whole(of.n), of.n), *shares, well_formed, turns, cost))

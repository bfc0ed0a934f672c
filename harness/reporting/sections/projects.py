"""How models did on projects: at the first and at the last try, with which form of edits, for how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.analysis.extras import EditFormats, ProjectFacts
from harness.reporting.numbers import UNKNOWN, dollars, percent, whole
from harness.reporting.section import Bullets, Grid, Report, Section, Subtitle, Text
from harness.reporting.tables import Cell, Column, N, Row, Table
from harness.words import counted

_FORMATS = (
    "On the same tasks, asked for whole files (--edit-format whole) and for blocks that replace lines"
    " (--edit-format diff); a form suits a model where significantly more passed with it."
)
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
    formats = Subtitle("Which form of edits suits whom"), Text(_FORMATS), Bullets(tuple(_suits(report)))
    blocks = (about, Grid(table(facts), "Projects", "sortable", 3), *formats)
    return Section("projects", "Projects", blocks, short="Projects")


def _suits(report: Report) -> Iterator[tuple[str, str]]:
    """A line a model with projects: its form of edits and what that rests on, or that it is not measured."""
    measured = report.standings.edit_formats
    for model in dict.fromkeys(of.model for of in report.standings.projects):
        lines = [_suiting(of) for of in measured if of.model == model]
        yield model, "; ".join(lines) or "not measured"


def _suiting(of: EditFormats) -> str:
    better = {"whole": "whole files", "diff": "blocks", None: "no difference shown"}[of.suits]
    shares = ", ".join(
        f"{name} {percent(rate)} passed and {percent(formed)} well-formed"
        for name, rate, formed in (
            ("whole files", of.whole_rate, of.whole_formed), ("blocks", of.diff_rate, of.diff_formed)
        )
    )  # fmt: skip
    return f"{better} ({of.way}: {shares}, of {counted(of.n, 'task')})"


def table(facts: Sequence[ProjectFacts]) -> Table:
    """One row a model, suite and way of putting the projects."""
    return Table(_COLUMNS, tuple(map(_row, facts)))


def _row(of: ProjectFacts) -> Row:
    names = (Cell(of.suite), Cell(of.model), Cell(of.solver))
    shares = [Cell(percent(share), share) for share in (of.first_rate, of.last_rate)]
    well_formed = Cell(UNKNOWN if of.well_formed is None else percent(of.well_formed), of.well_formed)
    turns, cost = Cell(f"{of.turns:.1f}", of.turns), Cell(dollars(of.usd_per_solved), of.usd_per_solved)
    return Row((*names, Cell(whole(of.n), of.n), *shares, well_formed, turns, cost))

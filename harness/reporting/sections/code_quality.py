"""How models write code, by what can be counted, on the tasks that two of them passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.analysis.extras import CodeFacts
from harness.reporting.numbers import UNKNOWN, whole
from harness.reporting.section import Block, Folded, Grid, Report, Section, Text
from harness.reporting.tables import Cell, Column, N, Row, Table

_ABOUT = (
    "Counted on the tasks that both models passed, as model / rival, on average. "
    "None of it is part of a verdict: that code is short or simple does not make it right."
)
MEASURES = {
    "complexity_max": ("Complexity", "branches and one, of the most complex function"),
    "complexity_mean": ("Mean", "the same, on average over the functions"),
    "longest_function": ("Longest", "lines of the longest function"),
    "nesting_max": ("Nesting", "branches and loops in each other, at most"),
    "duplicate_share": ("Copies", "share of windows of 50 tokens that stand somewhere before"),
    "comment_share": ("Comments", "share of lines with comments"),
    "restating_comments": ("Restating", "comments that say what the next line says"),
    "lazy_comments": ("Lazy", "comments in place of code"),
    "documented_share": ("Documented", "share of what is public"),
    "unknown_attributes": ("Unknown", "places that name what a module or a type of Python does not have"),
    "deprecated_calls": ("Deprecated", "places that use what the library says is deprecated"),
    "lint_per_100_lines": ("Lint", "what the linter says, in 100 lines; after harness lint"),
}


def section(report: Report) -> Section | None:
    """A line a model, against the one that passed most with it; nothing where no code was measured."""
    facts = [one for one in report.standings.code if one.role is None]
    return Section("code", "How code is written", _table(facts), short="Code") if facts else None


def tables_of(facts: Sequence[CodeFacts]) -> list[Folded]:
    """The same for the terminal, role by role."""
    roles = sorted({one.role for one in facts if one.role is not None})
    return [
        Folded(f"How code is written: {role}", _table([one for one in facts if one.role == role]))
        for role in roles
    ]


def lines_of(facts: Sequence[CodeFacts], model: str) -> tuple[tuple[str, str], ...]:
    """The same for the page of one model."""
    own = [one for one in _against(facts) if one.model == model]
    return tuple(
        (MEASURES[one.measure][0], f"{_pair(one)} of {one.rival}, on {whole(one.n)} tasks that both pass")
        for one in own
    )


def _against(facts: Sequence[CodeFacts]) -> Iterator[CodeFacts]:
    """Each model's facts against the rival with which it has most tasks in common."""
    for model in sorted({one.model for one in facts}):
        own = [one for one in facts if one.model == model]
        rival = max(own, key=lambda one: (one.n, one.rival)).rival
        yield from (one for one in own if one.rival == rival)


def _table(facts: Sequence[CodeFacts]) -> tuple[Block, ...]:
    rows: dict[tuple[str, str], dict[str, CodeFacts]] = {}
    for one in _against(facts):
        rows.setdefault((one.model, one.rival), {})[one.measure] = one
    columns = (
        Column("Model", number=False), Column("Rival", number=False), N,
        *(Column(title, meaning) for title, meaning in MEASURES.values()),
    )  # fmt: skip
    return Text(_ABOUT), Grid(Table(columns, tuple(map(_row, rows.values()))), "Code", "sortable", 2)


def _row(of: dict[str, CodeFacts]) -> Row:
    first = next(iter(of.values()))
    cells = [
        Cell(_pair(of[name]), of[name].value) if name in of else Cell(UNKNOWN, None) for name in MEASURES
    ]
    return Row((Cell(first.model), Cell(first.rival), Cell(whole(first.n), first.n), *cells))


def _pair(of: CodeFacts) -> str:
    digits = 2 if of.measure.endswith("_share") else 1
    return f"{of.value:.{digits}f} / {of.rival_value:.{digits}f}"

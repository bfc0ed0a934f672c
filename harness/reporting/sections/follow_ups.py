"""How well models change their own code: a second change, asked of who passed, on its own tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from harness.analysis.extras import FollowUpFacts
from harness.analysis.standings import Standings
from harness.analysis.statistics import wilson
from harness.reporting.numbers import UNKNOWN, dollars, percent_range, whole
from harness.reporting.section import Block, Folded, Grid, Report, Section, Text
from harness.reporting.tables import Cell, Column, Row, Table

_ABOUT = (
    "A model that passes a task which has a second change is asked for it at once, on its own tree: hidden "
    "checks of that change must pass, and those of the first that still hold. None of it is part of a "
    "verdict, and who passes little is asked little: compare two models on the tasks that both passed."
)
_NOT = "not measured"
_COLUMNS = (
    Column("Model", number=False),
    Column(
        "Second change", "tasks whose second change passed, of those that were judged, with its 95 % interval"
    ),
    Column("Lines", "changed for it, on average where it passed"),
    Column("Files", "changed for it, on average where it passed"),
    Column("Tokens", "that it took, on average"),
    Column("$", "that it cost, on average"),
    Column("Rival", "the model with which it passed most of these tasks", number=False),
    Column("Both", "tasks that both passed and were asked to change: passed by it / by the rival"),
)


def section(report: Report) -> Section | None:
    """A line a model that was given projects; nothing where there were none."""
    facts = {one.model: one for one in report.standings.follow_ups if one.role is None}
    models = dict.fromkeys((*facts, *(of.model for of in report.standings.projects)))
    if not models:
        return None
    return Section("second-changes", "The second change", _table(models, facts), short="Second change")


def tables_of(facts: Sequence[FollowUpFacts]) -> list[Folded]:
    """The same for the terminal, role by role."""
    roles: dict[str, dict[str, FollowUpFacts]] = {}
    for one in facts:
        if one.role is not None:
            roles.setdefault(one.role, {})[one.model] = one
    return [Folded(f"The second change: {role}", _table(of, of)) for role, of in sorted(roles.items())]


def lines_of(standings: Standings, model: str) -> Iterator[tuple[str, str]]:
    """The same for the page of one model."""
    of = next((one for one in standings.follow_ups if one.model == model and one.role is None), None)
    if of is None or not of.n:
        if any(one.model == model for one in standings.projects):
            yield "Second change", _NOT
        return
    words = [f"{_passed(of)} passed ({_interval(of)}) when its own code was to be changed again"]
    if of.changed_lines is not None and of.changed_files is not None:
        words.append(f"{of.changed_lines:.0f} lines in {of.changed_files:.1f} files on average")
    if of.rival is not None:
        words.append(f"{_pair(of)} of {of.rival} on the {whole(of.common)} that both passed before")
    yield "Second change", "; ".join(words)


def _table(models: Iterable[str], facts: Mapping[str, FollowUpFacts]) -> tuple[Block, ...]:
    rows = tuple(_row(facts[model]) if model in facts else _unmeasured(model) for model in models)
    return Text(_ABOUT), Grid(Table(_COLUMNS, rows), "Second change", "sortable")


def _unmeasured(model: str) -> Row:
    return Row((Cell(model), Cell(_NOT, None), *(Cell(UNKNOWN, None) for _ in _COLUMNS[2:])))


def _row(of: FollowUpFacts) -> Row:
    if not of.n:
        return _unmeasured(of.model)
    measured = Cell(_passed(of), of.passed / of.n, note=_interval(of))
    sizes = [
        Cell(UNKNOWN if size is None else f"{size:.1f}", size)
        for size in (of.changed_lines, of.changed_files)
    ]
    tokens = Cell(UNKNOWN if of.tokens is None else f"{of.tokens:,.0f}", of.tokens)
    rival = (
        Cell(of.rival or UNKNOWN),
        Cell(UNKNOWN if of.rival is None else f"{_pair(of)} of {whole(of.common)}", of.common_passed),
    )
    return Row((Cell(of.model), measured, *sizes, tokens, Cell(dollars(of.usd), of.usd), *rival))


def _passed(of: FollowUpFacts) -> str:
    """Repeats of a task are averaged, so that tasks may pass in part."""
    return f"{_count(of.passed)} of {whole(of.n)}"


def _pair(of: FollowUpFacts) -> str:
    return f"{_count(of.common_passed or 0)} / {_count(of.rival_passed or 0)}"


def _count(tasks: float) -> str:
    return f"{tasks:.1f}".removesuffix(".0")


def _interval(of: FollowUpFacts) -> str:
    return percent_range(*wilson(of.passed, of.n))

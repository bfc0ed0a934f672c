"""What changed between two runs: a line for each model and suite, and the tasks behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from harness.analysis.compare import Comparison, TaskChange
from harness.records import Measure
from harness.reporting.columns import COMPARISON_COLUMNS
from harness.reporting.numbers import percent, points
from harness.reporting.section import Bullets, Grid, Section, Text
from harness.reporting.tables import Row, Table
from harness.words import counted

_LISTED = {"pass": 20, "score": 5}  # tasks that are named of each kind; JUnit has them all


def section(comparisons: Sequence[Comparison]) -> Section:
    """The table, then what became of which tasks."""
    tasks = [f"{c.model} on {c.suite}: {text}" for c in comparisons for text in _grouped(c)]
    moved = sum(c.significant for c in comparisons)
    how = f"{moved:,} of {counted(len(comparisons), 'result')} changed" if moved else "Nothing changed"
    grid = Grid(comparison_table(comparisons), "What changed", "sortable")
    blocks = (grid, Text(f"{how} by more than chance."), Bullets(tuple(tasks)))
    return Section("comparison", "What changed between the two runs", blocks)


def comparison_table(comparisons: Sequence[Comparison]) -> Table:
    """A row for each model and suite."""
    rows = tuple(Row(tuple(column.cell(c) for column in COMPARISON_COLUMNS)) for c in comparisons)
    return Table(tuple(column.heading for column in COMPARISON_COLUMNS), rows)


def regression(c: Comparison) -> str:
    """By how much a model is worse than before, and how sure that is."""
    return f"{points(c.after - c.before)} worse on {counted(c.n, 'task')}, p = {c.p_value:.2g}"


def task_changes(c: Comparison) -> list[tuple[str, str]]:
    """What became of each task that changed, and which: the worse and the greatest changes first."""
    changed = [*c.worse, *c.better]
    changed.sort(key=lambda task: (task.after > task.before, -abs(round(task.after - task.before, 6))))
    return [(_what(task, c.measure), _named(task, c.measure)) for task in changed]


def _what(task: TaskChange, measure: Measure) -> str:
    if measure == "score":
        return "scores less now" if task.after < task.before else "scores more now"
    if task.after < task.before:
        return "passes less often now" if task.after else "fails now"
    return "passes more often now" if task.after < 1 else "passes now"


def _named(task: TaskChange, measure: Measure) -> str:
    if measure == "pass":
        return task.task_id
    return f"{task.task_id} ({percent(task.before)} → {percent(task.after)})"


def _grouped(c: Comparison) -> list[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for what, task in task_changes(c):
        groups[what].append(task)
    most = _LISTED[c.measure]
    return [f"{what}: {', '.join(names[:most])}{_more(len(names) - most)}" for what, names in groups.items()]


def _more(count: int) -> str:
    return f" and {count:,} more" if count > 0 else ""

"""Which two models stand for each other, and which two make up for each other's failures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.analysis.likeness import Likeness, Likenesses
from harness.reporting.charts.style import MOST
from harness.reporting.columns import LIKENESS_COLUMNS, kappa_text
from harness.reporting.numbers import UNKNOWN, percent, percent_range
from harness.reporting.section import Block, Bullets, Folded, Grid, Only, Prose, Report, Section, Subtitle
from harness.reporting.tables import MODEL, Cell, Column, Row, Table, named
from harness.words import counted

_NAMED = 3  # pairs in sentences
_ABOUT = (
    "Above the diagonal: how far verdicts agree beyond what pass rates make chance (Cohen's kappa: 1 always,"
    " 0 as often as chance); bold: interchangeable. Below it: the share of tasks with the same verdict. On"
    " it: a model's first and second answers, where tasks were repeated; no two models can be more alike."
)
_PAIRS = (
    "*Same mistake*: of tasks that both failed, those with the same wrong label, number or time, or the same"
    " failing tests. *Spelling* is the share of character trigrams that two answers have in common: it says"
    " nothing of meaning. *One of two* is what choosing the right one for every task could reach at most."
    " Part of that is noise, since a model may pass at another time what it failed: *makes up* says how much"
    " the weaker one passes of what the better one failed, and how much a second answer of that one would."
)


def section(report: Report) -> Section | None:
    """The sentences, a matrix of all tasks and one of each type, and the pairs; on the page alone."""
    every = report.likenesses
    if every is None or not every.of_type(None):
        return None
    order = report.standings.ranked_models
    blocks = blocks_of(every, order)
    return Section("agreement", "Who is like whom", blocks, ("page",), "Likeness")


def blocks_of(every: Likenesses, order: Sequence[str] = ()) -> tuple[Block, ...]:
    """The same for the terminal, but for the matrices. ``order`` are models, those to be shown first."""
    pairs = every.of_type(None)
    names = {name for pair in pairs for name in (pair.model_a, pair.model_b)}
    models = [*(model for model in order if model in names), *sorted(names - {*order})][:MOST]
    types = every.task_types if len(every.task_types) > 1 else []
    matrices: tuple[Block, ...] = (
        Prose(_ABOUT),
        _matrix(every, None, models),
        *(Folded(name, (_matrix(every, name, models),), open=False) for name in types),
    )
    shown = [pair for pair in pairs if {pair.model_a, pair.model_b} <= {*models}]
    rows = tuple(
        Row(
            (
                named(pair.model_a),
                named(pair.model_b),
                *(column.cell(pair) for column in LIKENESS_COLUMNS[2:]),
            )
        )
        for pair in shown
    )
    table = Table(tuple(column.heading for column in LIKENESS_COLUMNS), rows)
    return (
        Bullets(tuple(_sentences(pairs))),
        Only("page", matrices),
        Subtitle("Pairs"),
        Prose(_PAIRS),
        Grid(table, "Pairs of models", "sortable", 2),
    )


def _matrix(every: Likenesses, task_type: str | None, models: Sequence[str]) -> Grid:
    """Kappa above the diagonal, the share of equal verdicts below it."""
    pairs = {(pair.model_a, pair.model_b): pair for pair in every.of_type(task_type)}
    own = {one.model_a: one for one in every.own if one.task_type == task_type}
    rows = []
    for row, a in enumerate(models):
        cells = [named(a)]
        for column, b in enumerate(models):
            pair = own.get(a) if a == b else pairs.get((a, b)) or pairs.get((b, a))
            if pair is None or (column >= row and pair.kappa is None):
                cells.append(Cell(UNKNOWN))
            elif column >= row:
                mark = "best" if a != b and pair.alike else None
                cells.append(Cell(f"{pair.kappa:.2f}", pair.kappa, mark=mark))
            else:
                cells.append(Cell(percent(pair.agree), pair.agree))
        rows.append(Row(tuple(cells)))
    columns = (MODEL, *(Column(model, "agreement of the row's model with this one") for model in models))
    return Grid(Table(columns, tuple(rows)), f"Agreement: {task_type or 'all tasks'}", "duels", 1)


def _sentences(pairs: Sequence[Likeness]) -> Iterator[str]:
    """Who stands for whom, and whose failures are made up for."""
    alike = [pair for pair in pairs if pair.alike]
    for pair in alike[:_NAMED]:
        yield (
            f"{pair.model_a} and {pair.model_b} are interchangeable: the same verdict on"
            f" {percent(pair.agree)} of {counted(pair.n, 'task')}, kappa {kappa_text(pair)}."
        )
    if not alike and pairs and pairs[0].kappa is not None:
        first = pairs[0]
        yield (
            f"No two models are interchangeable; the most alike are {first.model_a} and {first.model_b},"
            f" with kappa {kappa_text(first)}."
        )
    proved = sorted((pair for pair in pairs if pair.complement == "more"), key=lambda pair: -pair.either)
    for pair in proved[:_NAMED]:
        yield f"{pair.model_a} and {pair.model_b} complement each other: {_oracle(pair)}."
    if not proved and pairs:
        best = max(pairs, key=lambda pair: (pair.either, pair.rescued))
        noise = "and how much of that is noise is unknown: ask every task twice (--repeats 2)"
        if best.rescued_by_repeat is not None:
            noise = "and a second answer of the better one may do as much"
        yield f"Choosing between {best.model_a} and {best.model_b} can bring most: {_oracle(best)}, {noise}."


def _oracle(pair: Likeness) -> str:
    alone = (pair.both_pass + max(pair.only_a, pair.only_b)) / pair.n
    of = f"{percent(pair.either)} ({percent_range(pair.either_low, pair.either_high)})"
    return f"one of the two passes {of} of the tasks, {pair.better} alone {percent(alone)}"

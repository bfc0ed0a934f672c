"""How models label and extract, item by item: macro-F1, what is taken for what, cost and items a second."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from harness.analysis.labelling import BatchFacts, Confusion, ExtractionFacts, LabelFacts
from harness.reporting.charts.style import Style
from harness.reporting.numbers import UNKNOWN, dollars, percent, percent_range, rate, whole
from harness.reporting.section import Block, Bullets, Folded, Grid, Only, Report, Section, Subtitle, Text
from harness.reporting.tables import Cell, Column, Row, Table
from harness.words import counted, listed

_ABOUT = (
    "Counted by items, those of batches singly, on the tasks that all compared models answered."
    " An item without a label that can be read is wrong."
)
_MATRICES = "A row is what is right, a column what the model said. Red is what was taken for something else."
_CHOSEN = (
    "The likeliest of the labels is chosen, not written, by {}: that is another measurement than writing,"
    " here and in the standings."
)
_MORE = "Of {}: the view confusions of harness query."
_LEAST = 20  # items from which on a matrix is shown
_SHOWN = 4  # models with matrices
_WORST = 3  # confusions that are named of a model
_FORMS = {"single": "one a call", "batch": "many a call", "likelihood": "likeliest label"}
_LABELS = (
    Column("Model", number=False),
    Column(
        "Asked", "one item a call, many a call, or the likeliest label chosen without writing", number=False
    ),
    Column("Items", "on the tasks that all compared models answered"),
    Column("Macro-F1", "mean F1 of the labels; over several sets the mean of theirs"),
    Column("Right", "share of items"),
    Column("95 %", "interval of the share: Wilson; of batches clustered by call"),
    Column("Unread", "items without a label that can be read"),
    Column("$/1,000", "USD for 1,000 items, failed calls included"),
    Column("Items/s", "one call after another"),
    Column("Side by side", "items a second of a local model that answers several calls at once"),
)
_ENTITIES = (
    Column("Model", number=False),
    Column("Texts", "that all compared models answered"),
    Column("Entities", "in them"),
    Column("Precision", "of what was named; a part of an entity counts half"),
    Column("Recall", "of the entities, likewise"),
    Column("F1", "harmonic mean of both"),
    Column("Exact F1", "where parts count nothing"),
)


def section(report: Report) -> Section | None:
    """A table a suite, its sets and matrices on the page; nothing where nothing was labelled or extracted."""
    measured = report.standings.labelling
    style = Style(report.standings.ranked_models)
    blocks: list[Block] = []
    for suite in dict.fromkeys(of.suite for of in measured.labels):
        facts = [of for of in measured.labels if of.suite == suite]
        confused = [of for of in measured.confusions if of.suite == suite]
        choosing = sorted({of.model for of in facts if of.form == "likelihood"})
        blocks += [
            Subtitle(f"Labels: {suite}"),
            Text(_ABOUT, small=True),
            _grid(f"Labels: {suite}", [of for of in facts if of.label_set is None], "cards"),
            *([Text(_CHOSEN.format(listed(choosing)))] if choosing else []),
            Bullets(tuple(_both_ways(of) for of in measured.batches if of.suite == suite)),
            Bullets(tuple(_worst(confused))),
            Only("page", tuple(_sets(facts, confused, style))),
        ]
    for suite, category in dict.fromkeys((of.suite, of.category) for of in measured.extractions):
        rows = [
            _of_entities(of) for of in measured.extractions if (of.suite, of.category) == (suite, category)
        ]
        title = f"Entities: {suite}" + (f", {category}" if category not in (suite, "extraction") else "")
        blocks += [Subtitle(title), Grid(Table(_ENTITIES, tuple(rows)), title, "sortable")]
    return Section("labels", "Labels and entities", tuple(blocks), short="Labels") if blocks else None


def _grid(label: str, facts: Sequence[LabelFacts], layout: Literal["cards", "sortable"] = "sortable") -> Grid:
    return Grid(Table(_LABELS, tuple(map(_of_labels, facts))), label, layout)


def _of_labels(of: LabelFacts) -> Row:
    span = UNKNOWN if of.low is None or of.high is None else percent_range(of.low, of.high)
    return Row(
        (
            Cell(of.model, model=of.model),
            Cell(_FORMS[of.form]),
            Cell(whole(of.n), of.n),
            Cell(f"{of.macro_f1:.3f}", of.macro_f1),
            Cell(percent(of.rate), of.rate),
            Cell(span, of.low),
            Cell(whole(of.unread), of.unread),
            Cell(dollars(of.usd_per_1000), of.usd_per_1000),
            Cell(rate(of.items_per_s), of.items_per_s),
            Cell(rate(of.items_at_once), of.items_at_once),
        )
    )


def _of_entities(of: ExtractionFacts) -> Row:
    shares = [
        Cell(UNKNOWN if share is None else f"{share:.3f}", share)
        for share in (of.precision, of.recall, of.f1, of.exact_f1)
    ]
    counts = (Cell(whole(of.n), of.n), Cell(whole(of.entities), of.entities))
    return Row((Cell(of.model, model=of.model), *counts, *shares))


def _both_ways(of: BatchFacts) -> tuple[str, str]:
    """What asking for many items at once costs."""
    return of.model, (
        f"{percent(of.single_rate)} right alone and {percent(of.batch_rate)} in batches,"
        f" of {counted(of.n, 'item')} asked both ways;"
        f" {whole(of.only_single)} right only alone, {whole(of.only_batch)} only in batches"
    )


def _worst(confusions: Sequence[Confusion]) -> Iterator[tuple[str, str]]:
    """What each model most often takes for what, asked for one item."""
    single = [one for one in confusions if one.form != "batch"]
    totals: Counter[tuple[str, str, str]] = Counter()
    for one in single:
        totals[one.model, one.label_set, one.expected] += one.items
    for model in dict.fromkeys(one.model for one in single):
        wrong = [one for one in single if one.model == model and one.label not in (None, one.expected)]
        worst = [
            f"{of.expected} taken for {of.label} in {of.items} of {totals[model, of.label_set, of.expected]}"
            f" ({of.label_set})"
            for of in sorted(wrong, key=lambda one: -one.items)[:_WORST]
        ]
        if worst:
            yield model, "; ".join(worst)


def _sets(facts: Sequence[LabelFacts], confusions: Sequence[Confusion], style: Style) -> Iterator[Block]:
    """A fold for each set of labels: its table, and a matrix a model."""
    matrices: dict[tuple[str, str, str], list[Confusion]] = defaultdict(list)
    for one in confusions:
        matrices[one.label_set, one.form, one.model].append(one)
    for name in dict.fromkeys(of.label_set for of in facts if of.label_set):
        own = [of for of in facts if of.label_set == name]
        first = style.first(list(dict.fromkeys(of.model for of in own)))[:_SHOWN]
        shown = [of for of in own if of.model in first and of.n >= _LEAST and of.unread < of.n]
        blocks: list[Block] = [_grid(f"Labels: {name}", own)]
        if shown:
            blocks.append(Text(_MATRICES, small=True))
        for of in sorted(shown, key=lambda of: first.index(of.model)):
            title = f"{of.model}, {_FORMS[of.form]}: {name}"
            table = matrix(matrices[name, of.form, of.model])
            blocks += [Subtitle(title), Grid(table, f"What is taken for what: {title}", "tiles")]
        if rest := len({of.model for of in own} - set(first)):
            blocks.append(Text(_MORE.format(counted(rest, "more model")), small=True))
        yield Folded(name, tuple(blocks), open=False)


def matrix(confusions: Sequence[Confusion]) -> Table:
    """How often each label was given (columns) where each was right (rows), and where none could be read."""
    counts = {(one.expected, one.label): one.items for one in confusions}
    labels = sorted({name for pair in counts for name in pair if name is not None})
    unread = any(label is None for _, label in counts)
    shown: list[str | None] = [*labels, None] if unread else [*labels]
    totals: Mapping[str, int] = {row: sum(counts.get((row, column), 0) for column in shown) for row in labels}
    columns = [Column(name or "unread") for name in shown]
    rows = []
    for row in filter(totals.get, labels):
        tiles = [_tile(row, column, counts, totals[row]) for column in shown]
        rows.append(Row((Cell(row), *tiles, Cell(whole(totals[row])))))
    return Table((Column("right is", number=False), *columns, Column("items")), tuple(rows))


def _tile(row: str, column: str | None, counts: Mapping[tuple[str, str | None], int], total: int) -> Cell:
    items = counts.get((row, column), 0)
    if not items:
        return Cell("·", 0)
    return Cell(whole(items), items, mark="best" if row == column else None, heat=items / total)

"""How models keep up as prompts grow, and up to which length each can be used."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from harness.analysis.lengths import KEPT, Effective, LengthFacts, effective_lengths
from harness.reporting.numbers import UNKNOWN, percent, percent_range
from harness.reporting.section import Block, Grid, Report, Section, Subtitle, Text
from harness.reporting.tables import Cell, Column, Row, Table, named

_ABOUT = (
    "The effective length of a model is the longest size of text up to which it keeps "
    f"{percent(KEPT)} of its own quality on the shortest one; ≥ where nothing longer was answered. "
    "Each figure is of the tasks that the model answered: here models are compared with themselves, in the "
    "tables with each other."
)


def section(report: Report) -> Section | None:
    """A table a task type that has tasks of several sizes; nothing without one."""
    every = effective_lengths(report.standings.lengths)
    types = list(dict.fromkeys(one.task_type for one in every))
    blocks: list[Block] = [Text(_ABOUT)]
    for name in types:
        of_type = [one for one in every if one.task_type == name]
        blocks += [Subtitle(name)] if len(types) > 1 else []
        blocks.append(Grid(table(of_type), f"Quality by length of the text: {name}", "sortable"))
    return Section("lengths", "Long contexts", tuple(blocks), short="Long contexts") if types else None


def table(of_type: Sequence[Effective]) -> Table:
    """One row a model, one column a size."""
    sizes = sorted({(one.size, one.tier) for each in of_type for one in each.lengths})
    columns = (
        Column("Model", number=False),
        Column("Effective length", "the longest size up to which it keeps up with itself"),
        *(Column(tier, _meaning(of_type, size)) for size, tier in sizes),
    )
    rows = []
    for each in of_type:
        by_size = {one.size: one for one in each.lengths}
        cells = [_quality(by_size.get(size)) for size, _ in sizes]
        reach = next((one.size for one in each.lengths if one.tier == each.tier), 0)
        rows.append(Row((named(each.model), Cell(effective(each), reach), *cells)))
    return Table(columns, tuple(rows))


def effective(each: Effective) -> str:
    """``32k``, ``≥ 128k``, or that there is nothing to keep."""
    if each.tier is None:
        return "none: no better than guessing" if any(one.n for one in each.lengths) else UNKNOWN
    return f"≥ {each.tier}" if each.bounded else each.tier


def _quality(one: LengthFacts | None) -> Cell:
    if one is None or one.quality is None:
        return Cell("too long" if one and one.too_long else UNKNOWN, -1.0)
    span = (one.low, one.quality, one.high)
    return Cell(
        percent(one.quality), one.quality, span=span, note=f"{percent_range(one.low, one.high)}, N {one.n}"
    )


def _meaning(of_type: Sequence[Effective], size: int) -> str:
    """Which texts those of a size are, by what the models themselves counted."""
    lengths = [one for each in of_type for one in each.lengths if one.size == size]
    tokens = [one.prompt_tokens for one in lengths if one.prompt_tokens is not None]
    counted = f", prompts of {fmean(tokens):,.0f} tokens on average" if tokens else ""
    return f"quality on texts for windows of {size:,} tokens{counted}"

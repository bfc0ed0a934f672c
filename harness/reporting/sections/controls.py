"""How often models are right where they can only guess: with a blank picture, with the question alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from harness.analysis.extras import ControlFacts
from harness.reporting.numbers import UNKNOWN, percent, percent_range, whole
from harness.reporting.section import Block, Bullets, Grid, Report, Section, Subtitle, Text
from harness.reporting.tables import Cell, Column, Row, Table, named

_ABOUT = (
    "Controls are tasks from which something was taken away, or that are shown otherwise; they count in no"
    " other table. Who is right more often than chance (the baseline random) where the answer cannot be seen"
    " has guessed from the wording, or knows the tasks."
)
_TOKENS = (
    "Tokens of a prompt, on average. Where tasks with a picture take no more of them than the question alone,"
    " the server showed the model nothing; where pictures of all sizes take the same, it may shrink them."
)
_CHANCE = "random"
_SHOWN = ("512 pixels", "needle only")  # controls in which the answer can be seen


def section(report: Report) -> Section | None:
    """Two tables a suite that has controls."""
    facts = report.standings.controls
    blocks = [
        block for suite, of in groupby(facts, key=lambda one: one.suite) for block in _suite(suite, [*of])
    ]
    return Section("controls", "Controls", (Text(_ABOUT), *blocks), short="Controls") if blocks else None


def _suite(suite: str, facts: Sequence[ControlFacts]) -> Iterator[Block]:
    cells = {(one.model, one.control): one for one in facts}
    answered = [one for one in facts if one.control is None and one.model not in ("oracle", "nop")]
    if not any(not one.baseline for one in answered):
        return
    answered.sort(key=lambda one: (one.baseline, -one.quality, one.model))
    controls = sorted({one.control for one in facts if one.control is not None})
    yield Subtitle(suite)
    columns = (
        Column("Model", number=False),
        Column("Tasks", "the suite's own, which have what the answer is in"),
        *(Column(control.capitalize(), f"the control {control}") for control in controls),
    )
    shown = [None, *controls]
    yield _grid(f"Right answers in {suite}", columns, answered, [
        [_share(cells.get((one.model, control))) for control in shown] for one in answered
    ])  # fmt: skip
    yield Bullets(tuple(_remarks(answered, cells, controls)))
    counted_ = [one for one in answered if one.prompt_tokens is not None]
    if counted_:
        tokens = [[_tokens(cells.get((one.model, control))) for control in shown] for one in counted_]
        yield Text(_TOKENS, small=True)
        yield _grid(f"Tokens of prompts in {suite}", columns, counted_, tokens)


def _grid(
    label: str, columns: Sequence[Column], models: Sequence[ControlFacts], cells: Sequence[Sequence[Cell]]
) -> Grid:
    kinds = ["baseline" if one.baseline else "ranked" for one in models]
    names = [Cell(one.model) if one.baseline else named(one.model) for one in models]
    rows = [Row((name, *line), kind) for name, line, kind in zip(names, cells, kinds, strict=True)]
    return Grid(Table(tuple(columns), tuple(rows)), label, "sortable")


def _share(one: ControlFacts | None) -> Cell:
    if one is None:
        return Cell(UNKNOWN, -1.0)
    note = f"{percent_range(one.low, one.high)} of {whole(one.n)}"
    return Cell(percent(one.quality), one.quality, note=note)


def _tokens(one: ControlFacts | None) -> Cell:
    tokens = one.prompt_tokens if one else None
    return Cell(UNKNOWN if tokens is None else whole(round(tokens)), tokens)


def _remarks(
    models: Sequence[ControlFacts],
    cells: dict[tuple[str, str | None], ControlFacts],
    controls: Sequence[str],
) -> Iterator[tuple[str, str]]:
    """What stands out: better than chance where one can only guess."""
    for one in models:
        for control in controls:
            answer, chance = cells.get((one.model, control)), cells.get((_CHANCE, control))
            guessed = answer and chance and control not in _SHOWN and answer.low > chance.high
            if guessed and not one.baseline:
                yield one.model, f"right more often than chance ({control})."

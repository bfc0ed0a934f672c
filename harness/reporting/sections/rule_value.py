"""How good the rules are on tasks they were not made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.analysis.heldout import HeldOut, Strategy, evaluate, read_asked
from harness.reporting.measures import MEASURES
from harness.reporting.numbers import dollars, percent, points, signed
from harness.reporting.section import Block, Bullets, Grid, Legend, Report, Section, Text
from harness.reporting.tables import Cell, Column, Row, Table

if TYPE_CHECKING:
    import duckdb

_ROWS = 50_000  # of more, a sample of tasks tells enough
_FEWEST = 20  # tasks; on fewer, halves decide nothing


def judge(con: duckdb.DuckDBPyConnection) -> HeldOut | None:
    """The judgement on the results of ``con``; ``None`` where they do not allow one."""
    judgement = evaluate(read_asked(con, _ROWS))
    return judgement if judgement and judgement.tasks >= _FEWEST else None


def section(report: Report) -> Section:
    """How it was judged, beside simpler ways to choose, and what that means."""
    blocks = value_blocks(report.rule_value)
    return Section("rule_value", "Would the rules have chosen well?", blocks)


def value_blocks(judgement: HeldOut | None) -> tuple[Block, ...]:
    """The same for ``harness rules evaluate``."""
    if judgement is None:
        return (Text(how_judged(judgement)),)
    table = value_table(judgement)
    grid = Grid(table, "Ways to choose a model", "cards")
    return Text(how_judged(judgement)), grid, Legend((table,)), Bullets(tuple(value_words(judgement)))


def value_table(judgement: HeldOut) -> Table:
    """A line for each way to choose, and how far it stays behind the oracle."""
    measure = MEASURES[judgement.measure]
    columns = (
        Column("Way to choose", number=False),
        Column(measure.short.capitalize(), f"{measure.of_model} the models it chose"),
        Column("Against best single", "points more than asking one model everything, with the 95 % interval"),
        Column(
            "Regret, points",
            "how far behind the oracle, which knows the best model of each task type",
            narrow=2,
        ),
        Column("$/task", "USD a task of the models it chose", narrow=1),
    )
    oracle = judgement.oracle.quality
    return Table(columns, tuple(Row(_cells(line, judgement.single, oracle)) for line in judgement.lines))


def _cells(line: Strategy, single: Strategy, oracle: float) -> tuple[Cell, ...]:
    span = f"{signed(100 * line.gain_low)} to {signed(100 * line.gain_high)}"
    against = Cell("0", 0.0) if line is single else Cell(signed(100 * line.gain), line.gain, note=span)
    behind = oracle - line.quality
    ahead = f"{points(behind)} ahead, by chance" if round(behind, 3) < 0 else None
    return (
        Cell(line.name),
        Cell(f"{100 * line.quality:.1f} %", line.quality),
        against,
        Cell(signed(100 * max(0.0, behind)).removeprefix("+"), behind, note=ahead),
        Cell(dollars(line.cost_per_task), line.cost_per_task),
    )


def value_words(judgement: HeldOut) -> list[str]:
    """The verdict, as far as the intervals carry it, then the published figures where they mean something."""
    sentences = [_verdict(judgement.rules)]
    if judgement.oracle.gain_low <= 0:
        sentences.append(
            "Even the oracle is not clearly better: here the task type tells little about the model."
        )
    elif judgement.gap_closed is not None:
        sentences.append(_gap(judgement.gap_closed))
    if judgement.aiq_rules is not None and judgement.aiq_models is not None:
        sentences.append(
            f"AIQ, the {MEASURES[judgement.measure].short} averaged over the range of costs:"
            f" {judgement.aiq_rules:.3f} by the rules, {judgement.aiq_models:.3f} by single models."
        )
    if judgement.apgr is not None:
        sentences.append(
            f"APGR, the part of the gap between the worst and the best model that is recovered:"
            f" {judgement.apgr:.2f}; chance gives 0.5."
        )
    return sentences


def _gap(closed: float) -> str:
    if closed == 1:
        return "As measured, the rules choose as well as the oracle."
    if closed == 0:
        return "As measured, the rules close nothing of the gap to the oracle."
    return f"As measured, the rules close {percent(closed)} of the gap to the oracle."


def _verdict(rules: Strategy) -> str:
    if rules.gain_low > 0:
        return f"Routing by task type is worth {points(rules.gain)} more than the best single model."
    if rules.gain_high < 0:
        return f"Routing by task type costs {points(rules.gain)} here: use the best single model."
    return (
        "Routing by task type is neither better nor worse than always asking the best single model, as far"
        " as these tasks can tell."
    )


def how_judged(judgement: HeldOut | None) -> str:
    """What was judged and how, or why nothing was."""
    if judgement is None:
        return f"Not judged: it takes two models that were asked the same {_FEWEST} tasks or more."
    every = "both models" if len(judgement.models) == 2 else f"all {len(judgement.models)} models"
    return (
        "Rules made from half of the tasks, judged on the other half, and the other way round:"
        f" {judgement.tasks:,} of the tasks that {every} were asked. A rule takes the"
        f" model that {MEASURES[judgement.measure].does_most}; the oracle knows it from all other tasks."
        " Every task counts once here, while the overall table gives every suite the same weight."
    )

"""Which model for what: the decisions, why, the best by speed and cost, and who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.analysis.board import Board, Decision, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.analysis.standings import Standings
from harness.reporting.choices import STAND_INS, nobody, use, verdict
from harness.reporting.columns import quality_cell
from harness.reporting.measures import MeasureWords, cost_columns, costs_of, measure_words
from harness.reporting.model_classes import cost_table, speed_table
from harness.reporting.numbers import (
    CROSSED,
    UNKNOWN,
    below,
    compared,
    gap,
    interval,
    quality,
    seconds,
    whole,
)  # fmt: skip
from harness.reporting.reasons import more_tasks, reason
from harness.reporting.section import UNCOMPARED, Bullets, Legend, Prose, Report, Section, Subtitle, grids
from harness.reporting.tables import P90, Cell, Column, N, Row, Table, named


def _verdict_words(measure: MeasureWords) -> str:
    """What use and verdict mean."""
    return (
        "*Use* is the cheapest model among those that are not significantly worse than the best"
        f" ({measure.test} on the same tasks, Holm-corrected, 5 %); where the cost of one of them is unknown,"
        " it is the fastest. *Clear* is significantly the best. *Level* is a tie: the runner-up may even"
        f" {measure.a_little_more}, but no more than chance allows. *Unopposed* is the only model that"
        " could be compared. *Too few tasks* means that the data do not decide: no rule is made, and the"
        " leader is shown with what is known of it. *Incomplete* means that answers are missing which might"
        " change the choice: no rule is made either. *No pick* means that nobody is good enough: even the"
        f" best {measure.too_little}, or no more than guessing would. Unknown is {UNKNOWN}, never 0;"
        f" {CROSSED} is a pair that was crossed out on purpose."
    )


AGENT_ROLES = (  # that agent systems usually have: all but the last two are measured by suites of their own
    *("planner", "coder", "tester", "debugger", "documenter", "reviewer", "refactorer"),
    *("flow creator", "overseer", "triage", "executor", "judge"),
)
_SPEEDS = (
    "The best model within each speed class; the time is the median of a whole answer. Bold is the best"
    " of all, or not told apart from it."
)
_CONTEXTS = (
    "By size of the prompt: `short` below 2,000 tokens, `medium` below 32,000, `long` below 128,000,"
    " `very long` from there."
)
_SUITES = Column("Suites", "whose tasks stand for the role", number=False)
_STAND_INS = (
    "Stand-ins take over in this order when the model fails; beside each is its quality. *Overall* is for"
    " work of a kind that nobody knows beforehand."
)


def section(report: Report) -> Section:
    """The decisions first, since everybody looks for them."""
    standings, types = report.standings, report.standings.by("task_type")
    measure = measure_words(types)
    decisions = decision_table(types, "Task type")
    speeds, costs = speed_table(types), cost_table(types)
    contexts = decision_table(standings.by("context_tier"), "Context")
    return Section(
        "decisions",
        "Which model for what",
        (
            *grids(decisions, "Decisions by task type", empty=UNCOMPARED),
            Bullets(tuple((board.name, f"{reason(board)}.") for board in types)),
            Bullets(unfit(types)),
            *((Prose(_verdict_words(measure)), Legend((decisions,))) if types else ()),
            *((Subtitle("By speed"), Prose(_SPEEDS)) if speeds else ()),
            *grids(speeds, "The best model of every speed class"),
            *(
                (Subtitle("By cost"), Prose("The best model within each cost class, by what a task costs."))
                if costs
                else ()
            ),
            *grids(costs, "The best model of every cost class"),
            *((Subtitle("By size of the prompt"), Prose(_CONTEXTS)) if contexts.rows else ()),
            *grids(contexts, "Decisions by size of the prompt"),
            Subtitle("Who does what, and who stands in"),
            Prose(_STAND_INS),
            *grids(stand_in_table((*types, *standings.by("overall")), "Task type"), "Models by task type"),
            *grids(role_table(standings), "Models by role"),
        ),
        short="Decisions",
    )


def unfit(boards: Sequence[Board]) -> tuple[str, ...]:
    """Whom not to use for what, where others are good enough: sentences."""
    sentences = []
    for board in boards:
        bad = [s for s in board.ranked if (s.quality or 0) < GOOD_ENOUGH]
        if bad and not nobody(board):
            names = ", ".join(f"{s.model} ({below(s.quality or 0.0, GOOD_ENOUGH)})" for s in bad)
            sentences.append(f"Do not use for {board.name}: {names}.")
    return tuple(sentences)


def decision_table(boards: Sequence[Board], what: str) -> Table:
    """What to use for each of ``boards``, and how sure that is."""
    measure = measure_words(boards)
    columns = (
        Column(what, number=False),
        Column("Use", "the cheapest model that is not significantly worse than the best", number=False),
        Column("Verdict", "whether it is significantly the best (clear) or a tie (level)", number=False),
        Column(measure.short.capitalize(), f"{measure.quality}, with its 95 % interval"),
        Column("Runner-up", "the best of the others, as seen from the model to use", number=False),
        Column("Cheapest tied", "cheapest model not significantly worse than the best", number=False),
        *cost_columns(measure),
        P90,
        N,
        Column("MDE", "smallest difference, in points, that these tasks could show with 80 % power, if any"),
    )
    return Table(columns, tuple(Row(_decision_cells(board, measure)) for board in boards))


def _decision_cells(board: Board, measure: MeasureWords) -> tuple[Cell, ...]:
    decision = board.decision
    shown = decision.pick or decision.leader
    settle = more_tasks(board)
    more = f"{settle} would settle it" if settle else None
    none = nobody(board)
    return (
        Cell(board.name),
        use(board),
        Cell(verdict(board), mark="none" if none else decision.kind, note=None if none else more),
        replace(quality_cell(shown), note=interval(shown)) if shown else Cell(UNKNOWN),
        _runner_up(board, shown),
        named(decision.cheapest_tied.model if decision.cheapest_tied and not none else None),
        *(costs_of(shown, measure) if shown else [Cell(UNKNOWN)] * len(cost_columns(measure))),
        Cell(seconds(shown.latency_p90_s), shown.latency_p90_s) if shown else Cell(UNKNOWN),
        Cell(whole(board.common), board.common),
        _mde(decision),
    )


def _mde(decision: Decision) -> Cell:
    """The smallest difference that would show, or that none would."""
    compared_any = decision.runner_up is not None
    return Cell("none" if compared_any and decision.mde is None else gap(decision.mde), decision.mde)


def _runner_up(board: Board, shown: Standing | None) -> Cell:
    other = board.decision.runner_up
    if other is None or shown is None or nobody(board):
        return Cell(UNKNOWN)
    return named(other.model, compared(other, shown))


def role_table(standings: Standings) -> Table:
    """Which model holds which agent's role, and who stands in; some roles no task stands for."""
    boards = standings.by("role")
    table = stand_in_table(boards, "Role")
    rows = [
        Row(
            (
                *row.cells[:-1],
                Cell(", ".join(board.suites)),
                Cell(whole(board.common), board.common),
                row.cells[-1],
            )
        )
        for board, row in zip(boards, table.rows, strict=True)
    ]
    missing = [role for role in AGENT_ROLES if role not in {board.name for board in boards}]
    unknown = [Cell(UNKNOWN)] * len(table.columns[3:])
    rows += [
        Row((Cell(role), Cell(UNKNOWN), Cell("not measured"), Cell(UNKNOWN), Cell(UNKNOWN), *unknown))
        for role in missing
    ]
    return replace(table, columns=(*table.columns[:-1], _SUITES, N, table.columns[-1]), rows=tuple(rows))


def stand_in_table(boards: Sequence[Board], what: str) -> Table:
    """Which model does what, and who takes its place, in turn, when it fails."""
    shown = decision_table(boards, what)
    standins = Column("Stand-ins", "in this order, when the model fails", number=False)
    rows = []
    for board, row in zip(boards, shown.rows, strict=True):
        names = () if nobody(board) else board.decision.fallbacks[:STAND_INS]
        rows.append(
            Row((*row.cells[:4], Cell(" → ".join(_with_quality(board, n) for n in names) or UNKNOWN)))
        )
    return Table((*shown.columns[:4], standins), tuple(rows))


def _with_quality(board: Board, model: str) -> str:
    s = board.of(model)
    return f"{model} {quality(s)}" if s else model

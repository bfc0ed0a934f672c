"""The executive summary: what to use, who leads, how sure that is, what changed, what it cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.analysis.board import UNFINISHED, Board, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.analysis.standings import Standings
from harness.reporting.choices import nobody, use, verdict
from harness.reporting.columns import quality_cell
from harness.reporting.measures import MEASURES, cost_columns, costs_of, measure_words
from harness.reporting.numbers import UNKNOWN, dollars, duration, percent, quality, rate, rough, seconds
from harness.reporting.reasons import best_passes, missing_answers
from harness.reporting.section import UNCOMPARED, Columns, Report, Section, grids
from harness.reporting.sections.changes import changes
from harness.reporting.sections.how_sure import how_sure
from harness.reporting.tables import P90, Cell, Column, Row, Table, words
from harness.words import counted, listed

_NAMED = 4  # models in a sentence; of more the others are counted


def section(report: Report) -> Section:
    """The same four lists for a sheet of paper and for the head of the page."""
    standings = report.standings
    lists = (
        ("Who leads", tuple((title, f"{text}.") for title, text in winners(standings))),
        ("How sure is this?", tuple(how_sure(standings))),
        ("What changed since the last run", tuple(changes(standings))),
        ("What it cost", tuple(costs(standings))),
    )
    table = grids(summary_table(standings.by("task_type")), "What to use", empty=UNCOMPARED)
    return Section("summary", "What to use", (*table, Columns(lists)), ("page", "summary"), "Summary")


def summary_table(boards: Sequence[Board]) -> Table:
    """The decisions in six columns."""
    measure = measure_words(boards)
    quality_column = Column(measure.short.capitalize())
    columns = (*words("Task type", "Use", "Verdict"), quality_column, *cost_columns(measure), P90)
    rows = []
    for board in boards:
        decision = board.decision
        shown = None if nobody(board) else decision.pick or decision.leader
        figures = (Cell(UNKNOWN),) * (len(columns) - 3)
        if shown:
            p90 = Cell(seconds(shown.latency_p90_s), shown.latency_p90_s)
            figures = (quality_cell(shown), *costs_of(shown, measure), p90)
        mark = "none" if nobody(board) else decision.kind
        rows.append(Row((Cell(board.name), use(board), Cell(verdict(board), mark=mark), *figures)))
    return Table(columns, tuple(rows))


def winners(standings: Standings) -> list[tuple[str, str]]:
    """Who leads in what over all suites: a title and a sentence."""
    overall = standings.overall
    if overall is None or not overall.ranked:
        return [("Overall", "no model answered enough of the same tasks to be ranked")]
    does = MEASURES[overall.measure].does
    fit = [s for s in overall.ranked if (s.quality or 0) >= GOOD_ENOUGH]
    sentences = [("Quality", _best(overall))]
    for title, value, better, show in _CHAMPIONS:
        figures = [(v, s) for s in fit if (v := value(s)) is not None]
        if figures:
            v, s = min(figures, key=lambda pair: better * pair[0])
            even = sum(show(other) == show(v) for other, _ in figures) - 1
            others = f" ({counted(even, 'other')} too)" if even else ""
            sentences.append((title, f"{s.model}, {show(v)}{others}; it {does} {quality(s)}"))
    return sentences


def _best(overall: Board) -> str:
    decision = overall.decision
    others = [model for model in decision.tied if model != overall.ranked[0].model]
    beside = ""
    if nobody(overall):
        beside = "; that is first place, and still not good enough"
    elif decision.reason.kind in UNFINISHED:
        beside = f"; but {missing_answers(overall)}"
    elif others:
        beside = f"; not told apart from {listed(others, _NAMED)}"
    return f"{best_passes(decision.reason)}{beside}"


def _cost_of_task(standing: Standing) -> float | None:
    """Where there are no solved tasks."""
    return standing.cost_per_task if standing.passed is None else None


# Title, what counts, whether less (1) or more (-1) of it is better, and how it is written.
_CHAMPIONS: tuple[tuple[str, Callable[[Standing], float | None], int, Callable[[float], str]], ...] = (
    ("Speed", lambda s: s.latency_p50_s, 1, lambda v: f"half of its answers within {seconds(v)}"),
    ("Throughput", lambda s: s.decode_tps, -1, lambda v: f"{rate(v)} tokens a second"),
    ("Value", lambda s: s.cost_per_solved, 1, lambda v: f"{dollars(v)} a solved task"),
    ("Cost", _cost_of_task, 1, lambda v: f"{dollars(v)} a task"),
    ("Reliability", lambda s: s.reliability, -1, lambda v: f"{percent(v)} of its calls were answered"),
)


def costs(standings: Standings) -> list[str]:
    """What the measurements cost, as far as it is known."""
    spent = [run.cost_usd for run in standings.runs if run.cost_usd is not None]
    unpriced, time = (
        sum(run.unpriced for run in standings.runs),
        sum(run.seconds or 0 for run in standings.runs),
    )
    tokens = sum(run.tokens or 0 for run in standings.runs)
    sentences = [
        f"{dollars(sum(spent))}, failed calls included."
        if spent
        else "Dollars unknown: no price and no bill."
    ]
    if unpriced and spent:
        sentences.append(f"Not in that sum: {counted(unpriced, 'answer')} with neither a price nor a bill.")
    if time:
        read = f", {rough(tokens)} tokens read and written" if tokens else ""
        sentences.append(f"{duration(time)} of models answering{read}.")
    return sentences

"""Tables of who stands where: standings, champions, and matrices of models and tasks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.analysis.board import UNFINISHED, Board, Decision, Place, Standing
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.charts.style import Style
from harness.reporting.numbers import (
    UNKNOWN,
    dollars,
    interval,
    percent,
    quality,
    rate,
    seconds,
    whole,
)
from harness.reporting.tables import COST, MODEL, P90, Cell, Column, N, Row, Table, named, words
from harness.words import counted

BREAKDOWNS = {
    "task_type": "Task type",
    "suite": "Suite",
    "category": "Category",
    "language": "Language",
    "difficulty": "Difficulty",
}
_NOTHING = (UNKNOWN, "0", "")
_QUALITY = Column("Quality", "share of tasks passed")
_INTERVAL = Column("95 %", "Wilson interval of the quality")
_RANKS = Column("Could be", "places that the paired tests of all pairs leave possible")
_SCORE = Column("Part marks", "mean score, where graders give marks for what is half right")


_STANDINGS: tuple[tuple[Column, Callable[[Standing], Cell]], ...] = (
    (Column("#", "place"), lambda s: Cell(_place(s), s.rank)),
    (MODEL, lambda s: Cell(s.model, model=None if s.baseline else s.model)),
    (_QUALITY, lambda s: quality_cell(s)),
    (_INTERVAL, lambda s: Cell(interval(s), s.low)),
    (N, lambda s: Cell(whole(s.n), s.n)),
    (_SCORE, lambda s: Cell(percent(s.score), s.score)),
    (Column("tok/s", "tokens a second after the first"), lambda s: Cell(rate(s.decode_tps), s.decode_tps)),
    (
        Column("char/s", "characters of whole answers a second with all waiting, whatever the tokenizer"),
        lambda s: Cell(rate(s.chars_per_s), s.chars_per_s),
    ),
    (Column("TTFT", "median time to the first token"), lambda s: Cell(seconds(s.ttft_s), s.ttft_s)),
    (
        Column("p50", "median time to the whole answer"),
        lambda s: Cell(seconds(s.latency_p50_s), s.latency_p50_s),
    ),
    (P90, lambda s: Cell(seconds(s.latency_p90_s), s.latency_p90_s)),
    (
        Column("s/solved", "seconds a solved task, wrong answers and failed calls included"),
        lambda s: Cell(seconds(s.seconds_per_solved), s.seconds_per_solved),
    ),
    (COST, lambda s: Cell(dollars(s.cost_per_solved), s.cost_per_solved)),
    (Column("Reliable", "calls that were answered"), lambda s: Cell(percent(s.reliability), s.reliability)),
    (Column("Errors", "calls without an answer"), lambda s: Cell(whole(s.errors), s.errors)),
    (Column("Skipped", "samples not taken"), lambda s: Cell(whole(s.skipped), s.skipped)),
)
_ORDER = [column for column, _ in _STANDINGS]
_ORDER.insert(_ORDER.index(_INTERVAL) + 1, _RANKS)


def standings_table(board: Board, most: int | None = None) -> Table:
    """The models of a board, the first ``most`` of the ranked; a column that says nothing is left out."""
    ranked = board.ranked
    lines = [*ranked[:most], *board.standings[len(ranked) :]]
    kinds = ["baseline" if s.baseline else "unranked" if s.rank is None else "ranked" for s in lines]
    columns = {column: [show(s) for s in lines] for column, show in _STANDINGS}
    ranks = {p.model: p for p in board.places}
    columns[_RANKS] = [_ranks(ranks.get(s.model)) for s in lines]
    columns = {c: cells for c, cells in columns.items() if any(cell.text not in _NOTHING for cell in cells)}
    if all(s.score is None or s.quality is None or abs(s.score - s.quality) < 1e-6 for s in lines):
        columns = {c: cells for c, cells in columns.items() if c is not _SCORE}
    if board.by == "suite" and _QUALITY in columns:
        cells = columns[_QUALITY]
        columns[_QUALITY] = [
            replace(c, place=(board.name, s.model)) for c, s in zip(cells, lines, strict=True)
        ]
    order = sorted(columns, key=_ORDER.index)
    rows = zip(*(columns[column] for column in order), strict=True)
    return Table(tuple(order), tuple(map(Row, rows, kinds)), heading=order.index(MODEL))


def _ranks(place: Place | None) -> Cell:
    if place is None:
        return Cell(UNKNOWN)
    return Cell(str(place.best) if place.best == place.worst else f"{place.best}–{place.worst}", place.best)


def _place(standing: Standing) -> str:
    return "–" if standing.rank is None else str(standing.rank)


def quality_cell(standing: Standing) -> Cell:
    """The pass rate, with its interval where it is known."""
    known = None not in (standing.low, standing.quality, standing.high)
    span = (standing.low or 0.0, standing.quality or 0.0, standing.high or 0.0) if known else None
    return Cell(quality(standing), standing.quality, span=span)


def _beside(decision: Decision) -> str | None:
    """Whether the champion of a suite stands alone."""
    if decision.reason.kind in UNFINISHED:
        return "answers are missing"
    others = len(decision.tied) > 1
    return None if not others else "level with others" if decision.pick else "too few tasks to be sure"


def _as_reliable(board: Board, model: str | None) -> str | None:
    """How many others are as reliable as the most reliable."""
    best = board.of(model) if model else None
    even = sum(s.reliability == best.reliability for s in board.ranked if best and s is not best)
    return f"as {counted(even, 'other')}" if even else None


def champion_table(board: Scoreboard) -> Table:
    """Who leads what in each suite."""
    boards = {b.name: b for b in board.by("suite")}
    rows = []
    for c in board.champions:
        decision = boards[c.suite].decision
        if decision.leader is None:  # who does badly fastest or cheapest is no champion of anything
            first = Cell("nobody", mark="worse", note=c.champion and f"{c.champion} comes first")
            others = [Cell(UNKNOWN)] * 4
        else:
            first = named(c.champion, _beside(decision), "best" if decision.pick else None)
            steady = named(c.reliability, _as_reliable(boards[c.suite], c.reliability))
            others = [*map(named, (c.runner_up, c.speed, c.value_for_money)), steady]
        rows.append(Row((Cell(c.suite), first, *others)))
    titles = ("Suite", "Champion", "Runner-up", "Fastest", "Best value", "Most reliable")
    return Table(words(*titles), tuple(rows))


def matrix(boards: Sequence[Board], models: Sequence[str], what: str) -> Table:
    """Quality of every model in every board, with the number of common tasks."""
    short = Style(tuple(models)).name  # a column is as wide as its title
    columns = (
        Column(what, number=False),
        N,
        *(Column(short(model), f"share passed by {model}") for model in models),
    )
    rows = []
    for board in boards:
        first = board.decision.tied if board.decision.pick else ()
        cells = [Cell(board.name), Cell(whole(board.common), board.common)]
        for model in models:
            s = board.of(model)
            mark = "best" if model in first else None
            place = (board.name, model) if board.by == "suite" else None
            text = quality(s) if s else UNKNOWN
            cells.append(Cell(text, s.quality if s else None, mark=mark, place=place))
        rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows))

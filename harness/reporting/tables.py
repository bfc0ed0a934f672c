"""The tables of the reports, made once for Markdown and HTML: columns, and cells that can be sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.analysis.board import Board, Decision, Gap, Standing
from harness.analysis.scoreboard import Scoreboard
from harness.analysis.words import compared
from harness.reporting.numbers import (
    CROSSED,
    UNKNOWN,
    dollars,
    gap,
    interval,
    percent,
    quality,
    rate,
    seconds,
    whole,
)

_VERDICTS = {"win": "clear", "tie": "level", "insufficient": "too few tasks"}
_NOTHING = (UNKNOWN, "0", "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what it means, for those who hover or ask."""

    title: str
    meaning: str = ""
    number: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` as shown, not escaped yet; ``key`` sorts (default: the text).

    ``model`` says that the cell names a model, ``span`` is an interval to draw (low, value, high), ``note``
    is small print below, ``mark`` a style: ``win``, ``tie``, ``insufficient``, ``best``.
    """

    text: str
    key: float | str | None = None
    model: str | None = None
    span: tuple[float, float, float] | None = None
    note: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line; ``kind`` is ``ranked``, ``unranked`` or ``baseline``."""

    cells: tuple[Cell, ...]
    kind: str = "ranked"


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be written down; ``heading`` is the column that names the row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: int = 0


_QUALITY = Column("Quality", "share of tasks passed")
_INTERVAL = Column("95 %", "Wilson interval of the quality")
_COST = Column("$/solved", "USD a solved task, wrong answers and failed calls included")
_P90 = Column("p90", "nine of ten answers took at most this long; needs 29 samples")
_N = Column("N", "tasks that all compared models answered")
_MODEL = Column("Model", number=False)
_SCORE = Column("Score", "mean score, where graders give part marks")
_MDE = Column("MDE, points", "smallest difference that these tasks could show with 80 % power")


def decision_table(boards: Sequence[Board], what: str) -> Table:
    """What to use for each of ``boards``, and how sure that is."""
    columns = (
        Column(what, number=False),
        Column("Use", "the cheapest model that is not significantly worse than the best", number=False),
        Column("Verdict", "clear: significantly best; level: a tie, which goes to the cheaper", number=False),
        Column("Quality", "share of tasks passed, with its 95 % interval"),
        Column("Runner-up", "the next best, as seen from the pick", number=False),
        Column("Cheapest tied", "cheapest model not significantly worse than the best", number=False),
        _COST,
        _P90,
        _N,
        _MDE,
    )
    return Table(columns, tuple(Row(_decision_cells(board)) for board in boards))


def _decision_cells(board: Board) -> tuple[Cell, ...]:
    decision = board.decision
    shown = decision.pick or decision.leader
    cheapest = decision.cheapest_tied
    more = f"{decision.more_tasks:,} more would settle it" if decision.more_tasks else None
    return (
        Cell(board.name),
        _use(decision),
        Cell(_verdict(decision), mark=decision.verdict, note=more),
        replace(_quality(shown), note=interval(shown)) if shown else Cell(UNKNOWN),
        _runner_up(decision, shown),
        Cell(cheapest.model, model=cheapest.model) if cheapest else Cell(UNKNOWN),
        Cell(dollars(shown.cost_per_solved), shown.cost_per_solved) if shown else Cell(UNKNOWN),
        Cell(seconds(shown.latency_p90_s), shown.latency_p90_s) if shown else Cell(UNKNOWN),
        Cell(whole(board.common), board.common),
        Cell(gap(decision.mde), decision.mde),
    )


def _verdict(decision: Decision) -> str:
    if decision.leader is None:
        return "no pick"
    if decision.pick and decision.runner_up is None:
        return "unopposed"
    return _VERDICTS[decision.verdict]


def _use(decision: Decision) -> Cell:
    if decision.pick:
        return Cell(decision.pick.model, model=decision.pick.model, mark="best")
    if decision.leader:
        return Cell("undecided", note=f"{decision.leader.model} leads")
    return Cell("none", note=decision.reason)


def _runner_up(decision: Decision, shown: Standing | None) -> Cell:
    other = decision.runner_up
    if other is None or shown is None:
        return Cell(UNKNOWN)
    return Cell(other.model, model=other.model, note=compared(other, shown))


def role_table(boards: Sequence[Board]) -> Table:
    """Which model fills which role, and who stands in."""
    shown = decision_table(boards, "Role")
    standins = Column("Stand-ins", "in this order, when the model fails", number=False)
    rows = []
    for board, row in zip(boards, shown.rows, strict=True):
        names = " → ".join(board.decision.fallbacks[:3]) or UNKNOWN
        rows.append(Row((*row.cells[:4], Cell(names))))
    return Table((*shown.columns[:4], standins), tuple(rows))


_STANDINGS: tuple[tuple[Column, Callable[[Standing], Cell]], ...] = (
    (Column("#", "place"), lambda s: Cell(_place(s), s.rank)),
    (_MODEL, lambda s: Cell(s.model, model=None if s.baseline else s.model)),
    (_QUALITY, lambda s: _quality(s)),
    (_INTERVAL, lambda s: Cell(interval(s), s.low)),
    (_N, lambda s: Cell(whole(s.n), s.n)),
    (_SCORE, lambda s: Cell(percent(s.score), s.score)),
    (Column("tok/s", "tokens a second after the first"), lambda s: Cell(rate(s.decode_tps), s.decode_tps)),
    (Column("TTFT", "median time to the first token"), lambda s: Cell(seconds(s.ttft_s), s.ttft_s)),
    (
        Column("p50", "median time to the whole answer"),
        lambda s: Cell(seconds(s.latency_p50_s), s.latency_p50_s),
    ),
    (_P90, lambda s: Cell(seconds(s.latency_p90_s), s.latency_p90_s)),
    (
        Column("s/solved", "seconds a solved task, wrong answers and failed calls included"),
        lambda s: Cell(seconds(s.seconds_per_solved), s.seconds_per_solved),
    ),
    (_COST, lambda s: Cell(dollars(s.cost_per_solved), s.cost_per_solved)),
    (Column("Reliable", "calls that were answered"), lambda s: Cell(percent(s.reliability), s.reliability)),
    (Column("Errors", "calls without an answer"), lambda s: Cell(whole(s.errors), s.errors)),
    (Column("Skipped", "samples not taken"), lambda s: Cell(whole(s.skipped), s.skipped)),
)


def standings_table(board: Board) -> Table:
    """All models of a board; a column that says nothing is left out."""
    kinds = [
        "baseline" if s.baseline else "unranked" if s.rank is None else "ranked" for s in board.standings
    ]
    columns = {column: [show(s) for s in board.standings] for column, show in _STANDINGS}
    columns = {c: cells for c, cells in columns.items() if any(cell.text not in _NOTHING for cell in cells)}
    if all(s.score is None or s.quality is None or abs(s.score - s.quality) < 1e-6 for s in board.standings):
        columns = {c: cells for c, cells in columns.items() if c is not _SCORE}
    rows = zip(*columns.values(), strict=True)
    return Table(tuple(columns), tuple(map(Row, rows, kinds)), heading=list(columns).index(_MODEL))


def _place(standing: Standing) -> str:
    if standing.rank is not None:
        return str(standing.rank)
    return "" if standing.baseline else "–"


def _quality(standing: Standing) -> Cell:
    known = None not in (standing.low, standing.quality, standing.high)
    span = (standing.low or 0.0, standing.quality or 0.0, standing.high or 0.0) if known else None
    return Cell(quality(standing), standing.quality, span=span)


def champion_table(board: Scoreboard) -> Table:
    """Who leads what in each suite."""
    titles = ("Suite", "Champion", "Runner-up", "Fastest", "Best value", "Most reliable")
    rows = []
    for c in board.champions:
        decided = {b.name: b.decision for b in board.by("suite")}[c.suite]
        level = "level with others" if len(decided.tied) > 1 else None
        first = Cell(c.champion or UNKNOWN, model=c.champion, note=level, mark="best" if c.champion else None)
        others = (c.runner_up, c.speed, c.value_for_money, c.reliability)
        rows.append(Row((Cell(c.suite), first, *(Cell(name or UNKNOWN, model=name) for name in others))))
    return Table(tuple(Column(title, number=False) for title in titles), tuple(rows))


def matrix(boards: Sequence[Board], models: Sequence[str], what: str) -> Table:
    """Quality of every model in every board, with the number of common tasks."""
    columns = (Column(what, number=False), _N, *(Column(model, "share of tasks passed") for model in models))
    rows = []
    for board in boards:
        first = board.decision.tied if board.decision.pick else ()
        cells = [Cell(board.name), Cell(whole(board.common), board.common)]
        for model in models:
            standing = board.of(model)
            mark = "best" if model in first else None
            text = quality(standing) if standing else UNKNOWN
            cells.append(Cell(text, standing.quality if standing else None, mark=mark))
        rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows))


def gap_table(board: Scoreboard) -> Table:
    """What was not measured."""
    columns = (
        *(Column(title, number=False) for title in ("What", "Model", "Suites", "Why")),
        Column("Samples"),
    )
    groups: dict[tuple[str, str, str], list[Gap]] = {}
    for found in board.gaps:
        groups.setdefault((found.kind, found.model, found.reason), []).append(found)
    rows = []
    for (kind, model, reason), members in groups.items():
        what = f"{CROSSED} crossed out" if kind == "excluded" else kind
        suites, samples = ", ".join(g.suite for g in members), sum(g.samples for g in members)
        cells = (
            Cell(what),
            Cell(model, model=model),
            Cell(suites),
            Cell(reason),
            Cell(whole(samples), samples),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows))


def contestant_table(board: Scoreboard) -> Table:
    """Which model exactly took part."""
    titles = ("Model", "Provider", "Engine", "Family", "Quantization", "Revision", "Price")
    rows = []
    for c in board.contestants:
        price = " ".join(filter(None, (c.price_source, c.price_date)))
        values = (c.provider, c.engine, c.family, c.quantization, c.revision, price)
        kind = "baseline" if c.baseline else "ranked"
        rows.append(Row((Cell(c.model), *(Cell(value or UNKNOWN) for value in values)), kind))
    return Table(tuple(Column(title, number=False) for title in titles), tuple(rows))


def run_table(board: Scoreboard) -> Table:
    """Which runs, where and when."""
    titles = ("Run", "Started", "Samples", "harness", "Commit", "Machine", "Suites")
    rows = []
    for r in board.runs:
        machine = ", ".join(filter(None, (r.host, r.gpu)))
        when = (r.first_at or UNKNOWN)[:16].replace("T", " ")
        values = (r.run_id, when, whole(r.samples), r.harness_version, (r.git_sha or UNKNOWN)[:12], machine)
        rows.append(Row((*map(Cell, values), Cell(", ".join(r.suites)))))
    return Table(tuple(Column(title, number=False) for title in titles), tuple(rows))

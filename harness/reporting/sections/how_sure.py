"""How far the order can be trusted: resamples of the tasks, pairs of models, repeats."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.board import UNFINISHED, Duel
from harness.analysis.extras import MOST_TASKS, Stability
from harness.analysis.standings import Standings
from harness.analysis.statistics import CONFIDENCE
from harness.reporting.charts.style import MOST
from harness.reporting.choices import nobody
from harness.reporting.numbers import UNKNOWN, percent, points, signed, whole
from harness.reporting.reasons import missing_answers, more_tasks
from harness.reporting.section import (
    Block,
    Bullets,
    Grid,
    Legend,
    Only,
    Prose,
    Report,
    Section,
    Subtitle,
    grids,
)
from harness.reporting.tables import MODEL, Cell, Column, Row, Table, named, words
from harness.words import listed

_NAMED = 4  # models in a sentence; of more the others are counted
_DUELS = (
    "The row's model over the column's, in points of quality on average over the suites. Bold: significant."
)


def section(report: Report) -> Section:
    """The sentences, and the tables behind them."""
    standings = report.standings
    models = standings.ranked_models[:MOST]
    blocks: list[Block] = [Bullets(tuple(how_sure(standings)))]
    if standings.stability:
        table = stability_table(standings.stability)
        blocks += [Grid(table, "How firmly each model stands", "sortable"), Legend((table,))]
    if standings.duels and standings.overall:
        duels = duel_table(standings, [s.model for s in standings.overall.ranked[:MOST]])
        win_matrix = (Subtitle("Who beats whom"), Prose(_DUELS), Grid(duels, "Win matrix", "duels", 1))
        blocks.append(Only("page", win_matrix))
    if repeats := grids(repeat_table(standings, models), "Repeats", "sortable"):
        blocks += [Subtitle("How steady answers to the same task are"), *repeats]
    return Section("stability", "How stable is this?", tuple(blocks), short="Stability")


def how_sure(standings: Standings) -> list[str]:
    """How far the order can be trusted, what is not decided, and what would decide it."""
    stability = standings.stability
    alone = standings.overall is not None and len(standings.overall.decision.tied) == 1
    overall = standings.overall
    lacks = missing_answers(overall) if overall and overall.decision.reason.kind in UNFINISHED else None
    if overall and nobody(overall):
        lacks = "nobody is good enough for it"
    sentences = stability_words(stability, alone, lacks) if stability else []
    for board in standings.by("task_type"):
        decision = board.decision
        if nobody(board) or decision.pick is not None:
            continue
        if decision.reason.kind in UNFINISHED:
            sentences.append(f"Undecided for {board.name}: {missing_answers(board)}.")
            continue
        settle = more_tasks(board)
        more = f"; {settle} would settle it" if settle else ""
        sentences.append(
            f"Undecided for {board.name}: {listed(decision.tied, _NAMED)} are not told apart{more}."
        )
    if sentences:
        return sentences
    if len(standings.ranked_models) > 1:
        return ["No two models are ranked in the same suites: there is no overall order."]
    ranked = "Only one" if standings.ranked_models else "No"
    return [f"{ranked} model could be ranked: there is nothing to compare."]


def stability_table(stability: Stability) -> Table:
    """Where each model might as well stand, had other tasks of the same kind been asked."""
    columns = (
        Column("#", "place in the overall table"),
        MODEL,
        Column("Places", "from and to, in 95 % of the resamples", number=False),
        Column("Leads", "share of the resamples that it leads"),
        Column("Rating", "Bradley-Terry strength in Elo points, 0 on average, with its 95 % interval"),
        Column("Beats", "mean over suites of the share of rivals that it beats"),
    )
    rows = []
    for f in stability.models:
        span = f"{signed(f.rating_low, 0)} to {signed(f.rating_high, 0)}"
        rows.append(
            Row(
                (
                    Cell(str(f.rank), f.rank),
                    named(f.model),
                    Cell(str(f.best) if f.best == f.worst else f"{f.best} to {f.worst}", f.best),
                    Cell(percent(f.first_share), f.first_share),
                    Cell(signed(f.rating, 0), f.rating, note=span),
                    Cell(percent(f.win_rate), f.win_rate),
                )
            )
        )
    return Table(columns, tuple(rows), heading=1)


def duel_table(standings: Standings, models: Sequence[str]) -> Table:
    """The row's model over the column's, in points of quality on average over the suites."""
    between = {(d.a, d.b): d for d in standings.duels}
    columns = (MODEL, *(Column(model, "points that the row's model is ahead") for model in models))
    rows = []
    for a in models:
        cells = [named(a)]
        for b in models:
            duel, turned = between.get((a, b)), between.get((b, a))
            if duel:
                cells.append(_duel(duel, duel.difference, duel.wins, duel.losses))
            elif turned:
                cells.append(_duel(turned, -turned.difference, turned.losses, turned.wins))
            else:
                cells.append(Cell(UNKNOWN))
        rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows))


def _duel(duel: Duel, ahead: float, wins: int, losses: int) -> Cell:
    sure = duel.p_value < 1 - CONFIDENCE
    return Cell(signed(100 * ahead), ahead, note=f"{wins:,} : {losses:,}", mark="best" if sure else None)


def stability_words(stability: Stability, alone: bool, lacks: str | None = None) -> list[str]:
    """The same in sentences: who leads how surely, what would settle it, whose absence would change it.

    ``alone`` says that the paired tests tell the leader from every other.
    """
    first = stability.models[0]
    sentences = [
        f"{first.model} comes first in {percent(first.first_share)} of {stability.resamples:,} resamples of"
        " the tasks."
    ]
    if stability.mde is not None:
        sentences.append(f"A gap of {points(stability.mde)} overall would have shown with 80 % power.")
    sentences.append(f"The first place is open: {lacks}." if lacks else _first_place(stability, alone))
    sentences += [
        f"Without {f.without}, {f.leader} instead of {f.instead_of} would lead by {f.by}: the first place"
        " hangs on who takes part."
        for f in stability.flips
    ]
    if not stability.flips:
        sentences.append("No single model's absence changes who leads.")
    return sentences


def _first_place(stability: Stability, alone: bool) -> str:
    if stability.settled:
        return "The first place is settled: more tasks of the same kind would hardly change it."
    first = stability.models[0]
    needed = f"not even {MOST_TASKS:,} more tasks"
    if stability.more_tasks is not None:
        needed = f"about {float(f'{stability.more_tasks:.2g}'):,.0f} more tasks, spread as now,"
    if alone:
        return (
            f"The first place is all but settled: the tests tell {first.model} from every other, but in more"
            f" than 2.5 % of the resamples another is first; {needed} would settle it against"
            f" {stability.rival}."
        )
    return f"The first place is open: {needed} would tell {first.model} and {stability.rival} apart."


def repeat_table(standings: Standings, models: Sequence[str]) -> Table:
    """How steady the answers of ``models`` to the same task are, in suites that count passes."""
    columns = (
        *words("Suite", "Model"),
        Column("Tasks"),
        Column("k", "answers a task"),
        Column("Pass rate", "with its 95 % interval, clustered by task"),
        Column("pass@k", "at least one of k answers passes"),
        Column("pass^k", "all k answers pass"),
    )
    of_passes = {board.name for board in standings.by("suite") if board.measure == "pass"}
    rows = []
    for r in (r for r in standings.repeats if r.model in models and r.suite in of_passes):
        rate = Cell(percent(r.rate), r.rate, span=(r.low, r.rate, r.high))
        both = (Cell(percent(r.pass_at_k), r.pass_at_k), Cell(percent(r.pass_hat_k), r.pass_hat_k))
        count = (Cell(whole(r.tasks), r.tasks), Cell(str(r.k), r.k))
        rows.append(Row((Cell(r.suite), named(r.model), *count, rate, *both)))
    return Table(columns, tuple(rows))

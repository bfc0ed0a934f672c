"""Tables and words on how far the order can be trusted: resamples, runs, repeats."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.board import Duel
from harness.analysis.extras import MOST_TASKS, Stability, Trend
from harness.analysis.scoreboard import Scoreboard
from harness.analysis.statistics import CONFIDENCE, holm
from harness.reporting.numbers import UNKNOWN, percent, points, seconds, signed, whole
from harness.reporting.tables import MODEL, Cell, Column, Row, Table, named, words
from harness.words import counted

_LISTED = 8  # changes that are told one by one
_RUNS = 4  # of a model in a suite, the newest


def stability_table(found: Stability, most: int | None = None) -> Table:
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
    for f in found.models[:most]:
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


def duel_table(board: Scoreboard, models: Sequence[str]) -> Table:
    """The row's model over the column's, in points of quality on average over the suites."""
    between = {(d.a, d.b): d for d in board.duels}
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


def stability_words(found: Stability, alone: bool, lacks: str | None = None) -> list[str]:
    """The same in sentences: who leads how surely, what would settle it, whose absence would change it.

    ``alone`` says that the paired tests tell the leader from every other.
    """
    first = found.models[0]
    said = [
        f"{first.model} comes first in {percent(first.first_share)} of {found.resamples:,} resamples,"
        " in which the tasks are drawn anew."
    ]
    if found.mde is not None:
        said.append(f"Overall differences below {points(found.mde)} may be chance.")
    said.append(f"The first place is open: {lacks}." if lacks else _first_place(found, alone))
    said += [
        f"Without {f.without}, {f.leader} instead of {f.instead_of} would lead by {f.by}: the first place"
        " hangs on who takes part."
        for f in found.flips
    ]
    if not found.flips:
        said.append("No single model's absence changes who leads.")
    return said


def _first_place(found: Stability, alone: bool) -> str:
    if found.settled:
        return "The first place is settled: more tasks of the same kind would hardly change it."
    first = found.models[0]
    needed = f"not even {MOST_TASKS:,} more tasks"
    if found.more_tasks is not None:
        needed = f"about {float(f'{found.more_tasks:.2g}'):,.0f} more tasks, spread as now,"
    if alone:
        return (
            f"The first place is all but settled: the tests tell {first.model} from every other, but in more"
            f" than 2.5 % of the resamples another is first; {needed} would settle it against {found.rival}."
        )
    return f"The first place is open: {needed} would tell {first.model} and {found.rival} apart."


def changes(board: Scoreboard) -> list[str]:
    """What the newest run changed, in sentences; significant changes one by one."""
    newest = max((t.run_id for t in board.trends), default="")
    again = [t for t in board.trends if t.run_id == newest and t.change is not None]
    if not again:
        return ["Nothing was measured twice yet: there is no earlier run to compare with."]
    adjusted = holm([1.0 if t.p_value is None else t.p_value for t in again])
    moved = [t for t, p in zip(again, adjusted, strict=True) if p < 1 - CONFIDENCE]
    moved.sort(key=lambda t: -abs(t.change or 0))
    suites = list(dict.fromkeys(t.suite for t in again))
    where = suites[0] if len(suites) == 1 else counted(len(suites), "suite")
    asked = f"{counted(len({t.model for t in again}), 'model')} tasks of {where}"
    how = f"{len(moved):,} of {counted(len(again), 'result')} changed" if moved else "nothing changed"
    said = [f"Run {newest} asked {asked} again; {how} by more than chance."]
    said += [
        f"{t.model} on {t.suite}: {points(t.change or 0)} {'better' if (t.change or 0) > 0 else 'worse'} on"
        f" {counted(t.shared, 'task')} that both runs asked, now {percent(t.quality)} of {t.n:,}."
        for t in moved[:_LISTED]
    ]
    return said if len(moved) <= _LISTED else [*said, f"And {len(moved) - _LISTED:,} more."]


def trend_table(board: Scoreboard, models: Sequence[str]) -> Table:
    """Suites and ``models`` that were measured in several runs, run after run; the last few of each."""
    columns = (
        *words("Suite", "Model", "Run"),
        Column("Quality", "share of tasks passed"),
        Column("Change", "points since the run before, on the tasks that both asked"),
        Column("p", "exact paired test of the change"),
        Column("N"),
        Column("p50", "median time to the whole answer"),
    )
    shown: dict[tuple[str, str], list[Trend]] = {}
    for t in board.trends:
        if t.model in models:
            shown.setdefault((t.suite, t.model), []).append(t)
    rows = []
    for t in (t for of in shown.values() for t in of[-_RUNS:]):
        change = UNKNOWN if t.change is None else signed(100 * t.change)
        rows.append(
            Row(
                (
                    Cell(t.suite),
                    named(t.model),
                    Cell(t.run_id),
                    Cell(percent(t.quality), t.quality, span=(t.low, t.quality, t.high)),
                    Cell(change, t.change),
                    Cell(UNKNOWN if t.p_value is None else f"{t.p_value:.2g}", t.p_value),
                    Cell(whole(t.n), t.n),
                    Cell(seconds(t.latency_p50_s), t.latency_p50_s),
                )
            )
        )
    return Table(columns, tuple(rows))


def repeat_table(board: Scoreboard, models: Sequence[str]) -> Table:
    """How steady the answers of ``models`` to the same task are."""
    columns = (
        *words("Suite", "Model"),
        Column("Tasks"),
        Column("k", "answers a task"),
        Column("Pass rate", "with its 95 % interval, clustered by task"),
        Column("pass@k", "at least one of k answers passes"),
        Column("pass^k", "all k answers pass"),
    )
    rows = []
    for r in (r for r in board.repeats if r.model in models):
        rate = Cell(percent(r.rate), r.rate, span=(r.low, r.rate, r.high))
        both = (Cell(percent(r.pass_at_k), r.pass_at_k), Cell(percent(r.pass_hat_k), r.pass_hat_k))
        count = (Cell(whole(r.tasks), r.tasks), Cell(str(r.k), r.k))
        rows.append(Row((Cell(r.suite), named(r.model), *count, rate, *both)))
    return Table(columns, tuple(rows))

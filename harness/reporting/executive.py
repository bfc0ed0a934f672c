"""The executive summary: what was tested, who won, what changed, what it cost. One page, no table but one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.analysis.board import UNFINISHED, Board, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.decisions import best_of_the_bad, nobody, use, verdict
from harness.reporting.numbers import UNKNOWN, dollars, percent, quality, rate, rough, seconds
from harness.reporting.reasons import best_passes, missing_answers, more_tasks
from harness.reporting.stability import stability_words
from harness.reporting.standings import quality_cell
from harness.reporting.tables import COST, P90, Cell, Column, Row, Table, words
from harness.words import counted, listed

_NAMED = 4  # models in a sentence; of more the others are counted


def summary_table(boards: Sequence[Board]) -> Table:
    """The decisions in six columns."""
    columns = (*words("Task type", "Use", "Verdict"), Column("Quality"), COST, P90)
    rows = []
    for board in boards:
        decision = board.decision
        shown = None if nobody(board) else decision.pick or decision.leader
        known = (Cell(UNKNOWN),) * 3
        if shown:
            spent = Cell(dollars(shown.cost_per_solved), shown.cost_per_solved)
            known = (quality_cell(shown), spent, Cell(seconds(shown.latency_p90_s), shown.latency_p90_s))
        mark = "none" if nobody(board) else decision.verdict
        rows.append(Row((Cell(board.name), use(board), Cell(verdict(board), mark=mark), *known)))
    return Table(columns, tuple(rows))


def warnings(board: Scoreboard) -> list[str]:
    """What must not be overlooked: task types that no model is good enough for, or that nobody answered."""
    return [
        f"Nobody is good enough for {b.name}: {best_of_the_bad(b)}. Use none of these models for it."
        if b.ranked
        else f"Nothing is known of {b.name}: {best_of_the_bad(b)}."
        for b in board.by("task_type")
        if nobody(b)
    ]


def winners(board: Scoreboard) -> list[tuple[str, str]]:
    """Who leads in what over all suites: a title and a sentence."""
    overall = board.overall
    if overall is None or not overall.ranked:
        return [("Overall", "no model answered enough of the same tasks to be ranked")]
    fit = [s for s in overall.ranked if (s.quality or 0) >= GOOD_ENOUGH]
    said = [("Quality", _best(overall))]
    for title, value, better, show in _CHAMPIONS:
        known = [(v, s) for s in fit if (v := value(s)) is not None]
        if known:
            v, s = min(known, key=lambda pair: better * pair[0])
            even = sum(show(other) == show(v) for other, _ in known) - 1
            others = f" ({counted(even, 'other')} too)" if even else ""
            said.append((title, f"{s.model}, {show(v)}{others}; it passes {quality(s)}"))
    return said


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


# Title, what counts, whether less (1) or more (-1) of it is better, and how it is said.
_CHAMPIONS: tuple[tuple[str, Callable[[Standing], float | None], int, Callable[[float], str]], ...] = (
    ("Speed", lambda s: s.latency_p50_s, 1, lambda v: f"half of its answers within {seconds(v)}"),
    ("Throughput", lambda s: s.decode_tps, -1, lambda v: f"{rate(v)} tokens a second"),
    ("Value", lambda s: s.cost_per_solved, 1, lambda v: f"{dollars(v)} a solved task"),
    ("Reliability", lambda s: s.reliability, -1, lambda v: f"{percent(v)} of its calls were answered"),
)


def sureness(board: Scoreboard) -> list[str]:
    """How far the order can be trusted, what is not decided, and what would decide it."""
    found = board.stability
    alone = board.overall is not None and len(board.overall.decision.tied) == 1
    overall = board.overall
    lacks = missing_answers(overall) if overall and overall.decision.reason.kind in UNFINISHED else None
    if overall and nobody(overall):
        lacks = "nobody is good enough for it"
    said = stability_words(found, alone, lacks) if found else []
    for b in board.by("task_type"):
        decision = b.decision
        if nobody(b) or decision.pick is not None:
            continue
        if decision.reason.kind in UNFINISHED:
            said.append(f"Undecided for {b.name}: {missing_answers(b)}.")
            continue
        settle = more_tasks(b)
        more = f"; {settle} would settle it" if settle else ""
        said.append(f"Undecided for {b.name}: {listed(decision.tied, _NAMED)} are not told apart{more}.")
    if said:
        return said
    if len(board.ranked_models) > 1:
        return ["No two models are ranked in the same suites: there is no overall order."]
    ranked = "Only one" if board.ranked_models else "No"
    return [f"{ranked} model could be ranked: there is nothing to compare."]


def unmeasured(board: Scoreboard) -> list[str]:
    """Kinds of work that no task stands for."""
    said = []
    tiers = [b.name for b in board.by("context_tier")]
    if not {"long", "very long"} & set(tiers):
        longest = (
            f"the longest prompts here are {tiers[-1]}" if tiers else "nobody counted the prompts' tokens"
        )
        said.append(f"Long contexts: {longest}. Nothing here says how a model does beyond that.")
    overall = board.overall
    everywhere = [s for b in board.by("suite") for s in b.standings if not s.baseline]
    if overall and not any(s.latency_p50_s is not None for s in overall.ranked):
        few = any(s.chars_per_s is not None or s.decode_tps is not None for s in everywhere)
        said.append(
            f"Speed: {'too few answers were' if few else 'no answer was'} measured on a quiet machine."
        )
    if overall and not any(s.cost_per_task is not None for s in overall.ranked):
        some = any(s.cost_per_task is not None for s in everywhere)
        known = "known for some suites only" if some else "unknown: there is no price and no bill"
        said.append(f"Cost: what the ranked models cost is {known}.")
    free = [s.model for s in overall.ranked if s.cost_per_task == 0] if overall else []
    if free:
        said.append(
            f"Cost: every answer of {listed(free, _NAMED)} cost 0, which is free. Unknown is empty, not 0."
        )
    return said


def costs(board: Scoreboard) -> list[str]:
    """What the measurements cost, as far as it is known."""
    spent = [run.cost_usd for run in board.runs if run.cost_usd is not None]
    unpriced, time = sum(run.unpriced for run in board.runs), sum(run.seconds or 0 for run in board.runs)
    tokens = sum(run.tokens or 0 for run in board.runs)
    said = [
        f"{dollars(sum(spent))}, failed calls included."
        if spent
        else "Dollars unknown: no price and no bill."
    ]
    if unpriced and spent:
        said.append(f"Not in that sum: {counted(unpriced, 'answer')} with neither a price nor a bill.")
    if time:
        said.append(f"{_duration(time)} of models answering, {rough(tokens)} tokens read and written.")
    return said


def _duration(seconds_: float) -> str:
    """``42 s``, ``12 min``, ``3.4 h``."""
    if seconds_ < 100:
        return seconds(seconds_)
    return f"{seconds_ / 60:.0f} min" if seconds_ < 6000 else f"{seconds_ / 3600:,.1f} h"

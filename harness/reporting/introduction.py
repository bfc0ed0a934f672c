"""What every document begins with, and what a table of standings rests on."""

from __future__ import annotations

from harness.analysis.board import Board
from harness.analysis.standings import Standings
from harness.reporting.choices import nobody, why_nobody
from harness.reporting.numbers import dollars, points, whole
from harness.reporting.reasons import as_sentence
from harness.words import counted, listed


def facts(standings: Standings) -> dict[str, str]:
    """The size of it all, by what is counted."""
    models = sum(not c.baseline for c in standings.contestants)
    spent = [run.cost_usd for run in standings.runs if run.cost_usd is not None]
    sizes = {
        "models": whole(models),
        "suites": whole(len(standings.by("suite"))),
        "tasks": whole(sum(board.answered_by_any for board in standings.by("suite"))),
        "answers": whole(standings.samples),
    }
    return sizes | ({"spent": dollars(sum(spent))} if spent else {})


def _days(standings: Standings) -> str:
    """The days of the measurements: ``2026-11-20`` or ``2026-11-18 to 2026-11-20``."""
    first = min((r.first_at[:10] for r in standings.runs if r.first_at), default="")
    last = max((r.last_at[:10] for r in standings.runs if r.last_at), default="")
    return first if first == last else f"{first} to {last}"


def introduction(standings: Standings) -> str:
    """One paragraph: what was measured, and from what every number comes."""
    models = sum(not c.baseline for c in standings.contestants)
    baselines = ", baselines included" if any(c.baseline for c in standings.contestants) else ""
    suites = standings.by("suite")
    answered = sum(board.answered_by_any for board in suites)
    tasks = counted(offered := sum(board.offered for board in suites), "task")
    if answered < offered:  # a run had no time for the others, or nobody could answer them
        tasks = f"{answered:,} of {tasks}"
    what = f"{counted(models, 'model')} on {tasks} in {counted(len(suites), 'suite')}"
    days = _days(standings)
    when = f", measured {days}" if days else ""
    versions = ", ".join(dict.fromkeys(run.harness_version for run in standings.runs))
    return (
        f"{what}{when} with harness {versions}. Every number below is computed from the"
        f" {counted(standings.samples, 'answer')} of"
        f" {counted(len(standings.runs), 'run')}{baselines}; none is typed in by hand."
    )


def board_note(board: Board) -> str:
    """What a table of standings rests on."""
    because = as_sentence(board)
    if board.by == "overall":
        return f"Average over {listed(board.suites)}. {because}" if board.suites else because
    parts = [_common(board.common, board.offered)] if board.ranked else []
    if board.decision.mde is not None and board.decision.reason.kind != "undecided":  # which says so itself
        parts.append(f"A gap of {points(board.decision.mde)} would have shown with 80 % power.")
    totals = [line.model for line in board.lines if line.total]
    if totals and len(totals) < len(board.lines):
        parts.append(f"Of {listed(totals)} there are totals of others alone, compared with nobody.")
    return " ".join([*parts, because])


def _common(common: int, offered: int) -> str:
    """How many of the tasks every compared model answered."""
    if common == offered:
        several = "Both tasks were" if offered == 2 else f"All {offered:,} tasks were"
        tasks = "The only task was" if offered == 1 else several
    else:
        tasks = f"{common:,} of {counted(offered, 'task')} {'was' if common == 1 else 'were'}"
    return f"{tasks} answered by every model that is compared."


def warnings(standings: Standings) -> list[str]:
    """What must not be overlooked: task types that no model is good enough for, or that nobody answered.

    What every model was excluded from was left out on purpose, and is no news.
    """
    return [
        f"Nobody is good enough for {board.name}: {why_nobody(board)}. Use none of these models for it."
        if board.ranked
        else f"Nothing is known of {board.name}: {why_nobody(board)}."
        for board in standings.by("task_type")
        if nobody(board) and not _is_left_out(board)
    ]


def _is_left_out(board: Board) -> bool:
    """Whether the matrix crosses out every model here."""
    models = [line for line in board.lines if not line.baseline]
    return bool(models) and all(line.crossed_out for line in models)

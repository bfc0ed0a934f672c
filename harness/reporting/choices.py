"""Whom a table names, in a word or two: the model to use, how sure that is, and why nobody is named."""

from __future__ import annotations

from harness.analysis.board import UNFINISHED, Board, Decision
from harness.reporting.numbers import percent
from harness.reporting.reasons import EVEN, does, of_what, reason
from harness.reporting.tables import Cell, named

STAND_INS = 3  # that are named
_VERDICTS = {"win": "clear", "tie": "level", "insufficient": "too few tasks"}


def nobody(board: Board) -> bool:
    """Whether no model can be named here: none was measured, or the best solves hardly anything."""
    return board.decision.leader is None


def why_nobody(board: Board) -> str:
    """Why nobody is good enough, in words."""
    because = board.decision.reason
    if because.kind == "weak":
        return f"even the best, {because.best}, {does(because)} {percent(because.quality)} {of_what(because)}"
    text = reason(board)
    return text[:1].lower() + text[1:]


def _in_short(board: Board) -> str:
    """The same in four words, for a table."""
    because = board.decision.reason
    if because.best is None:
        return "none could be ranked"
    if because.kind == "guessing":
        return "no better than guessing"
    return f"the best {does(because)} {percent(because.quality)}"


def verdict(board: Board) -> str:
    """The decision in a word or three."""
    decision = board.decision
    if not board.ranked:
        answered = any(s.answered and not s.baseline for s in board.lines)
        return "not compared" if answered else "not measured"
    if nobody(board):
        return "no pick"
    if decision.reason.kind in UNFINISHED:
        return "incomplete"
    if decision.reason.kind == "alone":
        return "unopposed"
    return _VERDICTS[decision.kind]


def use(board: Board) -> Cell:
    """Whom to use; nobody, where even the best is not good enough."""
    pick, leader = board.decision.pick, board.decision.leader
    if nobody(board) or leader is None:
        return Cell("nobody", mark="worse", note=_in_short(board))
    if pick:
        return named(pick.model, mark="best")
    return Cell("undecided", note=_undecided(board.decision, leader.model))


def _undecided(decision: Decision, leader: str) -> str:
    """Who might be the one to use."""
    because = decision.reason
    if because.kind == "incomplete":
        return f"{because.missing[0]} leads where it answered"
    if because.kind == "thinned":
        return f"answers of {because.missing[0]} are missing"
    return f"{leader} leads" if because.lead > EVEN else "even"

"""A decision's reason in words: what is known, and what would have to be known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from shlex import quote

from harness.analysis.board import UNFINISHED, Board, Reason, ReasonKind
from harness.analysis.extras import MOST_TASKS
from harness.reporting.measures import MEASURES
from harness.reporting.numbers import compared, percent, percent_range, points
from harness.words import capital, counted, listed

EVEN = 0.0005  # shares closer than this read the same
_NAMED = 5  # of more models the others are counted
_FIRST = {"cost": "cheapest", "time": "fastest", "quality": "best", "name": "first by name"}


def reason(board: Board) -> str:
    """Why a table is decided as it is: one sentence, without its full stop."""
    return _WORDS[board.decision.reason.kind](board)


def as_sentence(board: Board) -> str:
    """The same beside other sentences; a model's name keeps its letters."""
    text = reason(board)
    return f"{capital(text)}." if board.decision.reason.kind in UNFINISHED else f"{text}."


def best_passes(because: Reason) -> str:
    """``a passes 90 % (74–97 %) of 30 tasks``."""
    return f"{because.best} {_rate(because)}"


def _rate(because: Reason) -> str:
    """What the first of the ranked does: ``passes 90 % (74–97 %) of 30 tasks``, or what it scores."""
    span = percent_range(because.low, because.high)
    return f"{does(because)} {percent(because.quality)} ({span}) {of_what(because)}"


def does(because: Reason) -> str:
    """What a quality is: a model ``passes`` tasks, or it ``scores``."""
    return MEASURES[because.measure].does


def of_what(because: Reason) -> str:
    """What it is of: passes are of tasks, a score is an average."""
    return MEASURES[because.measure].of(because.tasks, because.suites)


def more_tasks(board: Board) -> str | None:
    """How many more tasks would settle it: ``about 40 more``."""
    more = board.decision.more_tasks
    if not more:
        return None
    return f"about {more:,} more" if more <= MOST_TASKS else f"more than {MOST_TASKS:,} more"


def _unranked(board: Board) -> str:
    if board.lines and all(line.total for line in board.lines):
        return "These are totals that others measured: without their samples nobody is ranked"
    return "No model answered enough of the same tasks to be ranked"


def _unsolved(board: Board) -> str:
    tasks = board.decision.reason.tasks
    if board.measure != "pass":
        return f"No model scores anything in {counted(tasks, 'task')}"
    return f"No model passes {'the only task' if tasks == 1 else f'a single one of {tasks:,} tasks'}"


def _weak(board: Board) -> str:
    because = board.decision.reason
    return f"Nobody is good enough: the best, {because.best}, {_rate(because)}"


def _guessing(board: Board) -> str:
    because = board.decision.reason
    guess = f"{does(because)} {percent(because.chance)} {of_what(because)}"
    return f"No model is clearly better than guessing, which {guess}"


def _alone(board: Board) -> str:
    because, others = board.decision.reason, [one.model for one in board.uncompared]
    how = "the only model measured here"
    if others:
        few = f"{listed(others, _NAMED)} answered too few of the same tasks"
        how = f"the only model that is ranked, since {few}"
    return f"{because.best} is {how}; it {_rate(because)}"


def _clear(board: Board) -> str:
    leader, other = board.decision.leader, board.decision.runner_up
    beside = f"; {other.model} is {compared(other, leader)}" if leader and other else ""
    return f"{best_passes(board.decision.reason)}, significantly more than any other{beside}"


def _level(board: Board) -> str:
    decision = board.decision
    names = listed(decision.tied, _NAMED)
    pick = decision.pick.model if decision.pick else ""
    how = " of the ".join(_FIRST[criterion] for criterion in reversed(decision.reason.chosen_by))
    return f"{names} are level (a gap of {points(decision.mde or 0)} would have shown); {pick} is the {how}"


def _undecided(board: Board) -> str:
    decision, because = board.decision, board.decision.reason
    first, second = decision.tied[:2]
    tasks = counted(because.tasks, "task")
    leads = f"{first} leads {second} by {points(because.lead)}"
    text = leads if because.lead > EVEN else f"{first} and {second} are even"
    if decision.mde is None:
        text = f"{text}, but {tasks} {'is' if because.tasks == 1 else 'are'} too few to show any gap"
    elif because.lead >= decision.mde:
        text = f"{text}, which may still be chance in {tasks}"
    else:
        text = f"{text}, but only gaps of {points(decision.mde)} or more would show in {tasks}"
    settle = more_tasks(board)
    parts = [text, f"{settle} would settle it"] if settle else [text]
    return "; ".join([*parts, f"besides, {_thinned(board)}"] if because.missing else parts)


def _unfinished(board: Board) -> str:
    return f"undecided: {missing_answers(board)}"


def missing_answers(board: Board) -> str:
    """Which answers are missing, why that matters, and how to get them."""
    return _thinned(board) if board.decision.reason.kind == "thinned" else _incomplete(board)


def _incomplete(board: Board) -> str:
    because = board.decision.reason
    first, *others = [one for one in board.uncompared if one.model in because.missing]
    errors = f", with {counted(first.unjudged, 'error')}," if first.unjudged else ""
    has = f"{first.model} has answered {first.answered:,} of {counted(because.offered, 'task')}{errors}"
    on = "them" if first.shared == first.answered else f"the {first.shared:,} that {first.other} answered too"
    rates = f"{percent(first.quality)}, {first.other} {percent(first.other_quality)}"
    names = listed([one.model for one in others], _NAMED)
    more = f"; so {'does' if len(others) == 1 else 'do'} {names}" if others else ""
    retry = first.answered + first.unjudged >= because.offered
    return f"{has} and leads on {on} ({rates}){more}; {_mend(board, retry=retry)}"


def _thinned(board: Board) -> str:
    because = board.decision.reason
    first, *others = board.unanswered
    lacks = f"{first.model} lacks answers to {first.tasks:,} of {counted(because.offered, 'task')}"
    names = listed([one.model for one in others], _NAMED)
    more = f" ({names} {'lacks' if len(others) == 1 else 'lack'} some too)" if others else ""
    left = f"models are compared on {counted(because.tasks, 'task')} only"
    standing = board.of(first.model)
    retry = standing is not None and standing.errors + standing.crashes >= first.tasks
    return f"{lacks}{more}, so {left}; {_mend(board, retry=retry)}"


def _mend(board: Board, *, retry: bool) -> str:
    """How the missing answers are got."""
    because = board.decision.reason
    if because.run_id is None:
        return "import its other answers"
    if retry:
        return f"ask again with harness run --retry-errors {because.run_id}"
    resume = f"harness run --resume {because.run_id}"
    if because.resumable:
        return f"finish with {resume}"
    suites, model = quote(",".join(board.suites)), quote(because.missing[0])
    anew = f"harness run --suite {suites} --models {model}"
    return f"finish with {anew}, or with {resume} if that run was interrupted"


_WORDS: Mapping[ReasonKind, Callable[[Board], str]] = {
    "unranked": _unranked,
    "unsolved": _unsolved,
    "weak": _weak,
    "guessing": _guessing,
    "alone": _alone,
    "clear": _clear,
    "level": _level,
    "undecided": _undecided,
    "incomplete": _unfinished,
    "thinned": _unfinished,
}

"""What a quality is called: a share of tasks passed, a mean score, or an average of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.analysis.board import Board, MeasuredBy
from harness.analysis.decisions import GOOD_ENOUGH
from harness.reporting.numbers import out_of, percent
from harness.words import counted


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The words of one measure. ``counts_solved`` says whether there are solved tasks, and their cost."""

    quality: str  # what a quality is
    average: str  # what an average of it over suites is
    interval: str  # how its 95 % interval is made
    does: str  # what a model does: it ``passes`` 90 % of the tasks, or ``scores`` 90 %
    does_little: str  # before ``hardly anything``
    a_little_more: str  # how a runner-up may be ahead in a tie
    too_little: str  # what the best does where nobody is good enough
    does_most: str  # what the best model of a task type does
    of_model: str  # before a model's name
    counts_solved: bool

    def of(self, tasks: int, suites: int = 0) -> str:
        """What a quality is of: passes are of tasks, a score is an average."""
        if suites > 1 or self.does == "passes":
            return out_of(tasks, suites)
        return f"on average over {counted(tasks, 'task')}"


_MIXED = "share of tasks passed, or the mean score where a suite counts scores"
MEASURES: Mapping[MeasuredBy, MeasureWords] = {
    "pass": MeasureWords(
        quality="share of tasks passed",
        average="average share of tasks passed",
        interval="Wilson",
        does="passes",
        does_little="solves",
        a_little_more="pass a few tasks more",
        too_little=f"passes less than {percent(GOOD_ENOUGH)} of the tasks",
        does_most="passes most tasks of a type",
        of_model="share passed by",
        counts_solved=True,
    ),
    "score": MeasureWords(
        quality="mean score",
        average="mean score, averaged over suites",
        interval="Student t",
        does="scores",
        does_little="scores",
        a_little_more="score a little more",
        too_little=f"scores less than {percent(GOOD_ENOUGH)}",
        does_most="has the highest mean score on a type",
        of_model="mean score of",
        counts_solved=False,
    ),
    "both": MeasureWords(
        quality=_MIXED,
        average=f"average of the {_MIXED}",
        interval="Wilson (of scores: Student t)",
        does="scores",
        does_little="scores",
        a_little_more="be a little ahead",
        too_little=f"reaches less than {percent(GOOD_ENOUGH)}",
        does_most="has the highest quality on a type",
        of_model="quality of",
        counts_solved=True,
    ),
}


def measure_words(boards: Iterable[Board]) -> MeasureWords:
    """The words for all of ``boards`` together."""
    measures = {board.measure for board in boards}
    return MEASURES[measures.pop() if len(measures) == 1 else "both" if measures else "pass"]

"""What a quality is called: a share of tasks passed, a mean score, or an average of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.analysis.board import Board, MeasuredBy, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.reporting.numbers import dollars, out_of, percent
from harness.reporting.tables import COST, TASK_COST, Cell, Column
from harness.words import counted


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The words of one measure. ``counts_solved``, ``counts_scores``: there are solved tasks, scores."""

    short: str  # what a quality is, in a word or two
    quality: str  # the same in full
    average: str  # what an average of it over suites is
    interval: str  # how its 95 % interval is made
    test: str  # by which two models are told apart
    does: str  # what a model does: it ``passes`` 90 % of the tasks, ``scores`` 90 %, or ``reaches`` 90 %
    does_little: str  # before ``hardly anything``
    a_little_more: str  # how a runner-up may be ahead in a tie
    too_little: str  # what the best does where nobody is good enough
    does_most: str  # what the best model of a task type does
    of_model: str  # before a model's name
    lower: str  # a title for answers that are not the best possible
    counts_solved: bool
    counts_scores: bool

    def of(self, tasks: int, suites: int = 0) -> str:
        """What a quality is of: passes are of tasks, a score is an average."""
        if suites > 1 or self.does == "passes":
            return out_of(tasks, suites)
        return f"on average over {counted(tasks, 'task')}"


def costs_of(standing: Standing, measure: MeasureWords) -> tuple[Cell, ...]:
    """What a solved task costs, and where scores count what a task costs: cells below ``cost_columns``."""
    solved, task = standing.cost_per_solved, standing.cost_per_task
    cells = (Cell(dollars(solved), solved),) if measure.counts_solved else ()
    return (*cells, Cell(dollars(task), task)) if measure.counts_scores else cells


def cost_columns(measure: MeasureWords) -> tuple[Column, ...]:
    """The columns of costs that mean something."""
    return (*((COST,) if measure.counts_solved else ()), *((TASK_COST,) if measure.counts_scores else ()))


_MIXED = "share of tasks passed, or the mean score where a suite counts scores"
MEASURES: Mapping[MeasuredBy, MeasureWords] = {
    "pass": MeasureWords(
        short="pass rate",
        quality="share of tasks passed",
        average="average share of tasks passed",
        interval="Wilson",
        test="McNemar's exact test",
        does="passes",
        does_little="solves",
        a_little_more="pass a few tasks more",
        too_little=f"passes less than {percent(GOOD_ENOUGH)} of the tasks",
        does_most="passes most tasks of a type",
        of_model="share passed by",
        lower="Failures to look at",
        counts_solved=True,
        counts_scores=False,
    ),
    "score": MeasureWords(
        short="mean score",
        quality="mean score",
        average="mean score, averaged over suites",
        interval="Student t",
        test="a sign-flip permutation test",
        does="scores",
        does_little="scores",
        a_little_more="score a little more",
        too_little=f"scores less than {percent(GOOD_ENOUGH)}",
        does_most="has the highest mean score on a type",
        of_model="mean score of",
        lower="Answers with lower scores",
        counts_solved=False,
        counts_scores=True,
    ),
    "both": MeasureWords(
        short="quality",
        quality=_MIXED,
        average=f"average of the {_MIXED}",
        interval="Wilson (of scores: Student t)",
        test="McNemar's exact test (of scores: a sign-flip permutation test)",
        does="reaches",
        does_little="reaches",
        a_little_more="be a little ahead",
        too_little=f"reaches less than {percent(GOOD_ENOUGH)}",
        does_most="has the highest quality on a type",
        of_model="quality of",
        lower="Failures and lower scores",
        counts_solved=True,
        counts_scores=True,
    ),
}


def measure_words(boards: Iterable[Board]) -> MeasureWords:
    """The words for all of ``boards`` together."""
    measures = {board.measure for board in boards}
    return MEASURES[measures.pop() if len(measures) == 1 else "both" if measures else "pass"]

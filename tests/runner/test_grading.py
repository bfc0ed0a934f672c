from __future__ import annotations

from harness.graders.base import GradingJob
from harness.graders.exact import Exact
from harness.records import LOOP, Completion
from harness.runner.grading import grade
from tests.graders.tasks import task


def test_loops_fail_and_their_neighbours_are_judged() -> None:
    question = task("yes")
    answers = [Completion("yes", LOOP), Completion("yes", "stop"), Completion("no", "length")]
    verdicts = grade([GradingJob(Exact(), question, answer) for answer in answers], None)
    assert [verdict.passed for verdict in verdicts] == [False, True, False]
    assert (verdicts[0].error_type, verdicts[0].score) == (LOOP, 0.0)
    assert grade([GradingJob(Exact(), question, answers[0])], None) == verdicts[:1]

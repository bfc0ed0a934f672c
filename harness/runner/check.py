"""Proof that a suite grades as it says: references pass, wrong answers and silence fail.

References that are code are also read as models wrap them: with an example in a comment, in a fence, in one
that is named after a file. Where that gives another program than the reference, it is graded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harness.graders import build_grader, prepare, requirement
from harness.graders.base import GradingJob
from harness.graders.code import CodeGrader
from harness.graders.execution.extract import Malformed
from harness.graders.languages import LANGUAGES
from harness.records import Completion, Suite, Task, Verdict
from harness.runner.grading import grade_all
from harness.sandbox.base import Sandbox


@dataclass(frozen=True, slots=True)
class Flaw:
    """A task whose grader does not do what the task file promises."""

    task: Task
    what: str
    answer: str  # that is graded wrongly

    def __str__(self) -> str:
        """``file:line: task: what is wrong``."""
        return f"{self.task.source}: {self.task.id}: {self.what}"


def check_suite(
    suite: Suite, sandbox: Sandbox | None, progress: Callable[[int], None] = lambda _: None
) -> list[Flaw]:
    """Grade every known answer of every task that is not skipped; no flaws mean that all is well.

    Raises ``SandboxUnavailable`` where a compiler or interpreter that a task needs is not installed.
    """
    cases = list(_known_answers(suite.tasks))
    jobs = [GradingJob(build_grader(task), task, Completion(output=answer)) for task, answer, _, _ in cases]
    for required in sorted({requirement(job.task.grader) for job in jobs if job.grader.executes}):
        prepare(required)
    verdicts = grade_all(jobs, sandbox, progress)
    return [
        Flaw(task, _complaint(what, verdict), answer)
        for (task, answer, what, should_pass), verdict in zip(cases, verdicts, strict=True)
        if verdict.passed != should_pass
    ]


def _known_answers(tasks: Sequence[Task]) -> Iterator[tuple[Task, str, str, bool]]:
    """Each known answer: task, answer, its name, whether it must pass."""
    for task in (task for task in tasks if task.skip is None):
        yield task, task.reference, "the reference", True
        for number, wrong in enumerate(task.wrong, 1):
            yield task, wrong, f"wrong answer {number}", False
        yield task, "", "the empty answer", False
        yield from ((task, answer, what, True) for answer, what in _misread(task))


def _misread(task: Task) -> Iterator[tuple[str, str]]:
    """Wrappings of a reference from which another program is read than the reference is, with their names."""
    grader = build_grader(task)
    if not isinstance(grader, CodeGrader):
        return
    language = LANGUAGES[grader.language]
    code = language.example + task.reference.strip("\n")
    fenced = "Here is the code:\n\n```{}\n{}\n```\n\nIt does what was asked."
    for answer, where in (
        (code, "without a fence"),
        (fenced.format(grader.language, code), "in a fence"),
        (fenced.format(language.file, code), "in a fence named after a file"),
    ):
        try:
            read = grader.code(task, answer).strip("\n")
        except Malformed:
            read = None
        if read != code:
            yield answer, f"the reference with an example in a comment, {where},"


def _complaint(what: str, verdict: Verdict) -> str:
    if verdict.passed:
        return f"{what} passes, but must fail"
    reason = ": ".join(filter(None, (verdict.error_type, verdict.error)))
    return f"{what} fails, but must pass: {reason or 'no reason given'}"

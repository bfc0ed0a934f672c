"""Proof that a suite grades as it says: references pass, wrong answers and silence fail.

References that are code are also read as models wrap them: with an example in a comment, in a fence, in one
that is named after a file. Where that gives another program than the reference, it is graded.
Of a project the tree as it is given must fail too, each group must pass with it or not as the task says, the
visible checks must pass with the reference, and the wrong answers must not all fail the same groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from harness.graders import build_grader, prepare, requirement
from harness.graders.base import Grader, GradingJob
from harness.graders.code import CodeGrader
from harness.graders.execution.extract import Malformed
from harness.graders.languages import LANGUAGES
from harness.graders.project import ProjectGrader
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


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """An answer of which it is known whether it passes; ``what`` names it."""

    task: Task
    grader: Grader
    answer: str
    what: str
    passes: bool


def check_suite(
    suite: Suite, sandbox: Sandbox | None, progress: Callable[[int], None] = lambda _: None
) -> list[Flaw]:
    """Grade every known answer of every task that is not skipped; no flaws mean that all is well.

    Raises ``SandboxUnavailable`` where a compiler or interpreter that a task needs is not installed.
    """
    answers = known_answers(suite)
    jobs = [
        GradingJob(example.grader, example.task, Completion(output=example.answer)) for example in answers
    ]
    for required in sorted({requirement(job.task.grader) for job in jobs if job.grader.executes}):
        prepare(required)
    graded = list(zip(answers, grade_all(jobs, sandbox, progress), strict=True))
    flaws = [
        Flaw(example.task, _complaint(example.what, verdict), example.answer)
        for example, verdict in graded
        if verdict.passed != example.passes
    ]
    for _, of_task in groupby(graded, key=lambda pair: pair[0].task.id):
        flaws += _flaws_of_groups(list(of_task))
    return flaws


def known_answers(suite: Suite) -> list[KnownAnswer]:
    """Every known answer of the tasks that are not skipped, those of a task one after another."""
    tasks = [task for task in suite.tasks if task.skip is None]
    return [example for task in tasks for example in _known_answers(task, build_grader(task))]


def _known_answers(task: Task, grader: Grader) -> Iterator[KnownAnswer]:
    yield KnownAnswer(task, grader, task.reference, "the reference", True)
    for number, wrong in enumerate(task.wrong, 1):
        yield KnownAnswer(task, grader, wrong, f"wrong answer {number}", False)
    yield KnownAnswer(task, grader, "", "the empty answer", False)
    for answer, what in _misread(task, grader):
        yield KnownAnswer(task, grader, answer, what, True)
    if isinstance(grader, ProjectGrader):
        yield KnownAnswer(task, grader, grader.echo, _ECHO, False)
        if grader.visible:
            visible = replace(grader, hidden=grader.visible)
            yield KnownAnswer(task, visible, task.reference, "the reference in the visible checks", True)


_ECHO = "the tree as it is given"


def _flaws_of_groups(graded: Sequence[tuple[KnownAnswer, Verdict]]) -> Iterator[Flaw]:
    """What is wrong with the groups of one project, as the tree that is given and wrong answers show."""
    for example, verdict in graded:
        if example.what == _ECHO:
            of_kind = {must: verdict.metrics.get(f"groups_{must}", {}) for must in ("begin", "keep")}
            for name in (name for name, passed in of_kind["begin"].items() if passed):
                yield Flaw(
                    example.task,
                    f"the group {name!r} must begin to pass, but does with {_ECHO}",
                    example.answer,
                )
            for name in (name for name, passed in of_kind["keep"].items() if not passed):
                yield Flaw(
                    example.task,
                    f"the group {name!r} must go on passing, but fails with {_ECHO}",
                    example.answer,
                )
    wrong = [
        (example, _failed(verdict))
        for example, verdict in graded
        if isinstance(example.grader, ProjectGrader) and example.what.startswith("wrong")
    ]
    if wrong and len({failed for _, failed in wrong}) == 1:
        yield Flaw(
            wrong[0][0].task,
            "all wrong answers fail the same groups; make one fail another",
            wrong[0][0].answer,
        )


def _failed(verdict: Verdict) -> frozenset[str]:
    groups = {**verdict.metrics.get("groups_begin", {}), **verdict.metrics.get("groups_keep", {})}
    return frozenset(name for name, passed in groups.items() if not passed)


def _misread(task: Task, grader: Grader) -> Iterator[tuple[str, str]]:
    """Wrappings of a reference from which another program is read than the reference is, with their names."""
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

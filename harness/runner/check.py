"""Proof that a suite grades as it says: references pass, wrong answers and silence fail.

References that are code are also read as models wrap them: with an example in a comment, in a fence, in one
that is named after a file. Where that gives another program than the reference, it is graded.
Of a project more is proved: see ``project_checks``; graders that can say more of their tasks (``Proving``)
are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

from harness.graders import build_grader, prepare, requirement
from harness.graders.base import Grader, GradingJob, Proving
from harness.graders.code import CodeGrader
from harness.graders.execution.extract import Malformed
from harness.graders.languages import LANGUAGES
from harness.graders.project import ProjectGrader
from harness.processors import usable_processors
from harness.records import Completion, Suite, Task, Verdict
from harness.runner.grading import grade_all
from harness.runner.known_answers import Flaw, KnownAnswer
from harness.runner.project_checks import (
    answers_to_project,
    flaws_of_cheating,
    flaws_of_groups,
    flaws_of_output,
)
from harness.sandbox.base import Sandbox


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
    flaws += _flaws_of_tasks(answers, sandbox)
    for _, of_task in groupby(graded, key=lambda pair: pair[0].task.id):
        pairs = list(of_task)
        task, grader = pairs[0][0].task, pairs[0][0].grader
        if isinstance(grader, ProjectGrader) and sandbox is not None:
            flaws += flaws_of_groups(pairs)
            flaws += flaws_of_cheating(grader, pairs)
            flaws += flaws_of_output(task, grader, sandbox)
    return flaws


def _flaws_of_tasks(answers: Sequence[KnownAnswer], sandbox: Sandbox | None) -> list[Flaw]:
    """What graders that prove their tasks say of them."""
    references = [example for example in answers if example.what == _REFERENCE]
    proving = [(example, example.grader) for example in references if isinstance(example.grader, Proving)]
    if sandbox is None:
        return []
    with ThreadPoolExecutor(usable_processors(), "proof") as pool:
        futures = [
            (example, pool.submit(lambda e=example, g=grader: list(g.flaws(e.task, sandbox))))  # type: ignore[misc]
            for example, grader in proving
        ]
        complaints = [(example, words) for example, future in futures for words in future.result()]
    return [Flaw(example.task, words, example.answer) for example, words in complaints]


def known_answers(suite: Suite) -> list[KnownAnswer]:
    """Every known answer of the tasks that are not skipped, those of a task one after another."""
    tasks = [task for task in suite.tasks if task.skip is None]
    return [example for task in tasks for example in _known_answers(task, build_grader(task))]


def _known_answers(task: Task, grader: Grader) -> Iterator[KnownAnswer]:
    yield KnownAnswer(task, grader, task.reference, _REFERENCE, True)
    for number, wrong in enumerate(task.wrong, 1):
        yield KnownAnswer(task, grader, wrong, f"wrong answer {number}", False)
    yield KnownAnswer(task, grader, "", "the empty answer", False)
    for answer, what in _misread(task, grader):
        yield KnownAnswer(task, grader, answer, what, True)
    if isinstance(grader, ProjectGrader):
        yield from answers_to_project(task, grader)


_REFERENCE = "the reference"


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

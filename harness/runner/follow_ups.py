"""The second change: who passed a task is asked for another one, on the tree that its own answer made.

It is a request of the same sample, and never part of its verdict, cost or time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from harness.graders import build_grader
from harness.graders.base import GradingJob
from harness.graders.changes import Change
from harness.graders.edits import EditError
from harness.graders.follow_up import SUFFIX, FollowUp, FollowUpResult
from harness.graders.project import ProjectGrader
from harness.messages import Message
from harness.projectprompt import project_prompt
from harness.records import Completion, Failure, Task, WorkItem
from harness.runner.grading import CRASH, grade
from harness.runner.rows import request_of
from harness.sandbox.base import Sandbox
from harness.solvers import put_project
from harness.solvers.base import Tools, Way

_BYTES = 160_000  # of what is asked; a tree that makes it longer is not sent


def declared(task: Task) -> bool:
    """Whether a task has a second change."""
    return "follow_up" in task.grader.options


def second_task(task: Task, follow_up: FollowUp, second: ProjectGrader) -> Task:
    """What is asked of a tree, which ``second`` judges."""
    asked = Message("user", project_prompt(follow_up.prompt, second.tree, second.protected))
    before = tuple(message for message in task.messages if message.role == "system")
    return replace(
        task, id=f"{task.id}{SUFFIX}", messages=(*before, asked), reference=follow_up.reference,
        wrong=tuple(follow_up.wrong),
    )  # fmt: skip


async def ask(item: WorkItem, first: Completion, tools: Tools, way: Way) -> FollowUpResult:
    """Put the second change of an item's task to its model, whose ``first`` answer passed, and judge it."""
    follow_up, second, task = _second(item.task, first)
    if task.size > _BYTES:
        why = f"the tree and the change have {task.size:,} bytes, {_BYTES:,} at most are asked"
        return not_asked(item.task, Failure("too_long", why))
    done = await put_project(second, task, request_of(replace(item, task=task)), tools, way)
    if done.failure is not None:
        return FollowUpResult(follow_up, done)
    return await tools.work(partial(_judged, follow_up, second, task, done, tools.cage))  # type: ignore[no-any-return]


def not_asked(task: Task, failure: Failure) -> FollowUpResult:
    """The result where there was no time, or no room, to ask."""
    return FollowUpResult(_project(task)[1], Completion(failure=failure))


def judged_again(
    task: Task, first: Completion, before: Mapping[str, Any], sandbox: Sandbox
) -> dict[str, Any]:
    """A row's ``metrics.follow_up`` by today's checks; as ``before`` where something else is asked today."""
    follow_up, second, put = _second(task, first)
    output = before.get("output")
    if before.get("prompt_sha256") != follow_up.prompt_sha256 or not isinstance(output, str):
        return dict(before)
    done = Completion(output=output, finish_reason=before.get("finish_reason"))
    return {**before, **_judged(follow_up, second, put, done, sandbox).judgement}


def of_reference(task: Task) -> tuple[Task, ProjectGrader]:
    """The second change on the tree that a task's reference leaves, as a task of its own, and its grader."""
    follow_up, second, put = _second(task, Completion(output=task.reference))
    digest = hashlib.sha256(f"{task.sha256} {follow_up.sha256}".encode()).hexdigest()
    return replace(put, sha256=digest), second


def _project(task: Task) -> tuple[ProjectGrader, FollowUp]:
    project = build_grader(task)
    assert isinstance(project, ProjectGrader) and project.follow_up is not None
    return project, project.follow_up


def _second(task: Task, first: Completion) -> tuple[FollowUp, ProjectGrader, Task]:
    """The second change on the tree of an answer that passed: its grader, and what is asked."""
    project, follow_up = _project(task)
    second = project.with_follow_up(project.edited(first)[0])
    return follow_up, second, second_task(task, follow_up, second)


def _judged(
    follow_up: FollowUp, second: ProjectGrader, task: Task, done: Completion, sandbox: Sandbox
) -> FollowUpResult:
    """The result with the verdict on an answer. A grader that crashes has measured nothing."""
    (verdict,) = grade([GradingJob(second, task, done)], sandbox)
    if verdict.error_type == CRASH:
        return FollowUpResult(follow_up, replace(done, failure=Failure(CRASH, verdict.error or "")))
    try:
        tree, _ = second.edited(done)
    except EditError:
        return FollowUpResult(follow_up, done, verdict)
    lines = sum(Change(second.language, second.tree, tree).blocks())
    files = sum(second.tree.get(path) != tree.get(path) for path in second.tree.keys() | tree.keys())
    return FollowUpResult(follow_up, done, verdict, lines, files)

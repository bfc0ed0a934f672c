"""One question, one answer."""

from __future__ import annotations

from dataclasses import replace

from harness.graders.edits import EditError, apply, parse
from harness.graders.project import ProjectGrader
from harness.records import Completion, Message, Request, Task
from harness.solvers.base import Tools, Way
from harness.solvers.prompts import EDITS
from harness.trees import as_answer


def asking_for_edits(project: ProjectGrader, request: Request, way: Way) -> Request:
    """The request, with how an answer is to be written at the end of its last turn."""
    *before, last = request.messages
    text = f"{last.content}\n\n{EDITS[way.asks(project)]}"
    return replace(request, messages=(*before, Message(last.role, text)))


async def single(project: ProjectGrader, task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """The model's one answer."""
    return await tools.ask(asking_for_edits(project, request, way))


async def by_itself(
    project: ProjectGrader, task: Task, request: Request, tools: Tools, way: Way
) -> Completion:
    """What a program makes of the tree by itself, with the visible checks and protected files put back."""
    done = await tools.ask(replace(request, tree=project.tree))
    if done.failure is not None or not done.output:
        return done
    try:
        left = apply(project.tree, parse(done.output, project.tree))
    except EditError:
        return done  # the grader says why
    return replace(done, output=as_answer(project.tree, project.restored(left)))

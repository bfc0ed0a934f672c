"""One question, one answer."""

from __future__ import annotations

from dataclasses import replace

from harness.graders.tree import TreeGrader
from harness.messages import Message
from harness.records import Completion, Request, Task
from harness.solvers.base import Tools, Way
from harness.solvers.prompts import EDITS


def asking_for_edits(project: TreeGrader, request: Request, way: Way) -> Request:
    """The request, with how an answer is to be written at the end of its last turn."""
    *before, last = request.messages
    text = f"{last.content}\n\n{EDITS[way.asks(project)]}"
    return replace(request, messages=(*before, Message(last.role, text)))


async def single(project: TreeGrader, task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """The model's one answer."""
    answer = await tools.ask(asking_for_edits(project, request, way))
    return replace(answer, notes={**answer.notes, "asked_format": way.asks(project)})


async def by_itself(project: TreeGrader, task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """What a program makes of the tree by itself."""
    return await tools.ask(replace(request, tree=project))

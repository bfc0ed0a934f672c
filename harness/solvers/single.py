"""One question, one answer."""

from __future__ import annotations

from dataclasses import replace

from harness.graders.project import ProjectGrader
from harness.records import Completion, Message, Request, Task
from harness.solvers.base import Tools, Way
from harness.solvers.prompts import EDITS


def asking_for_edits(project: ProjectGrader, request: Request, way: Way) -> Request:
    """The request, with how an answer is to be written at the end of its last turn."""
    *before, last = request.messages
    text = f"{last.content}\n\n{EDITS[way.asks(project)]}"
    return replace(request, messages=(*before, Message(last.role, text)))


async def single(project: ProjectGrader, task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """The model's one answer."""
    return await tools.ask(asking_for_edits(project, request, way))

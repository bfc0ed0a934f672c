"""Again, with what the visible checks said: up to so many answers. Hidden checks are never shown."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from time import perf_counter

from harness.graders.edits import EditError
from harness.graders.tree import TreeGrader
from harness.messages import Message
from harness.records import Completion, Request, Task
from harness.sandbox.base import Sandbox
from harness.solvers.base import SHOWN, Tools, Way, dialogue, ended_by, lost, say
from harness.solvers.prompts import AGAIN
from harness.solvers.single import asking_for_edits
from harness.words import ends

_FOLDERS = re.compile(r"(?<![\w.])/(?:[\w.+@~-]+/)+")
_CHANGING = re.compile(  # durations, times of the day, addresses in memory
    r"\b\d+(?:\.\d+)? ?(?:ns|µs|us|ms|s|secs?|seconds?)\b|\b\d\d:\d\d:\d\d(?:\.\d+)?|\b0x[0-9a-f]{6,}\b"
)


async def tries(project: TreeGrader, task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """The last of at most ``way.tries`` answers; the first whose visible checks pass ends it."""
    request = asking_for_edits(project, request, way)
    asked = len(request.messages)
    answers: list[Completion] = []
    beside_s, status, failure = 0.0, "submitted", None
    while True:
        answer = await tools.ask(request)
        if answer.failure is not None:
            if not answers:
                return answer
            status, failure = ended_by(answer.failure), lost(answer)
            break
        answers.append(answer)
        request = say(request, Message("assistant", answer.output))
        if len(answers) == way.tries:
            break
        began = perf_counter()
        report = await tools.work(partial(visible_report, project, task, answer, tools.cage))
        beside_s += perf_counter() - began
        if report is None:
            break
        request = say(request, Message("user", AGAIN.format(report=report)))
    notes = {"tries": len(answers), "status": status, "asked_format": way.asks(project)}
    if len(answers) > 1:
        first = await tools.work(partial(project.grade, task, answers[0], tools.cage))
        notes["passed_first"] = first.passed
    judged = replace(answers[-1], failure=failure)
    return dialogue(answers, judged, request.messages[asked:], beside_s, **notes)


def visible_report(project: TreeGrader, task: Task, answer: Completion, sandbox: Sandbox) -> str | None:
    """What the visible checks say of an answer; ``None`` where all of them pass."""
    try:
        left, _ = project.edited(answer)
    except EditError as error:
        return f"Nothing of your answer was applied ({error.kind}): {error}."
    failures = project.failures(left, task, sandbox)
    return f"Your edits were applied. These visible checks fail:\n\n{shown(failures)}" if failures else None


def shown(text: str) -> str:
    """Both ends of what checks print, without what differs from run to run and from machine to machine."""
    return ends(_CHANGING.sub("…", _FOLDERS.sub("", text)), SHOWN)

"""The three contestants that frame every table: the reference, silence, and chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from harness.graders import build_grader
from harness.graders.follow_up import SUFFIX
from harness.records import Request, Task

BaselineAnswer = Callable[[Request], str | None]


def baseline_answers(name: str, tasks: Mapping[tuple[str, str], Task]) -> BaselineAnswer:
    """What the baseline ``oracle``, ``nop`` or ``random`` answers; ``tasks`` by (suite, id)."""

    def oracle(request: Request) -> str:
        task = tasks[request.suite, request.task_id.removesuffix(SUFFIX)]
        second = request.task_id.endswith(SUFFIX)
        return str(task.grader.options["follow_up"]["reference"]) if second else task.reference

    def nop(request: Request) -> str:
        return ""

    def chance(request: Request) -> str:
        task = tasks[request.suite, request.task_id.removesuffix(SUFFIX)]
        return build_grader(task).guess(task, random.Random(request.sample_id))

    return {"oracle": oracle, "nop": nop, "random": chance}[name]

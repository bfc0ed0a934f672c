"""An orchestration step by step: as many calls at once as do not wait for each other's answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

from harness.graders.graph import Graph
from harness.messages import Message
from harness.records import Completion, Request, Task
from harness.solvers.base import Tools, dialogue


async def step_by_step(
    graph: Graph, task: Task, request: Request, tools: Tools, *, injected: bool
) -> Completion:
    """Every step's answer, as JSON. A call that fails ends it: the sample is an error, not a wrong answer.

    ``injected``: prompts show the references of earlier steps in place of what was answered, so that each
    step is measured by itself.
    """
    answers: dict[str, Completion] = {}
    prompts: dict[str, str] = {}

    async def answer(name: str) -> None:
        await asyncio.gather(*(calls[other] for other in graph.needs[name]))
        if any(done.failure is not None for done in answers.values()):
            return
        step = graph.steps[name]
        shown = {other: graph.steps[other].reference for other in graph.needs[name]}
        if not injected:
            shown = {other: answers[other].output for other in graph.needs[name]}
        prompts[name] = graph.prompt(name, shown)
        asked = replace(
            request,
            task_id=f"{request.task_id}.{name}",
            messages=(Message("user", prompts[name]),),
            max_tokens=min(request.max_tokens, step.max_tokens),
            task_type=step.type,
        )
        answers[name] = await tools.ask(asked)

    calls: dict[str, asyncio.Task[None]] = {}
    async with asyncio.TaskGroup() as group:
        for name in graph.steps:
            calls[name] = group.create_task(answer(name))
    done = [name for name in graph.steps if name in answers]
    turns = [turn for name in done for turn in _turns(prompts[name], answers[name])]
    failed = next((answers[name] for name in done if answers[name].failure is not None), None)
    if failed is not None:
        return dialogue([answers[name] for name in done], failed, turns)
    output = json.dumps({name: answers[name].output for name in done}, ensure_ascii=False)
    judged = replace(answers[done[-1]], output=output, finish_reason="stop")
    notes: dict[str, Any] = {"critical_path_s": critical_path_s(graph, answers)}
    if any("routed_to" in answers[name].notes for name in done):
        notes["models"] = {name: answers[name].notes.get("routed_to") for name in done}
    return dialogue([answers[name] for name in done], judged, turns, 0.0, **notes)


def critical_path_s(graph: Graph, answers: dict[str, Completion]) -> float | None:
    """Seconds of the longest chain of calls that wait for each other; ``None`` where a time is unknown."""
    ends: dict[str, float] = {}
    for name in graph.steps:
        latency = answers[name].latency_s
        if latency is None:
            return None
        ends[name] = max((ends[other] for other in graph.needs[name]), default=0.0) + latency
    return max(ends.values())


def _turns(prompt: str, done: Completion) -> tuple[Message, Message]:
    return Message("user", prompt), Message("assistant", done.output)

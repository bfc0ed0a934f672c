"""What solvers share: how a task with a tree is put, what they may do, several answers as one completion."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from harness.graders import GRAPH, PROJECTS
from harness.graders.tree import TreeGrader
from harness.messages import CallingMessage, Message
from harness.records import Completion, Failure, Request, Suite, Task
from harness.sandbox.base import Sandbox
from harness.words import ends

SolverName = Literal["single", "tries", "agent"]
AskedFormat = Literal["auto", "whole", "diff"]
Steps = Literal["chained", "injected", "one"]
STEPS_ASKED: tuple[Steps, ...] = ("chained", "injected", "one")
ASKED_FORMATS: tuple[AskedFormat, ...] = ("auto", "whole", "diff")
TRIES, MOST_TRIES = 2, 5
STEPS, LIKELY_STEPS = 30, 10  # commands of an agent
SHOWN = 4_000  # characters of what visible checks print: the first and last 2,000
OUTPUT = 10_000  # of what a command prints: the first and last 5,000
COST_LIMIT = 3.0  # USD of a sample, as mini-swe-agent has it
_REPEATED = 200_000  # characters of a turn that its model sees again
_SHOWN = 20_000  # characters of a turn that are kept
_KEPT = 400_000  # of a whole transcript
_LARGE = 16_000  # characters of a tree, beyond which whole files are a lot to write


@dataclass(frozen=True, slots=True)
class Way:
    """How tasks with a tree, and those of many steps, are put; all others are one question and one answer."""

    solver: SolverName = "single"
    tries: int = TRIES  # answers at most, of the solver ``tries``
    edit_format: AskedFormat = "auto"  # whole files for small trees, blocks for large ones
    cost_limit: float = COST_LIMIT  # USD of a sample: no further turn is put that could exceed it
    steps: Steps = "one"  # of orchestrations: call by call, or all in one
    follow_up: bool = True  # who passes is asked for a second change, where the task has one

    def __str__(self) -> str:
        """As it stands in rows: ``single whole``, ``tries 3 auto``, ``agent``, ``agent $0.5``."""
        parts: list[object] = [self.solver]
        if self.solver == "tries":
            parts.append(self.tries)
        if self.solver != "agent":
            parts.append(self.edit_format)
        if self.solver != "single" and self.cost_limit != COST_LIMIT:
            parts.append(f"${self.cost_limit:g}")
        return " ".join(map(str, parts))

    @property
    def turns(self) -> tuple[int, int, int]:
        """Answers to a project: the fewest, a likely number, the most."""
        if self.solver == "agent":
            return 1, LIKELY_STEPS, STEPS
        return (1, (2 + self.tries) // 2, self.tries) if self.solver == "tries" else (1, 1, 1)

    @property
    def shown(self) -> tuple[int, int, int]:
        """Characters that a model is shown between two answers: the fewest, a likely number, the most."""
        return 0, SHOWN // 4, OUTPUT if self.solver == "agent" else SHOWN

    def asks(self, project: TreeGrader) -> Literal["whole", "diff"]:
        """The form of edits that the prompt asks for."""
        if self.edit_format != "auto":
            return self.edit_format
        return "whole" if project.characters <= _LARGE else "diff"


SINGLE = Way()


def put(task: Task, way: str | None) -> Task:
    """The task as it is when it is put in this way: to put it otherwise is to ask something else."""
    if task.grader.name not in (*PROJECTS, GRAPH) or way is None:
        return task
    digest = hashlib.sha256(f"{task.sha256} {way}".encode()).hexdigest()
    return replace(task, sha256=digest, solver=way)


def put_suite(suite: Suite, way: Way) -> Suite:
    """The suite with its tasks put in this way."""
    return replace(
        suite,
        tasks=tuple(put(task, way.steps if task.grader.name == GRAPH else str(way)) for task in suite.tasks),
    )


@dataclass(frozen=True, slots=True)
class Tools:
    """What a solver may do with one model.

    ``ask`` puts a request to it, within the run's budget, limits and retries, and never raises. ``work``
    runs a function that computes on this machine, or waits for the sandbox, on a core that is free.
    """

    ask: Callable[[Request], Awaitable[Completion]]
    work: Callable[[Callable[[], Any]], Awaitable[Any]]
    sandbox: Sandbox | None = None
    edits: bool = False  # the model is a program that edits files itself
    calls: bool = False  # tools may be offered to the model

    @property
    def cage(self) -> Sandbox:
        """The sandbox; a task with a tree is skipped where there is none."""
        assert self.sandbox is not None
        return self.sandbox


Solver = Callable[[TreeGrader, Task, Request, Tools, Way], Awaitable[Completion]]


def say(request: Request, *turns: Message) -> Request:
    """The request with more turns behind those that it has, none of them empty or without end."""
    return replace(request, messages=(*request.messages, *map(_sayable, turns)))


def _sayable(turn: Message) -> Message:
    empty = not turn.content.strip() and not isinstance(turn, CallingMessage)  # endpoints refuse empty turns
    return replace(turn, content="(nothing)" if empty else ends(turn.content, _REPEATED))


def ended_by(failure: Failure) -> str:
    """The status of a dialogue that a failure ends."""
    return "cost" if failure.kind == "cost_limit" else failure.kind


def lost(end: Completion | None) -> Failure | None:
    """The failure that makes an error of a whole dialogue: one that says nothing about the model.

    What was paid for is kept in its row. A budget that is spent leaves the answer as it is.
    """
    failure = end.failure if end is not None else None
    if failure is None or failure.kind == "budget_spent" or not (failure.retryable or failure.fatal):
        return None
    return replace(failure, retryable=False, fatal=False)


def dialogue(
    answers: Sequence[Completion],
    last: Completion,
    turns: Sequence[Message],
    beside_s: float = 0.0,
    **notes: Any,
) -> Completion:
    """Several answers as one completion: what they took is summed, ``last`` is what is judged.

    ``turns`` are what was said after the first question; ``beside_s`` are seconds between the answers.
    """
    latencies = _sum([answer.latency_s for answer in answers])
    return replace(
        last,
        requests=len(answers),
        prompt_tokens=_sum([answer.prompt_tokens for answer in answers]),
        completion_tokens=_sum([answer.completion_tokens for answer in answers]),
        reasoning_tokens=_sum([answer.reasoning_tokens for answer in answers]),
        cached_tokens=_sum([answer.cached_tokens for answer in answers]),
        queue_s=sum(answer.queue_s for answer in answers),
        ttft_s=answers[0].ttft_s,
        latency_s=None if latencies is None else latencies + beside_s,
        prefill_s=None,
        busy_s=_sum([answer.busy_s for answer in answers]),
        chunks=sum(answer.chunks for answer in answers),
        broken_usd=sum(answer.broken_usd or 0.0 for answer in answers) or None,
        billed_usd=_sum([answer.billed_usd for answer in answers]),
        started_at=answers[0].started_at,
        attempts=1 + sum(answer.attempts - 1 for answer in answers),
        timing="replayed" if any(answer.timing == "replayed" for answer in answers) else last.timing,
        notes={**last.notes, "turns": len(answers), **notes},
        transcript=transcript(turns),
    )


def _sum(values: Sequence[Any]) -> Any:
    """The sum, or ``None`` as soon as one is unknown."""
    return None if any(value is None for value in values) else sum(values)


def transcript(turns: Sequence[Message]) -> str:
    """What was said, as JSON ``[{"role": …, "content": …}]``; of what is too long the ends are kept."""
    kept = [{"role": turn.role, "content": ends(turn.content, _SHOWN)} for turn in turns]
    while len(kept) > 2 and sum(len(turn["content"]) for turn in kept) > _KEPT:
        del kept[len(kept) // 2]
    return json.dumps(kept, ensure_ascii=False)

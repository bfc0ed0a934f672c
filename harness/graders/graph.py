"""An orchestration: many small calls whose answers stand in later prompts. Each has a grader of its own."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, ClassVar

from harness.fieldtypes import Between
from harness.graders import build_grader
from harness.graders.base import Grader
from harness.graders.jsonreply import read_json_like
from harness.graders.reply import final_reply
from harness.messages import Message
from harness.records import Completion, GraderSpec, Task, Verdict
from harness.sandbox.base import Sandbox

_PLACE = re.compile(r"\{(\w+)\}")
_CARRIED = 4_000  # characters of an answer that later prompts show


@dataclass(frozen=True, slots=True)
class Step:
    """One call. ``{name}`` in the prompt stands for the answer of another step."""

    type: str  # of task, for which routing rules are written
    prompt: str
    grader: Any  # a name, or {name: options}
    reference: str
    max_tokens: Annotated[int, Between(1, 100_000)] = 256


@dataclass(frozen=True)
class Graph:
    """The answer is a JSON object with what each step gave. The score is the share of steps that are right.

    Passing means that all are. A step whose prompt had a wrong answer in it may fail for that alone:
    ``first_broken`` names the first wrong step all of whose own inputs were right.
    """

    steps: Mapping[str, Step]
    executes: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("steps: needs some")
        before: set[str] = set()
        for name in self.steps:
            if later := self.needs[name] - before:
                raise ValueError(f"steps: {name} needs {sorted(later)[0]}, which does not stand before it")
            before.add(name)

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Judge every step. The metrics say which are right, by type too, and where it first broke."""
        try:
            value = read_json_like(completion.output, self._answers_steps)
        except ValueError as error:
            return Verdict(False, 0.0, "graph", "malformed_answer", str(error))
        answers = _by_name(value)
        right = {name: self._judge(task, name, answers.get(name.casefold()), sandbox) for name in self.steps}
        of_type, of = Counter[str](), Counter(step.type for step in self.steps.values())
        for name, step in self.steps.items():
            of_type[step.type] += right[name]
        broken = [name for name in self.steps if not right[name] and all(right[n] for n in self.needs[name])]
        metrics = {
            "steps": right,
            "steps_right": sum(right.values()),
            "right_by_type": {kind: f"{of_type[kind]}/{of[kind]}" for kind in of},
            "first_broken": broken[0] if broken else None,
        }
        score = sum(right.values()) / len(right)
        if broken:
            count = sum(right.values())
            reason = f"{count} of {len(right)} steps are right; the first that is wrong is {broken[0]}"
            return Verdict(False, score, "graph", "wrong_answer", reason, metrics)
        return Verdict(True, 1.0, "graph", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """A random answer to every step."""
        parts = ((name, self.part(task, name)) for name in self.steps)
        return json.dumps({name: build_grader(part).guess(part, rng) for name, part in parts})

    def _answers_steps(self, value: Any) -> bool:
        return isinstance(value, dict) and any(name.casefold() in _by_name(value) for name in self.steps)

    @cached_property
    def needs(self) -> Mapping[str, frozenset[str]]:
        """The steps whose answers stand in the prompt of each."""
        places = {name: set(_PLACE.findall(step.prompt)) for name, step in self.steps.items()}
        return {name: frozenset(placed & self.steps.keys()) for name, placed in places.items()}

    def prompt(self, name: str, answers: Mapping[str, str]) -> str:
        """What is asked in a step, with the answers that it needs filled in."""
        needed = self.needs[name]

        def fill(place: re.Match[str]) -> str:
            if place[1] not in needed:
                return place[0]
            return final_reply(answers.get(place[1], "")).strip()[:_CARRIED] or "(no answer)"

        return _PLACE.sub(fill, self.steps[name].prompt)

    def part(self, task: Task, name: str) -> Task:
        """A step as a task of its own, asked with the references of the steps before it."""
        step = self.steps[name]
        references = {other: self.steps[other].reference for other in self.needs[name]}
        spec = step.grader if isinstance(step.grader, str) else next(iter(step.grader.items()))
        grader = GraderSpec(spec) if isinstance(spec, str) else GraderSpec(spec[0], spec[1] or {})
        return replace(
            task,
            id=f"{task.id}.{name}",
            messages=(Message("user", self.prompt(name, references)),),
            grader=grader,
            reference=step.reference,
            wrong=(),
            max_tokens=step.max_tokens,
            task_type=step.type,
            sha256=f"{task.sha256}/{name}",
        )

    def _judge(self, task: Task, name: str, answer: Any, sandbox: Sandbox | None) -> bool:
        part = self.part(task, name)
        grader: Grader = build_grader(part)
        text = answer if isinstance(answer, str) else "" if answer is None else json.dumps(answer)
        return grader.grade(part, Completion(output=text), sandbox).passed


def _by_name(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name.strip().casefold(): answer for name, answer in answers.items()}

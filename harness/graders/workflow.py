"""A workflow is right when it does what it should: it is executed on payloads that the model does not see."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any, ClassVar

from harness.graders.chance import prompt_words, redrawn
from harness.graders.flow import read_flow, run_flow
from harness.graders.flow.values import FlowError
from harness.graders.jsonreply import read_json_reply
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_CLOSE = 1e-9  # relative difference of two numbers that are the same


@dataclass(frozen=True)
class Case:
    """A payload, and the effects that the flow must have on it, in order."""

    payload: Mapping[str, Any]
    effects: tuple[Any, ...]


@dataclass(frozen=True)
class Workflow:
    """The answer must be a workflow of our dialect that has the effects of every case.

    The score is the share of cases whose effects are all right. A flow that cannot go on fails its case.
    """

    cases: Sequence[Case]
    executes: ClassVar[bool] = False  # what runs is ours: the answer is data

    def __post_init__(self) -> None:
        if not self.cases or len({json.dumps(case.effects) for case in self.cases}) < min(2, len(self.cases)):
            raise ValueError("cases: needs some, and not all with the same effects")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Execute the flow on every payload. The metrics say how far the answer came."""
        metrics = {"valid_json": False, "valid_schema": False, "right": 0.0, "fenced": False}
        try:
            reply = read_json_reply(completion.output)
            metrics |= {"valid_json": True, "fenced": reply.around == "fence"}
            flow = read_flow(reply.value)
        except FlowError as error:
            return Verdict(False, 0.0, "workflow", "invalid_schema", str(error), metrics)
        except ValueError as error:
            return Verdict(False, 0.0, "workflow", "malformed_answer", str(error), metrics)
        failures: list[str] = []
        for number, case in enumerate(self.cases, 1):
            try:
                effects = run_flow(flow, case.payload)
            except FlowError as error:
                failures.append(f"payload {number}: {error}")
                continue
            if flaw := _difference(list(case.effects), effects):
                failures.append(f"payload {number}: {flaw}")
        share = 1 - len(failures) / len(self.cases)
        metrics |= {"valid_schema": True, "right": share}
        if failures:
            return Verdict(False, share, "workflow", "wrong_answer", "; ".join(failures)[:500], metrics)
        return Verdict(True, 1.0, "workflow", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """One effect of the form of those asked for, with words of the prompt, whatever the payload."""
        effects = [effect for case in self.cases for effect in case.effects]
        effect = redrawn(rng.choice(effects), prompt_words(task), rng)
        keys = {"send": "channel", "call": "method"}
        node = {"type": "send" if "send" in effect else "call"}
        node |= {keys.get(key, key): value for key, value in effect.items()}
        return json.dumps({"start": "only", "nodes": {"only": node}})


def _difference(expected: Sequence[Any], effects: Sequence[Any]) -> str | None:
    """Where the effects are others than expected; ``None`` if they are not."""
    for number, (one, other) in enumerate(zip(expected, effects, strict=False), 1):
        if not _same(one, other):
            return f"effect {number} is {json.dumps(other):.160}, expected {json.dumps(one):.160}"
    if len(expected) != len(effects):
        return f"{len(effects)} effects, expected {len(expected)}"
    return None


def _same(one: Any, other: Any) -> bool:
    """Whether two values of effects are equal, but for the noise of floats and runs of white space."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    if type(one) in (int, float) and type(other) in (int, float):
        return isclose(one, other, rel_tol=_CLOSE)
    return type(one) is type(other) and bool(one == other)

"""The protocol every grader follows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox


class Grader(Protocol):
    """One way of judging an answer, built from the options in the task file.

    Construction checks the options and raises ``ValueError`` naming the option.
    """

    executes: ClassVar[bool]  # runs model-written code, so it needs a sandbox

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer. Raises only when the grader itself, not the answer, is at fault."""
        ...

    def guess(self, task: Task, rng: random.Random) -> str:
        """A random admissible answer, for the ``random`` baseline."""
        ...


@runtime_checkable
class Proving(Protocol):
    """A grader that can prove more of its tasks than that known answers get their verdicts."""

    def flaws(self, task: Task, sandbox: Sandbox) -> Iterator[str]:
        """What is wrong with the task itself, in words."""
        ...


@runtime_checkable
class Repeating(Protocol):
    """A grader that runs one answer many times without compiling it anew."""

    def reruns(self, task: Task, completion: Completion, sandbox: Sandbox, times: int) -> Iterator[Verdict]:
        """The verdicts of so many runs; none comes from a cache."""
        ...


@runtime_checkable
class Computing(Protocol):
    """A grader that runs no code of models but may compute for seconds: others must not wait for it."""

    computes: ClassVar[bool]


@dataclass(frozen=True, slots=True)
class GradingJob:
    """An answer that waits to be judged."""

    grader: Grader
    task: Task
    completion: Completion

"""Grades Rust answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.code import CodeAnswer
from harness.graders.compiled import CompiledGrader
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.timing import floor_s
from harness.graders.languages.rust import build, program, source
from harness.graders.languages.rust.build import Built
from harness.graders.languages.rust.program import RustProgram
from harness.graders.languages.rust.toolchain import NEWEST, editions, toolchain
from harness.graders.languages.rust.types import guess
from harness.records import Task, Verdict
from harness.sandbox.base import Outcome, Sandbox

_WORTHWHILE = 4  # samples for which another common program is cheaper than one each


@dataclass(frozen=True)
class RustTests(CompiledGrader[Built]):
    """Calls the answer's function with every case's arguments and compares what comes out.

    Either ``signature`` (``pub fn name(x: i64) -> String``) and ``cases``, or a ``driver``
    (statements that use the answer's items and call ``emit!(value)``) with the values to
    ``expect``, and a signature where there is one function to write. Without an ``edition``
    the newest counts, or the one before it where an answer compiles only there.
    """

    signature: str | None = None
    cases: Sequence[Mapping[str, Any]] | None = None
    driver: str | None = None
    expect: Sequence[Any] | None = None
    tolerance: float | str | None = None
    edition: str | int | None = None

    name: ClassVar[str] = "rust"
    language: ClassVar[str] = "rust"
    batch_size: ClassVar[int] = 48

    def __post_init__(self) -> None:
        """Check the options."""
        self.program  # noqa: B018
        self.editions  # noqa: B018

    @cached_property
    def program(self) -> RustProgram:
        """What the options mean."""
        return program.plan(self.signature, self.cases, self.driver, self.expect, self.tolerance)

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        signature = self.program.function.source if self.program.function else None
        return extract(answer, "rust", self.program.wanted(task.reference), signature)

    @property
    def spec(self) -> CaseSpec:
        """What must come out."""
        return self.program.spec

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code."""
        return {
            "driver": self.program.driver,
            "cases": self.spec,
            "toolchain": toolchain().id,
            "editions": self.editions,
            "limits": (build.COMPILE_LIMITS, build.RUN_MEMORY_MB),
        }

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions to try, in turn."""
        return editions(self.edition)

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns a constant of the right type, or functions that never return."""
        function = self.program.function
        if function is None:
            names = self.program.wanted(task.reference)
            return "".join(f"pub fn {name}() {{ unimplemented!() }}\n" for name in names)
        value = guess(function.returns, rng) if function.returns else "unimplemented!()"
        return f"{function.source} {{\n    {value}\n}}\n"

    def built(self, source: str, sandbox: Sandbox) -> AbstractContextManager[Built]:
        """A program of one answer."""
        return build.built_alone(source, self.program.driver, self.editions, sandbox)

    def run(self, built: Built, sandbox: Sandbox, limit_s: float) -> Outcome:
        """Run its only sample."""
        return build.run(built, sandbox, limit_s, arguments=["0"])

    @classmethod
    def may_share(cls, answer: CodeAnswer) -> bool:
        """Whether the answer is plain enough to be a module beside others, in the edition of all."""
        return _grader(answer).editions[0] == NEWEST[0] and source.may_share(answer.source)

    @classmethod
    def together(cls, answers: Sequence[CodeAnswer], sandbox: Sandbox) -> dict[str, Verdict]:
        """The good verdicts, by their keys, of a common program that is started once for each answer."""
        samples = [(answer.source, _grader(answer).program.driver) for answer in answers]
        verdicts = {}
        with build.built_together(samples, NEWEST[0], sandbox) as built:
            for place, answer in enumerate(answers[i] for i in built.kept):
                outcome = build.run(built, sandbox, floor_s(answer.task), arguments=[str(place)])
                measured = answer.measured(sandbox, outcome, batched=True, **built.metrics(place))
                verdict = _grader(answer).judged(built, outcome, measured)
                if verdict.passed:
                    verdicts[answer.key] = verdict
        rest = [answer for i, answer in enumerate(answers) if i not in built.blamed]
        # one that the compiler did not name spoils it for all
        if not built.kept and len(rest) >= _WORTHWHILE:
            half = len(rest) // 2
            return cls.together(rest[:half], sandbox) | cls.together(rest[half:], sandbox)
        return verdicts


def _grader(answer: CodeAnswer) -> RustTests:
    assert isinstance(answer.grader, RustTests)
    return answer.grader

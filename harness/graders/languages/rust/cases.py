"""Grades Rust answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.code import CodeAnswer, CodeGrader
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.judge import judge
from harness.graders.execution.timing import floor_s, run_limited
from harness.graders.languages.rust import build, program, source
from harness.graders.languages.rust.build import Built
from harness.graders.languages.rust.program import RustProgram
from harness.graders.languages.rust.toolchain import NEWEST, editions, toolchain
from harness.graders.languages.rust.types import guess
from harness.records import Task, Verdict
from harness.sandbox.base import Outcome, Sandbox

_WORTHWHILE = 4  # samples for which another common program is cheaper than one each


@dataclass(frozen=True)
class RustTests(CodeGrader):
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

    def alone(self, answer: CodeAnswer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer that has a program of its own."""
        task = answer.task

        def reference(seconds: float) -> float | None:
            own_code = self.source(self.code(task, task.reference))
            with build.built_alone(own_code, self.program.driver, self.editions, sandbox) as own:
                if own.error is not None:
                    return None
                outcome = build.run(own, 0, sandbox, seconds)
                return outcome.wall_s if outcome.exit_code == 0 else None

        with build.built_alone(answer.source, self.program.driver, self.editions, sandbox) as built:
            if built.error is not None:
                measured = answer.measured(sandbox, compile_s=built.compile_s, edition=built.edition)
                late = built.outcome.stopped_by is not None
                return self.refused("compile_error", built.error, measured, timed_out=late)
            outcome = run_limited(
                task, sandbox.level, lambda seconds: build.run(built, 0, sandbox, seconds), reference
            )
        return _judged(answer, built, 0, outcome, sandbox, batched=False)

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
                outcome = build.run(built, place, sandbox, floor_s(answer.task))
                verdict = _judged(answer, built, place, outcome, sandbox, batched=True)
                if verdict.passed:
                    verdicts[answer.key] = verdict
        rest = [answer for i, answer in enumerate(answers) if i not in built.blamed]
        if (
            not built.kept and len(rest) >= _WORTHWHILE
        ):  # one that the compiler did not name spoils it for all
            half = len(rest) // 2
            return cls.together(rest[:half], sandbox) | cls.together(rest[half:], sandbox)
        return verdicts


def _grader(answer: CodeAnswer) -> RustTests:
    assert isinstance(answer.grader, RustTests)
    return answer.grader


def _judged(
    answer: CodeAnswer, built: Built, place: int, outcome: Outcome, sandbox: Sandbox, *, batched: bool
) -> Verdict:
    """The verdict on the sample at this place of a program that was run for it."""
    warnings = built.warnings.get(built.kept[place])
    measured = answer.measured(
        sandbox,
        outcome,
        batched=batched,
        compile_s=built.compile_s,
        edition=built.edition,
        warnings=warnings,
    )
    return judge(answer.grader.name, answer.grader.spec, outcome.stdout, outcome, measured)

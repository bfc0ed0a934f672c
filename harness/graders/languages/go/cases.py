"""Grades Go answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.code import CodeAnswer
from harness.graders.compiled import CompiledGrader
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.judge import ProgramMetrics
from harness.graders.execution.timing import floor_s
from harness.graders.languages.go import build, program, source
from harness.graders.languages.go.build import Built
from harness.graders.languages.go.program import GoProgram
from harness.graders.languages.go.source import in_package, prepare
from harness.graders.languages.go.types import guess
from harness.records import Task, Verdict
from harness.sandbox.base import Outcome, Sandbox


@dataclass(frozen=True)
class GoTests(CompiledGrader[Built]):
    """Calls the answer's function with every case's arguments and compares what comes out.

    Either ``signature`` (``func Name(x int) (string, error)``) and ``cases``, or a
    ``driver``: the body of a function in the answer's package that calls ``emit(value)``
    with the values to ``expect``, with the ``imports`` it needs and, where a function's
    body is no place for them, ``helpers``: declarations beside it.
    """

    signature: str | None = None
    cases: Sequence[Mapping[str, Any]] | None = None
    driver: str | None = None
    expect: Sequence[Any] | None = None
    imports: Sequence[str] = ()
    helpers: str = ""
    tolerance: float | str | None = None

    name: ClassVar[str] = "go"
    language: ClassVar[str] = "go"
    batch_size: ClassVar[int] = 24

    def __post_init__(self) -> None:
        """Check the options."""
        self.program  # noqa: B018

    @cached_property
    def program(self) -> GoProgram:
        """What the options mean."""
        return program.plan(
            self.signature,
            self.cases,
            self.driver,
            self.expect,
            self.imports,
            self.helpers,
            self.tolerance,
        )

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        function = self.program.signature
        return extract(answer, "go", self.program.wanted, function.source if function else None)

    def source(self, code: str) -> str:
        """The answer as a part of a package. Raises ``Refused``."""
        return prepare(code)

    @property
    def spec(self) -> CaseSpec:
        """What must come out."""
        return self.program.spec

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code."""
        return {
            "driver": self.program.driver(None),
            "cases": self.spec,
            "toolchain": build.toolchain_id(),
            "limits": (build.COMPILE_LIMITS, build.RUN_MEMORY_MB),
        }

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns constants of the right types, or functions that do nothing."""
        function = self.program.signature
        if function is None:
            return "".join(f"func {name}() {{}}\n" for name in self.program.wanted)
        values = ", ".join(guess(kind, rng) for kind in function.results)
        return f"{function.source} {{\n\treturn {values}\n}}\n"

    def built(self, source: str, sandbox: Sandbox) -> AbstractContextManager[Built]:
        """A program of one answer."""
        return build.built_alone(in_package(source, "main"), self.program.driver(None), sandbox)

    def run(self, built: Built, sandbox: Sandbox, limit_s: float) -> Outcome:
        """Run its only sample."""
        return build.run(built, "0", sandbox, limit_s)

    def judged(self, built: Built, outcome: Outcome, measured: ProgramMetrics) -> Verdict:
        """The verdict by what came out; of Go's last words those that say why it ended."""
        return super().judged(built, replace(outcome, stderr=_last_words(outcome.stderr)), measured)

    @classmethod
    def may_share(cls, answer: CodeAnswer) -> bool:
        """Whether nothing of the answer runs, or can be reached, before its own turn."""
        return source.may_share(answer.source)

    @classmethod
    def together(cls, answers: Sequence[CodeAnswer], sandbox: Sandbox) -> dict[str, Verdict]:
        """The good verdicts, by their keys, of a common program that is started once for each answer."""
        samples = [
            (in_package(answer.source, f"s{k}"), _grader(answer).program.driver(k))
            for k, answer in enumerate(answers)
        ]
        verdicts = {}
        with build.built_together(samples, sandbox) as built:
            compiled = range(len(answers)) if built.error is None else ()
            for k in (k for k in compiled if k not in built.without):
                outcome = build.run(built, str(k), sandbox, floor_s(answers[k].task))
                measured = answers[k].measured(sandbox, outcome, batched=True)
                verdict = _grader(answers[k]).judged(built, outcome, measured)
                if verdict.passed:
                    verdicts[answers[k].key] = verdict
        return verdicts


def _grader(answer: CodeAnswer) -> GoTests:
    assert isinstance(answer.grader, GoTests)
    return answer.grader


def _last_words(stderr: bytes) -> bytes:
    """Why Go ended the program, without what it printed before and behind that."""
    reasons = re.findall(rb"^(?:panic|fatal error|runtime): .+", stderr, re.MULTILINE)
    return reasons[-1] if reasons else stderr

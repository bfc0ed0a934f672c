"""Grades Go answers by ``testing`` functions that run beside them: for imported suites."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Literal

from harness.graders.code import CodeAnswer, CodeGrader
from harness.graders.execution import inside
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.timing import run_limited
from harness.graders.languages.go import build, tests
from harness.graders.languages.go.build import COMPILE_LIMITS, RUN_ENV, RUN_MEMORY_MB, Built
from harness.graders.languages.go.source import prepare
from harness.graders.languages.go.tests import TestFiles
from harness.records import Task, Verdict
from harness.sandbox.base import Limits, Outcome, Sandbox

_RUN_LIMITS = Limits(memory_mb=RUN_MEMORY_MB, processes=64)


@dataclass(frozen=True)
class GoAsserts(CodeGrader):
    """Compiles the answer as a package, and ``tests`` (file name → text) against it.

    ``names`` are what an answer must define, ``prelude`` the helpers that its prompt shows,
    ``imports`` what is imported for it where it forgot to. ``internal`` tests share its package.
    """

    tests: Mapping[str, str]
    names: Sequence[str] = ()
    signature: str = ""
    prelude: str = ""
    imports: Sequence[str] = ()
    internal: bool = False

    name: ClassVar[str] = "go_asserts"
    language: ClassVar[str] = "go"
    protocol: ClassVar[Literal["outside", "inside"]] = "inside"

    def __post_init__(self) -> None:
        """Check the options."""
        if not isinstance(self.tests, Mapping):
            raise ValueError("`tests` must map file names to Go files")
        if not self.files.tests:
            looked = ", ".join(self.tests) or "no file"
            raise ValueError(f"`tests` holds no `func Test…(t *testing.T)`: looked in {looked}")

    @cached_property
    def files(self) -> TestFiles:
        """The test files, as they are compiled."""
        return tests.read(self.tests, internal=self.internal)

    @cached_property
    def spec(self) -> CaseSpec:
        """The tests that must be heard of."""
        return inside.spec(self.files.tests)

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        return extract(answer, "go", self.names, self.signature or None)

    def source(self, code: str) -> str:
        """The answer's file. Raises ``Refused``."""
        return tests.answer(prepare(code), self.prelude, self.imports, internal=self.internal)

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code."""
        limits = (COMPILE_LIMITS, _RUN_LIMITS)
        return {"grader": self, "toolchain": build.toolchain_id(), "limits": limits}

    def guess(self, task: Task, rng: random.Random) -> str:
        """Functions that do nothing."""
        return "".join(f"func {name}() {{}}\n" for name in self.names or ("Answer",))

    def alone(self, answer: CodeAnswer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer, compiled and run with its tests."""
        task, nonce = answer.task, inside.new_nonce()

        def reference(seconds: float) -> float | None:
            with self._built(self.source(self.code(task, task.reference)), sandbox) as built:
                if built.error is not None:
                    return None
                outcome = _run(built, nonce, seconds, sandbox)
                return outcome.wall_s if outcome.exit_code == 0 else None

        with self._built(answer.source, sandbox) as built:
            compile_s = round(built.outcome.wall_s, 4)
            if built.error is not None:
                error = built.error.replace("answer/answer.go:", "line ").replace("tests/answer.go:", "line ")
                measured, late = answer.measured(sandbox, compile_s=compile_s), bool(built.outcome.stopped_by)
                return self.refused("compile_error", error, measured, timed_out=late)
            outcome = run_limited(
                task, sandbox.level, lambda seconds: _run(built, nonce, seconds, sandbox), reference
            )
        measured = answer.measured(sandbox, outcome, compile_s=compile_s)
        return inside.judge(self.name, self.spec, nonce, self._channel(outcome, nonce), outcome, measured)

    def _built(self, source: str, sandbox: Sandbox) -> AbstractContextManager[Built]:
        return build.built(self.files.program(source), self.files.script(), {}, sandbox)

    def _channel(self, outcome: Outcome, nonce: str) -> bytes:
        """The reports, with what the testing package printed of the failures."""
        failures = tests.words(outcome.stderr, self.files.tests)
        channel = outcome.stdout.decode(errors="replace")
        for index, name in enumerate(self.files.tests):
            if name in failures:
                channel = channel.replace(f"{nonce} {index} failed\n", f"{nonce} {index} {failures[name]}\n")
        return channel.encode()


def _run(built: Built, nonce: str, limit_s: float, sandbox: Sandbox) -> Outcome:
    return sandbox.run(
        ["./program"],
        workdir=built.folder,
        limits=replace(_RUN_LIMITS, wall_s=limit_s, cpu_s=2 * limit_s + 1),
        stdin=f"{nonce}\n".encode(),
        env=RUN_ENV,
    )

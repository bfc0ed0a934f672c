"""Grades Go answers by ``testing`` functions that run beside them: for imported suites."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

from harness.graders.compiled import CompiledGrader
from harness.graders.execution import inside
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.judge import ProgramMetrics
from harness.graders.languages.go import build, tests
from harness.graders.languages.go.build import COMPILE_LIMITS, RUN_MEMORY_MB, Built
from harness.graders.languages.go.source import prepare
from harness.graders.languages.go.tests import TestFiles
from harness.records import Task, Verdict
from harness.sandbox.base import Outcome, Sandbox


@dataclass(frozen=True)
class GoAsserts(CompiledGrader[Built]):
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
        limits = (COMPILE_LIMITS, RUN_MEMORY_MB)
        return {"grader": self, "toolchain": build.toolchain_id(), "limits": limits}

    def guess(self, task: Task, rng: random.Random) -> str:
        """Functions that do nothing."""
        return "".join(f"func {name}() {{}}\n" for name in self.names or ("Answer",))

    def built(self, source: str, sandbox: Sandbox) -> AbstractContextManager[Built]:
        """The program of the answer and the tests."""
        return build.built(self.files.program({"answer.go": source}), self.files.script(), {}, sandbox)

    def run(self, built: Built, sandbox: Sandbox, limit_s: float) -> Outcome:
        """Run the tests."""
        return build.run(built, f"{built.nonce}\n", sandbox, limit_s)

    def judged(self, built: Built, outcome: Outcome, measured: ProgramMetrics) -> Verdict:
        """The verdict by what the tests reported."""
        channel = tests.with_words(outcome, built.nonce, self.files.tests)
        return inside.judge(self.name, self.spec, built.nonce, channel, outcome, measured)

"""Grades Rust answers by ``#[test]`` functions that run beside them: for imported suites."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal

from harness.graders.compiled import CompiledGrader
from harness.graders.execution import inside
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.judge import ProgramMetrics
from harness.graders.languages.rust import build, tests
from harness.graders.languages.rust.build import COMPILE_LIMITS, RUN_MEMORY_MB, Built, first_to_compile
from harness.graders.languages.rust.tests import TestFile
from harness.graders.languages.rust.toolchain import editions, toolchain
from harness.records import Task, Verdict
from harness.sandbox.base import Outcome, Sandbox
from harness.sandbox.workspace import workspace


@dataclass(frozen=True)
class RustAsserts(CompiledGrader[Built]):
    """Compiles the answer as a crate, then ``tests`` (a file of ``#[test]`` functions) against it.

    ``names`` are what an answer must define, ``prelude`` what its prompt shows beside them
    (imports, helpers). ``edition`` and ``features`` are Cargo's; ``unsafe`` allows unsafe code.
    Without an ``edition`` the newest counts, or the one before it where only that compiles.
    """

    tests: str
    names: Sequence[str] = ()
    signature: str = ""
    prelude: str = ""
    crate_name: str = "answer"
    edition: str | int | None = None
    features: Sequence[str] = ()
    unsafe: bool = False

    name: ClassVar[str] = "rust_asserts"
    language: ClassVar[str] = "rust"
    protocol: ClassVar[Literal["outside", "inside"]] = "inside"

    def __post_init__(self) -> None:
        """Check the options."""
        if not self.file.tests:
            raise ValueError("`tests` holds no #[test] function")
        self._editions  # noqa: B018
        if not re.fullmatch(r"[a-z_]\w*", self.crate_name):
            raise ValueError(f"`crate_name` {self.crate_name!r} is no crate's name")

    @cached_property
    def file(self) -> TestFile:
        """The tests, as they are compiled."""
        return tests.read(self.tests, self.features)

    @cached_property
    def spec(self) -> CaseSpec:
        """The tests that must be heard of."""
        return inside.spec([test.path for test in self.file.tests])

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        return extract(answer, "rust", self.names, self.signature or None)

    def source(self, code: str) -> str:
        """The answer's crate. Raises ``Refused``."""
        return tests.candidate(code, self.prelude, self.names)

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code."""
        limits = (COMPILE_LIMITS, RUN_MEMORY_MB)
        return {"grader": self, "toolchain": toolchain().id, "editions": self._editions, "limits": limits}

    def guess(self, task: Task, rng: random.Random) -> str:
        """Functions that never return."""
        names = self.names or ("answer",)
        return "".join(f"pub fn {name}() {{ unimplemented!() }}\n" for name in names)

    def run(self, built: Built, sandbox: Sandbox, limit_s: float) -> Outcome:
        """Run the tests."""
        return build.run(built, sandbox, limit_s, stdin=f"{built.nonce}\n")

    def judged(self, built: Built, outcome: Outcome, measured: ProgramMetrics) -> Verdict:
        """The verdict by what the tests reported."""
        return inside.judge(self.name, self.spec, built.nonce, outcome.stdout, outcome, measured)

    @property
    def _editions(self) -> tuple[str, ...]:
        return editions(self.edition)

    @contextmanager
    def built(self, source: str, sandbox: Sandbox) -> Iterator[Built]:
        """The program of the answer and the tests; the answer is compiled before the tests are there."""
        with workspace({}) as work:
            (work / "program").mkdir()
            about: dict[str, str] = {}

            def compiled(edition: str) -> Outcome:
                outcome = self._answer_compiled(work, source, edition, sandbox)
                about[edition] = "" if outcome.exit_code != 0 else "the tests on it: "
                return outcome if outcome.exit_code != 0 else self._tests_compiled(work, edition, sandbox)

            edition, outcome = first_to_compile(self._editions, compiled)
            yield Built(work / "program", outcome, [0], edition, about=about[edition])

    def _answer_compiled(self, work: Path, source: str, edition: str, sandbox: Sandbox) -> Outcome:
        kind = ["--crate-type=rlib", f"--crate-name={self.crate_name}", "-o", self._library]
        forbidden = [] if self.unsafe else ["-Funsafe-code"]
        options = [*self._options(edition), *forbidden, *kind, "answer.rs"]
        return build.compiled_beside(work, {"answer.rs": source}, options, sandbox)

    def _tests_compiled(self, work: Path, edition: str, sandbox: Sandbox) -> Outcome:
        pin = tests.pin(self.signature, f"{self.crate_name}::{self.names[0]}") if self.names else ""
        files = self.file.files(self.crate_name, pin)
        extern = f"--extern={self.crate_name}={self._library}"
        options = [*self._options(edition), extern, "tests.rs", "-o", "program/main"]
        return build.compiled_beside(work, files, options, sandbox)

    @property
    def _library(self) -> str:
        return f"lib{self.crate_name}.rlib"

    def _options(self, edition: str) -> list[str]:
        features = [word for name in self.features for word in ("--cfg", f'feature="{name}"')]
        return [f"--edition={edition}", "-Awarnings", *features]

"""Grades Rust answers by ``#[test]`` functions that run beside them: for imported suites."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.graders.base import Job
from harness.graders.execution import cache, inside, rust_tests
from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.judge import Measured, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.rust_build import COMPILE_LIMITS, RUN_MEMORY_MB, Built
from harness.graders.execution.rust_tests import Refused, TestFile
from harness.graders.execution.rust_toolchain import toolchain
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Limits, Outcome, Sandbox

_NAME = "rust_asserts"
_EDITIONS = ("2015", "2018", "2021", "2024")
_RUN_LIMITS = Limits(memory_mb=RUN_MEMORY_MB, processes=64)


@dataclass(frozen=True)
class RustAsserts:
    """Compiles the answer as a crate, then ``tests`` (a file of ``#[test]`` functions) against it.

    ``names`` are what an answer must define, ``prelude`` what its prompt shows beside them
    (imports, helpers). ``edition`` and ``features`` are Cargo's; ``unsafe`` allows unsafe code.
    """

    tests: str
    names: Sequence[str] = ()
    signature: str = ""
    prelude: str = ""
    crate_name: str = "answer"
    edition: str = "2021"
    features: Sequence[str] = ()
    unsafe: bool = False

    executes: ClassVar[bool] = True
    batch_size: ClassVar[int] = 1

    def __post_init__(self) -> None:
        """Check the options."""
        if not self.file.tests:
            raise ValueError("`tests` holds no #[test] function")
        if self.edition not in _EDITIONS:
            raise ValueError(f"`edition` must be one of {', '.join(_EDITIONS)}")
        if not re.fullmatch(r"[a-z_]\w*", self.crate_name):
            raise ValueError(f"`crate_name` {self.crate_name!r} is no crate's name")

    @cached_property
    def file(self) -> TestFile:
        """The tests, as they are compiled."""
        return rust_tests.read(self.tests, self.features)

    @property
    def expected(self) -> list[str]:
        """The names of the tests."""
        return [test.path for test in self.file.tests]

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable("Rust answers are only run in a sandbox; give one, or --sandbox none")
        unrun = Measured(sandbox=sandbox.level)
        try:
            code = self._extract(completion.output)
            source = rust_tests.candidate(code, self.prelude, self.names)
        except Malformed as error:
            return self._refuse("malformed_answer", str(error), unrun)
        except Refused as error:
            return self._refuse("compile_error", str(error), unrun)
        key = cache.key(
            {
                "code": source,
                "grader": self,
                "toolchain": toolchain().id,
                "limits": (COMPILE_LIMITS, _RUN_LIMITS, task.time_limit),
                "level": sandbox.level,
            }
        )
        verdict = cache.shared().get(key)
        if verdict is None:
            verdict = self._judge(task, code, source, sandbox)
            cache.shared().put(key, verdict)
        return verdict

    @classmethod
    def grade_many(cls, jobs: Sequence[Job], sandbox: Sandbox) -> list[Verdict]:
        """Judge one after the other."""
        return [job.grader.grade(job.task, job.completion, sandbox) for job in jobs]

    def guess(self, task: Task, rng: random.Random) -> str:
        """Functions that never return."""
        names = self.names or ("answer",)
        return "".join(f"pub fn {name}() {{ unimplemented!() }}\n" for name in names)

    def _extract(self, answer: str) -> str:
        return extract(answer, "rust", self.names, self.signature or None)

    def _judge(self, task: Task, code: str, source: str, sandbox: Sandbox) -> Verdict:
        lines, complexity = size(code, "rust")
        measured = Measured(sandbox=sandbox.level, code_lines=lines, complexity=complexity)
        nonce = inside.new_nonce()

        def reference(seconds: float) -> float | None:
            own = rust_tests.candidate(self._extract(task.reference), self.prelude, self.names)
            with self._built(own, sandbox) as (built, _):
                if built.error is not None:
                    return None
                outcome = _run(built, nonce, seconds, sandbox)
                return outcome.wall_s if outcome.exit_code == 0 else None

        with self._built(source, sandbox) as (built, culprit):
            measured = replace(measured, compile_s=round(built.outcome.wall_s, 4))
            if built.error is not None:
                return self._refuse("compile_error", f"{culprit}{built.error}", measured)
            outcome = inside.run_limited(
                task, sandbox.level, lambda seconds: _run(built, nonce, seconds, sandbox), reference
            )
        measured = replace(
            measured,
            run_s=round(outcome.wall_s, 4),
            cpu_s=round(outcome.cpu_s, 4),
            max_rss_mb=round(outcome.max_rss_mb, 1),
        )
        return inside.judge(_NAME, self.expected, nonce, outcome.stdout, outcome, measured)

    def _refuse(self, error_type: Any, error: str, measured: Measured) -> Verdict:
        return refuse(_NAME, inside.spec(self.expected), error_type, error, inside.inside(measured))

    @contextmanager
    def _built(self, source: str, sandbox: Sandbox) -> Iterator[tuple[Built, str]]:
        """The program of the answer and the tests; the answer is compiled before the tests are there.

        Beside it stands what an error message is about, if that is not the answer itself.
        """
        with tempfile.TemporaryDirectory(prefix="harness-rust-") as temporary:
            work = Path(temporary)
            work.chmod(0o711)  # the sandbox's user must reach the program below it
            (work / "program").mkdir()
            features = [word for name in self.features for word in ("--cfg", f'feature="{name}"')]
            common = [f"--edition={self.edition}", "-Awarnings", *features]
            library = f"lib{self.crate_name}.rlib"
            kind = ["--crate-type=rlib", f"--crate-name={self.crate_name}", "-o", library]
            forbidden = [] if self.unsafe else ["-Funsafe-code"]
            answer = [*common, *forbidden, *kind, "answer.rs"]
            outcome, culprit = _compile(work, {"answer.rs": source}, answer, sandbox), ""
            if outcome.exit_code == 0:
                pin = (
                    rust_tests.pin(self.signature, f"{self.crate_name}::{self.names[0]}")
                    if self.names
                    else ""
                )
                files = self.file.files(self.crate_name, pin)
                tests = [*common, f"--extern={self.crate_name}={library}", "tests.rs", "-o", "program/main"]
                outcome = _compile(work, files, tests, sandbox)
                culprit = "the tests on it: "
            yield Built(work / "program", outcome, [0]), culprit


def _compile(work: Path, files: Mapping[str, str], options: Sequence[str], sandbox: Sandbox) -> Outcome:
    for name, text in files.items():
        (work / name).write_text(text, encoding="utf-8", errors="replace")
    rust = toolchain()
    flags = [flag for flag in rust.flags if not flag.startswith(("--edition", "--extern"))]
    return sandbox.run(
        [str(rust.rustc), "--error-format=json", *flags, *options],
        workdir=work,
        limits=COMPILE_LIMITS,
        writable=True,
        readonly=rust.readonly,
    )


def _run(built: Built, nonce: str, limit_s: float, sandbox: Sandbox) -> Outcome:
    return sandbox.run(
        ["./main"],
        workdir=built.folder,
        limits=replace(_RUN_LIMITS, wall_s=limit_s, cpu_s=2 * limit_s),
        stdin=f"{nonce}\n".encode(),
        readonly=[toolchain().libraries],
    )

"""Grades Go answers by ``testing`` functions that run beside them: for imported suites."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.graders.base import Job
from harness.graders.execution import cache, go_build, go_tests, inside
from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.go_build import COMPILE_LIMITS, RUN_ENV, RUN_MEMORY_MB, Built
from harness.graders.execution.go_source import Refused, prepare
from harness.graders.execution.go_tests import TestFiles
from harness.graders.execution.judge import Measured, refuse
from harness.graders.execution.measure import size
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Limits, Outcome, Sandbox

_NAME = "go_asserts"
_RUN_LIMITS = Limits(memory_mb=RUN_MEMORY_MB, processes=64)


@dataclass(frozen=True)
class GoAsserts:
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

    executes: ClassVar[bool] = True
    batch_size: ClassVar[int] = 1

    def __post_init__(self) -> None:
        """Check the options."""
        if not isinstance(self.tests, Mapping) or not self.files.tests:
            raise ValueError("`tests` must map file names to Go files, with a Test function in one of them")

    @cached_property
    def files(self) -> TestFiles:
        """The test files, as they are compiled."""
        return go_tests.read(self.tests, internal=self.internal)

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable("Go answers are only run in a sandbox; give one, or --sandbox none")
        unrun = Measured(sandbox=sandbox.level)
        try:
            code = self._extract(completion.output)
            source = self._source(code)
        except Malformed as error:
            return self._refuse("malformed_answer", str(error), unrun)
        except Refused as error:
            return self._refuse("compile_error", str(error), unrun)
        key = cache.key(
            {
                "code": source,
                "grader": self,
                "toolchain": go_build.toolchain_id(),
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
        """Functions that do nothing."""
        return "".join(f"func {name}() {{}}\n" for name in self.names or ("Answer",))

    def _extract(self, answer: str) -> str:
        return extract(answer, "go", self.names, self.signature or None)

    def _source(self, code: str) -> str:
        return go_tests.answer(prepare(code), self.prelude, self.imports, internal=self.internal)

    def _judge(self, task: Task, code: str, source: str, sandbox: Sandbox) -> Verdict:
        lines, complexity = size(code, "go")
        measured = Measured(sandbox=sandbox.level, code_lines=lines, complexity=complexity)
        nonce = inside.new_nonce()
        script = self.files.script()

        def reference(seconds: float) -> float | None:
            own = self.files.program(self._source(self._extract(task.reference)))
            with go_build.built(own, script, {}, sandbox) as built:
                if built.error is not None:
                    return None
                outcome = _run(built, nonce, seconds, sandbox)
                return outcome.wall_s if outcome.exit_code == 0 else None

        with go_build.built(self.files.program(source), script, {}, sandbox) as built:
            measured = replace(measured, compile_s=round(built.outcome.wall_s, 4))
            if built.error is not None:
                error = built.error.replace("answer/answer.go:", "line ").replace("tests/answer.go:", "line ")
                return self._refuse("compile_error", error, measured)
            outcome = inside.run_limited(
                task, sandbox.level, lambda seconds: _run(built, nonce, seconds, sandbox), reference
            )
        measured = replace(
            measured,
            run_s=round(outcome.wall_s, 4),
            cpu_s=round(outcome.cpu_s, 4),
            max_rss_mb=round(outcome.max_rss_mb, 1),
        )
        return inside.judge(_NAME, self.files.tests, nonce, self._channel(outcome, nonce), outcome, measured)

    def _channel(self, outcome: Outcome, nonce: str) -> bytes:
        """The reports, with what the testing package printed of the failures."""
        said = go_tests.words(outcome.stderr, self.files.tests)
        channel = outcome.stdout.decode(errors="replace")
        for index, name in enumerate(self.files.tests):
            if name in said:
                channel = channel.replace(f"{nonce} {index} failed\n", f"{nonce} {index} {said[name]}\n")
        return channel.encode()

    def _refuse(self, error_type: Any, error: str, measured: Measured) -> Verdict:
        return refuse(_NAME, inside.spec(self.files.tests), error_type, error, inside.inside(measured))


def _run(built: Built, nonce: str, limit_s: float, sandbox: Sandbox) -> Outcome:
    return sandbox.run(
        ["./program"],
        workdir=built.folder,
        limits=replace(_RUN_LIMITS, wall_s=limit_s, cpu_s=2 * limit_s + 1),
        stdin=f"{nonce}\n".encode(),
        env=RUN_ENV,
    )

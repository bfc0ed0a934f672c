"""Grades Python answers by what they return, in a sandbox."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.graders.base import Job
from harness.graders.execution import cache, python_program
from harness.graders.execution.cases import Case
from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.judge import Measured, judge, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.python_program import PythonProgram
from harness.graders.execution.python_types import conforms, guess
from harness.graders.execution.timing import run_fairly, time_limit
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.sandbox.warm import warm_python

_MEMORY_MB = 512
_NOT_COMPILED = 65  # the driver's exit code
_WARNINGS = re.compile(rb"warnings (\d{1,4})\n")


@dataclass(frozen=True)
class PythonTests:
    """Calls the answer's function with every case's arguments and compares what comes out.

    Either ``signature`` (``def name(x: int) -> str``, import lines before it allowed)
    and ``cases``, or a ``driver`` script that calls ``emit(value)`` with the values to
    ``expect``. A value that a case returns must have exactly the annotated types. The
    imports of the signature are in scope of an answer, and an answer may continue it.
    """

    signature: str | None = None
    cases: Sequence[Mapping[str, Any]] | None = None
    driver: str | None = None
    expect: Sequence[Any] | None = None
    tolerance: float | str | None = None

    executes: ClassVar[bool] = True
    language: ClassVar[str] = "python"
    batch_size: ClassVar[int] = 1  # a fork a sample: nothing is gained by waiting

    def __post_init__(self) -> None:
        """Check the options."""
        self._program  # noqa: B018

    @cached_property
    def _program(self) -> PythonProgram:
        return python_program.plan(self.signature, self.cases, self.driver, self.expect, self.tolerance)

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        function = self._program.signature
        return extract(answer, "python", self._program.wanted, function.source if function else None)

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable("Python answers are only run in a sandbox; give one, or --sandbox none")
        try:
            code = self.code(task, completion.output)
        except Malformed as error:
            unrun = Measured(sandbox=sandbox.level)
            return refuse("python", self._program.spec, "malformed_answer", str(error), unrun)
        key = cache.key(
            {
                "code": code,
                "payload": self._program.payload,
                "cases": self._program.spec,
                "types": self._program.signature,
                "toolchain": sys.version,
                "limits": (_MEMORY_MB, task.time_limit),
                "level": sandbox.level,
            }
        )
        verdict = cache.shared().get(key)
        if verdict is None:
            verdict = self._judge(task, code, sandbox)
            cache.shared().put(key, verdict)
        return verdict

    @classmethod
    def grade_many(cls, jobs: Sequence[Job], sandbox: Sandbox) -> list[Verdict]:
        """Judge one after the other."""
        return [job.grader.grade(job.task, job.completion, sandbox) for job in jobs]

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns a constant of the right type, or names that do nothing."""
        function = self._program.signature
        if function is None:
            return "\n".join(
                f"def {name}(*args, **kwargs):\n    return None" for name in self._program.wanted
            )
        return f"{function.imports}\n{function.source}:\n    return {guess(function.returns, rng)}".strip()

    def _judge(self, task: Task, code: str, sandbox: Sandbox) -> Verdict:
        def reference(limit_s: float) -> float | None:
            outcome = self._run(self.code(task, task.reference), sandbox, limit_s)
            return outcome.wall_s if outcome.exit_code == 0 else None

        limit_s = time_limit(task, sandbox.level, reference)
        outcome = run_fairly(lambda seconds: self._run(code, sandbox, seconds), limit_s)
        warned = _WARNINGS.match(outcome.stderr)
        lines, complexity = size(code, "python")
        measured = Measured(
            sandbox=sandbox.level,
            run_s=round(outcome.wall_s, 6),
            cpu_s=round(outcome.cpu_s, 6),
            max_rss_mb=round(outcome.max_rss_mb, 1),
            warnings=int(warned[1]) if warned else None,
            code_lines=lines,
            complexity=complexity,
        )
        if outcome.exit_code == _NOT_COMPILED and warned is None:  # the answer itself never ran
            said = outcome.stderr.decode(errors="replace").strip().splitlines()
            return refuse("python", self._program.spec, "compile_error", said[-1], measured)
        return judge("python", self._program.spec, outcome.channel, outcome, measured, self._complain)

    def _run(self, code: str, sandbox: Sandbox, limit_s: float) -> Outcome:
        limits = Limits(wall_s=limit_s, cpu_s=limit_s, memory_mb=_MEMORY_MB)
        return warm_python(sandbox).run(python_program.script(self._program, code), limits=limits)

    def _complain(self, case: Case, wire: Any) -> str | None:
        """A value may be the right one and yet of another type than was asked for."""
        function = self._program.signature
        if function is None or self.driver is not None or conforms(wire, function.returns):
            return None
        return f"not exactly {function.returns}"

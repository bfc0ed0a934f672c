"""Grades Python answers by what they return, in a sandbox."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.code import CodeAnswer, CodeGrader
from harness.graders.execution.cases import Case, CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.judge import judge
from harness.graders.execution.timing import run_fairly, time_limit
from harness.graders.languages.python import program
from harness.graders.languages.python.program import PythonProgram
from harness.graders.languages.python.types import conforms, guess
from harness.records import Task, Verdict
from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.sandbox.interpreter import check_version, interpreter
from harness.sandbox.warm import warm_python

_MEMORY_MB = 512
_NOT_COMPILED = 65  # the driver's exit code
_WARNINGS = re.compile(rb"warnings (\d{1,4})\n")


@dataclass(frozen=True)
class PythonTests(CodeGrader):
    """Calls the answer's function with every case's arguments and compares what comes out.

    Either ``signature`` (``def name(x: int) -> str``, import lines before it allowed)
    and ``cases``, or a ``driver`` script that calls ``emit(value)`` with the values to
    ``expect``. A value that a case returns must have exactly the annotated types. The
    imports of the signature are in scope of an answer, and an answer may continue it.
    ``python`` names the version that answers run on, if it is not harness's own.
    """

    signature: str | None = None
    cases: Sequence[Mapping[str, Any]] | None = None
    driver: str | None = None
    expect: Sequence[Any] | None = None
    tolerance: float | str | None = None
    python: str | float | None = None

    name: ClassVar[str] = "python"
    language: ClassVar[str] = "python"

    def __post_init__(self) -> None:
        """Check the options."""
        self.program  # noqa: B018
        check_version(self.python)

    @cached_property
    def program(self) -> PythonProgram:
        """What the options mean."""
        return program.plan(self.signature, self.cases, self.driver, self.expect, self.tolerance)

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        function = self.program.signature
        return extract(answer, "python", self.program.wanted, function.source if function else None)

    @property
    def spec(self) -> CaseSpec:
        """What must come out."""
        return self.program.spec

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code."""
        return {
            "payload": self.program.payload,
            "cases": self.spec,
            "types": self.program.signature,
            "toolchain": interpreter(self.python),
            "limits": _MEMORY_MB,
        }

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns a constant of the right type, or names that do nothing."""
        function = self.program.signature
        if function is None:
            return "\n".join(f"def {name}(*args, **kwargs):\n    return None" for name in self.program.wanted)
        return f"{function.imports}\n{function.source}:\n    return {guess(function.returns, rng)}".strip()

    def alone(self, answer: CodeAnswer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer, run in a child of a warm Python."""
        task = answer.task

        def reference(limit_s: float) -> float | None:
            outcome = self._run(self.code(task, task.reference), sandbox, limit_s)
            return outcome.wall_s if outcome.exit_code == 0 else None

        limit_s = time_limit(task, sandbox.level, reference)
        outcome = run_fairly(lambda seconds: self._run(answer.source, sandbox, seconds), limit_s)
        warned = _WARNINGS.match(outcome.stderr)
        measured = answer.measured(sandbox, outcome, warnings=int(warned[1]) if warned else None)
        if outcome.exit_code == _NOT_COMPILED and warned is None:  # the answer itself never ran
            lines = outcome.stderr.decode(errors="replace").strip().splitlines()
            return self.refused("compile_error", lines[-1] if lines else "it does not compile", measured)
        return judge("python", self.spec, outcome.channel, outcome, measured, self._complain)

    def _run(self, code: str, sandbox: Sandbox, limit_s: float) -> Outcome:
        limits = Limits(wall_s=limit_s, cpu_s=limit_s, memory_mb=_MEMORY_MB)
        python = interpreter(self.python)
        script = program.script(self.program, code, python)
        return warm_python(sandbox, python).run(script, limits=limits)

    def _complain(self, case: Case, wire: Any) -> str | None:
        """A value may be the right one and yet of another type than was asked for."""
        function = self.program.signature
        if function is None or self.driver is not None or conforms(wire, function.returns):
            return None
        return f"not exactly {function.returns}"

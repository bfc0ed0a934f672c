"""What the graders of compiled languages share: an answer is compiled, and its program is run."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Generic, Protocol, TypeVar

from harness.graders.code import CodeAnswer, CodeGrader
from harness.graders.execution.judge import ProgramMetrics, judge
from harness.graders.execution.timing import run_limited
from harness.records import Verdict
from harness.sandbox.base import Outcome, Sandbox


class Build(Protocol):
    """What came of compiling: a program, or the reason why there is none."""

    @property
    def outcome(self) -> Outcome:
        """How the compiler ended."""

    @property
    def error(self) -> str | None:
        """Why there is no program, in words; ``None`` where there is one."""

    def metrics(self) -> Mapping[str, Any]:
        """What a verdict says of the compilation."""


Built = TypeVar("Built", bound=Build)


class CompiledGrader(CodeGrader, Generic[Built]):
    """A grader of programs that are compiled before they run."""

    @abstractmethod
    def built(self, source: str, sandbox: Sandbox) -> AbstractContextManager[Built]:
        """An answer's program, there as long as the context is open."""

    @abstractmethod
    def run(self, built: Built, sandbox: Sandbox, limit_s: float) -> Outcome:
        """Run the program."""

    def judged(self, built: Built, outcome: Outcome, measured: ProgramMetrics) -> Verdict:
        """The verdict on a program that ran."""
        return judge(self.name, self.spec, outcome.stdout, outcome, measured)

    def alone(self, answer: CodeAnswer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer that has a program of its own."""
        task = answer.task

        def reference(limit_s: float) -> float | None:
            with self.built(self.source(self.code(task, task.reference)), sandbox) as own:
                outcome = own.outcome if own.error is not None else self.run(own, sandbox, limit_s)
                return outcome.wall_s if outcome.exit_code == 0 else None

        with self.built(answer.source, sandbox) as built:
            if built.error is not None:
                late = built.outcome.stopped_by is not None
                measured = answer.measured(sandbox, **built.metrics())
                return self.refused("compile_error", built.error, measured, timed_out=late)
            outcome = run_limited(
                task, sandbox.level, lambda limit_s: self.run(built, sandbox, limit_s), reference
            )
        return self.judged(built, outcome, answer.measured(sandbox, outcome, **built.metrics()))

"""Grades Go answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.code import Answer, CodeGrader
from harness.graders.execution import go_build, go_program
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.go_build import Built, Lines
from harness.graders.execution.go_program import GoProgram
from harness.graders.execution.go_source import in_package, prepare, starts_early
from harness.graders.execution.go_types import guess
from harness.graders.execution.judge import judge
from harness.graders.execution.timing import FLOOR_S, floor_s, run_limited
from harness.records import Task, Verdict
from harness.sandbox.base import Outcome, Sandbox

_CLEAN_END = Outcome(0, b"", b"", None, 0.0, 0.0, 0.0)
_USUAL_S = 0.02  # what a sample in a batch may take on average; more, and the rest is judged alone


@dataclass(frozen=True)
class GoTests(CodeGrader):
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
        return go_program.plan(
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
            "toolchain": go_build.toolchain_id(),
            "limits": (go_build.COMPILE_LIMITS, go_build.RUN_MEMORY_MB),
        }

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns constants of the right types, or functions that do nothing."""
        function = self.program.signature
        if function is None:
            return "".join(f"func {name}() {{}}\n" for name in self.program.wanted)
        values = ", ".join(guess(kind, rng) for kind in function.results)
        return f"{function.source} {{\n\treturn {values}\n}}\n"

    def alone(self, answer: Answer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer that gets a program of its own."""
        with _built_alone(answer, answer.source, sandbox) as built:
            compile_s = round(built.outcome.wall_s, 4)
            if built.error is None:
                return _ran(answer, built, 0, sandbox, compile_s=compile_s)
            measured = answer.measured(sandbox, compile_s=compile_s)
            late = built.outcome.stopped_by is not None
            return self.refused("compile_error", built.error, measured, timed_out=late)

    @classmethod
    def together(cls, answers: Sequence[Answer], sandbox: Sandbox) -> dict[str, Verdict]:
        """The verdicts, by their keys, on most of those that compile in a common program.

        Those that pass in one run of all have passed. Every other one runs in a process
        of its own, in which no other answer does anything before or beside it.
        """
        waiting = [answer for answer in answers if not starts_early(answer.source)]
        samples = [(in_package(a.source, f"s{k}"), _driver(a, k)) for k, a in enumerate(waiting)]
        verdicts = {}
        with go_build.built_together(samples, sandbox) as built:
            if built.error is not None:
                return {}
            numbers = [k for k in range(len(waiting)) if k not in built.without]
            finished = _run_all(built, numbers, sandbox)
            for k in numbers:
                answer = waiting[k]
                verdict = _passed(answer, finished[k], sandbox) if k in finished else None
                with contextlib.suppress(_NotStarted):
                    verdicts[answer.key] = verdict or _ran(answer, built, k, sandbox, batched=True)
        return verdicts


class _NotStarted(Exception):
    """A common program ended before it came to its samples."""


def _driver(answer: Answer, sample: int | None = None) -> str:
    assert isinstance(answer.grader, GoTests)
    return answer.grader.program.driver(sample)


def _built_alone(answer: Answer, source: str, sandbox: Sandbox) -> AbstractContextManager[Built]:
    return go_build.built_alone(in_package(source, "main"), _driver(answer), sandbox)


def _run_all(built: Built, numbers: Sequence[int], sandbox: Sandbox) -> dict[int, Lines]:
    """What came of those that ended; after one that did not, the program starts anew."""
    finished: dict[int, Lines] = {}
    waiting = list(numbers)
    while waiting:
        outcome = go_build.run(built, waiting, sandbox, FLOOR_S + _USUAL_S * len(waiting))
        samples = go_build.by_sample(outcome.stdout)
        started = [k for k in waiting if k in samples]
        finished |= {k: samples[k] for k in started if samples[k].seconds is not None}
        waiting = waiting[len(started) :] if started else []
    return finished


def _passed(answer: Answer, lines: Lines, sandbox: Sandbox) -> Verdict | None:
    """The verdict, if it is a good one and came in a time that nobody need measure a reference for."""
    if lines.seconds is None or lines.seconds > floor_s(answer.task):
        return None
    measured = answer.measured(sandbox, batched=True, run_s=lines.seconds)
    verdict = judge("go", answer.grader.spec, bytes(lines.text), _CLEAN_END, measured)
    return verdict if verdict.passed else None


def _ran(answer: Answer, built: Built, sample: int, sandbox: Sandbox, **known: Any) -> Verdict:
    """The verdict on an answer that runs in a process of its own."""
    grader, task = answer.grader, answer.task

    def reference(seconds: float) -> float | None:
        with _built_alone(answer, grader.source(grader.code(task, task.reference)), sandbox) as own:
            if own.error is not None:
                return None
            outcome = go_build.run(own, [0], sandbox, seconds)
            return outcome.wall_s if outcome.exit_code == 0 else None

    outcome = run_limited(
        task, sandbox.level, lambda seconds: go_build.run(built, [sample], sandbox, seconds), reference
    )
    samples = go_build.by_sample(outcome.stdout)
    if known.get("batched") and sample not in samples:
        raise _NotStarted
    text = bytes(samples[sample].text) if sample in samples else b""
    measured = answer.measured(sandbox, outcome, **known)
    return judge("go", grader.spec, text, replace(outcome, stderr=_last_words(outcome.stderr)), measured)


def _last_words(stderr: bytes) -> bytes:
    """Why Go ended the program, without what it printed before and behind that."""
    said = re.findall(rb"^(?:panic|fatal error|runtime): .+", stderr, re.MULTILINE)
    return said[-1] if said else stderr

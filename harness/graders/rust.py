"""Grades Rust answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.code import Answer, CodeGrader
from harness.graders.execution import rust_build, rust_program
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.judge import judge
from harness.graders.execution.rust_build import Built
from harness.graders.execution.rust_program import RustProgram
from harness.graders.execution.rust_toolchain import toolchain
from harness.graders.execution.rust_types import guess
from harness.graders.execution.timing import FLOOR_S, run_limited
from harness.records import Task, Verdict
from harness.sandbox.base import Outcome, Sandbox

_USUAL_S = 0.02  # what a sample in a batch may take on average; more, and the rest is judged alone
_WORTHWHILE = 4  # samples for which another common program is cheaper than one each
_LINE = re.compile(rb"(?P<place>\d{1,4}) (?:end (?P<end>\d{1,15})\n|(?P<rest>.*\n?))", re.DOTALL)


@dataclass(frozen=True)
class RustTests(CodeGrader):
    """Calls the answer's function with every case's arguments and compares what comes out.

    Either ``signature`` (``pub fn name(x: i64) -> String``) and ``cases``, or a ``driver``
    (statements that use the answer's items and call ``emit!(value)``) with the values to
    ``expect``, and a signature where there is one function to write.
    """

    signature: str | None = None
    cases: Sequence[Mapping[str, Any]] | None = None
    driver: str | None = None
    expect: Sequence[Any] | None = None
    tolerance: float | str | None = None

    name: ClassVar[str] = "rust"
    language: ClassVar[str] = "rust"
    batch_size: ClassVar[int] = 48

    def __post_init__(self) -> None:
        """Check the options."""
        self.program  # noqa: B018

    @cached_property
    def program(self) -> RustProgram:
        """What the options mean."""
        return rust_program.plan(self.signature, self.cases, self.driver, self.expect, self.tolerance)

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        signature = self.program.function.source if self.program.function else None
        return extract(answer, "rust", self.program.wanted(task.reference), signature)

    @property
    def spec(self) -> CaseSpec:
        """What must come out."""
        return self.program.spec

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code."""
        return {
            "driver": self.program.driver,
            "cases": self.spec,
            "toolchain": toolchain().id,
            "limits": (rust_build.COMPILE_LIMITS, rust_build.RUN_MEMORY_MB),
        }

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns a constant of the right type, or functions that never return."""
        function = self.program.function
        if function is None:
            names = self.program.wanted(task.reference)
            return "".join(f"pub fn {name}() {{ unimplemented!() }}\n" for name in names)
        value = guess(function.returns, rng) if function.returns else "unimplemented!()"
        return f"{function.source} {{\n    {value}\n}}\n"

    def alone(self, answer: Answer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer that has a program of its own."""
        with rust_build.built_alone(answer.source, self.program.driver, sandbox) as built:
            if built.error is None:
                return _ran(answer, built, 0, sandbox)
            measured = answer.measured(sandbox, compile_s=built.compile_s)
            late = built.outcome.stopped_by is not None
            return self.refused("compile_error", built.error, measured, timed_out=late)

    @classmethod
    def together(cls, answers: Sequence[Answer], sandbox: Sandbox) -> dict[str, Verdict]:
        """The verdicts, by their keys, on those that compile in a common program.

        Run one after another they can only pass; each of the others is run again alone. That is as
        good as a program of its own: safe Rust has no code that runs unasked, and what else is in a
        crate can keep a module from compiling but not change what it does.
        """
        samples = [(answer.source, _driver(answer)) for answer in answers]
        with rust_build.built_together(samples, sandbox) as built:
            kept = [answers[i] for i in built.kept]
            verdicts = dict(_passed(kept, built, sandbox))
            for place, answer in enumerate(kept):
                if answer.key not in verdicts:
                    verdicts[answer.key] = _ran(answer, built, place, sandbox)
        rest = [answer for i, answer in enumerate(answers) if i not in built.blamed]
        if not kept and len(rest) >= _WORTHWHILE:  # one that the compiler did not name spoils it for all
            half = len(rest) // 2
            return cls.together(rest[:half], sandbox) | cls.together(rest[half:], sandbox)
        return verdicts


def _driver(answer: Answer) -> str:
    assert isinstance(answer.grader, RustTests)
    return answer.grader.program.driver


def _ran(answer: Answer, built: Built, place: int, sandbox: Sandbox) -> Verdict:
    """The final verdict on a compiled answer, in a process that runs no other."""
    grader, task = answer.grader, answer.task

    def reference(seconds: float) -> float | None:
        own_code = grader.source(grader.code(task, task.reference))
        with rust_build.built_alone(own_code, _driver(answer), sandbox) as own:
            if own.error is not None:
                return None
            outcome = rust_build.run(own, [0], sandbox, seconds)
            return outcome.wall_s if outcome.exit_code == 0 else None

    outcome = run_limited(
        task, sandbox.level, lambda seconds: rust_build.run(built, [place], sandbox, seconds), reference
    )
    warnings = built.warnings.get(built.kept[place])
    measured = answer.measured(sandbox, outcome, compile_s=built.compile_s, warnings=warnings)
    lines = _channel(outcome.stdout).get(place, _Lines(bytearray()))
    return judge(grader.name, grader.spec, bytes(lines.text), outcome, measured)


def _passed(kept: Sequence[Answer], built: Built, sandbox: Sandbox) -> Iterator[tuple[str, Verdict]]:
    for place, lines in _runs(built, sandbox):
        answer = kept[place]
        measured = answer.measured(
            sandbox,
            batched=True,
            compile_s=built.compile_s,
            warnings=built.warnings.get(built.kept[place]),
            run_s=lines.seconds,
        )
        verdict = judge(answer.grader.name, answer.grader.spec, bytes(lines.text), _ENDED, measured)
        if verdict.passed:
            yield answer.key, verdict


_ENDED = Outcome(exit_code=0, stdout=b"", stderr=b"", stopped_by=None, wall_s=0, cpu_s=0, max_rss_mb=0)


def _runs(built: Built, sandbox: Sandbox) -> Iterator[tuple[int, _Lines]]:
    """Every sample that came to its end in time; behind one that did not, the program starts anew."""
    todo = range(len(built.kept))
    while todo:
        outcome = rust_build.run(built, todo, sandbox, FLOOR_S + _USUAL_S * len(todo), FLOOR_S)
        ended = {
            place: lines for place, lines in _channel(outcome.stdout).items() if lines.seconds is not None
        }
        yield from ((place, ended[place]) for place in todo if place in ended)
        failed = next((place for place in todo if place not in ended), todo.stop)
        todo = range(failed + 1, todo.stop)


@dataclass(slots=True)
class _Lines:
    """What one sample emitted, and the seconds it took; ``None`` if it did not come to its end."""

    text: bytearray
    seconds: float | None = None


def _channel(stdout: bytes) -> dict[int, _Lines]:
    """Take what a program printed apart by sample: see ``rust_runtime.rs``."""
    samples: dict[int, _Lines] = {}
    for line in stdout.splitlines(keepends=True):
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        lines = samples.setdefault(int(found["place"]), _Lines(bytearray()))
        if found["end"]:
            lines.seconds = int(found["end"]) / 1e9
        else:
            lines.text += found["rest"]
    return samples

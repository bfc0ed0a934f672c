"""Grades Rust answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.graders.base import Job
from harness.graders.execution import cache, rust_build, rust_program
from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.judge import Measured, judge, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.rust_build import Built
from harness.graders.execution.rust_program import RustProgram
from harness.graders.execution.rust_toolchain import toolchain
from harness.graders.execution.rust_types import guess
from harness.graders.execution.timing import CEILING_S, FLOOR_S, run_fairly, time_limit
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Outcome, Sandbox

_NO_SANDBOX = "Rust answers are only run in a sandbox; give one, or --sandbox none"
_USUAL_S = 0.02  # what a sample in a batch may take on average; more, and the rest is judged alone
_WORTHWHILE = 4  # samples for which another common program is cheaper than one each
_LINE = re.compile(rb"(?P<place>\d{1,4}) (?:end (?P<end>\d{1,15})\n|(?P<rest>.*\n?))", re.DOTALL)


@dataclass(frozen=True)
class RustTests:
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

    executes: ClassVar[bool] = True
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

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable(_NO_SANDBOX)
        answer = _read(Job(self, task, completion), sandbox)
        return answer if isinstance(answer, Verdict) else _alone(answer, sandbox)

    @classmethod
    def grade_many(cls, jobs: Sequence[Job], sandbox: Sandbox) -> list[Verdict]:
        """Judge all, with common programs; every verdict but a pass comes from a process of its own."""
        answers = [_read(job, sandbox) for job in jobs]
        waiting = {answer.key: answer for answer in answers if isinstance(answer, _Answer)}
        verdicts = _together(list(waiting.values()), sandbox)
        verdicts |= {key: _alone(answer, sandbox) for key, answer in waiting.items() if key not in verdicts}
        return [answer if isinstance(answer, Verdict) else verdicts[answer.key] for answer in answers]

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns a constant of the right type, or functions that never return."""
        function = self.program.function
        if function is None:
            names = self.program.wanted(task.reference)
            return "".join(f"pub fn {name}() {{ unimplemented!() }}\n" for name in names)
        value = guess(function.returns, rng) if function.returns else "unimplemented!()"
        return f"{function.source} {{\n    {value}\n}}\n"


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer that has code in it and no verdict yet."""

    task: Task
    program: RustProgram
    code: str
    key: str


def _read(job: Job, sandbox: Sandbox) -> _Answer | Verdict:
    """The answer's code, or the verdict where it has none or has been judged before."""
    assert isinstance(job.grader, RustTests)
    program = job.grader.program
    try:
        code = job.grader.code(job.task, job.completion.output)
    except Malformed as error:
        unrun = Measured(sandbox=sandbox.level)
        return refuse("rust", program.spec, "malformed_answer", str(error), unrun)
    key = cache.key(
        {
            "code": code,
            "driver": program.driver,
            "cases": program.spec,
            "toolchain": toolchain().id,
            "limits": (rust_build.COMPILE_LIMITS, rust_build.RUN_MEMORY_MB, job.task.time_limit),
            "level": sandbox.level,
        }
    )
    return cache.shared().get(key) or _Answer(job.task, program, code, key)


def _alone(answer: _Answer, sandbox: Sandbox) -> Verdict:
    """The verdict on an answer that has a program of its own."""
    with rust_build.built_alone(answer.code, answer.program.driver, sandbox) as built:
        if built.error is None:
            return _run_alone(answer, built, 0, sandbox)
        measured = _measured(answer, sandbox, compile_s=built.compile_s)
        verdict = refuse("rust", answer.program.spec, "compile_error", built.error, measured)
        if built.outcome.stopped_by is None:  # what a limit stopped was perhaps the machine's doing
            cache.shared().put(answer.key, verdict)
        return verdict


def _run_alone(answer: _Answer, built: Built, place: int, sandbox: Sandbox) -> Verdict:
    """The final verdict on a compiled answer, in a process that runs no other."""
    outcome = _run_limited(answer, built, place, sandbox)
    measured = _measured(
        answer,
        sandbox,
        compile_s=built.compile_s,
        warnings=built.warnings.get(built.kept[place]),
        run_s=round(outcome.wall_s, 4),
        cpu_s=round(outcome.cpu_s, 4),
        max_rss_mb=round(outcome.max_rss_mb, 1),
    )
    lines = _channel(outcome.stdout).get(place, _Lines(bytearray()))
    verdict = judge("rust", answer.program.spec, bytes(lines.text), outcome, measured)
    cache.shared().put(answer.key, verdict)
    return verdict


def _run_limited(answer: _Answer, built: Built, place: int, sandbox: Sandbox) -> Outcome:
    """Run within the time limit, which is at least ``FLOOR_S``: most answers never need to know it."""
    task, program = answer.task, answer.program

    def run(seconds: float) -> Outcome:
        return rust_build.run(built, [place], sandbox, seconds)

    def reference(seconds: float) -> float | None:
        code = extract(task.reference, "rust", program.wanted(task.reference))
        with rust_build.built_alone(code, program.driver, sandbox) as own:
            if own.error is not None:
                return None
            outcome = rust_build.run(own, [0], sandbox, seconds)
            return outcome.wall_s if outcome.exit_code == 0 else None

    floor = min(FLOOR_S, task.time_limit or CEILING_S)
    outcome = run(floor)
    if outcome.stopped_by != "wall":
        return outcome
    limit_s = time_limit(task, sandbox.level, reference)
    starved = outcome.cpu_s < 0.8 * floor
    return run_fairly(run, limit_s) if starved or limit_s > floor else outcome


def _together(answers: Sequence[_Answer], sandbox: Sandbox) -> dict[str, Verdict]:
    """The verdicts, by their keys, on those that compile in a common program.

    Run one after another they can only pass; each of the others is run again alone. That is as
    good as a program of its own: safe Rust has no code that runs unasked, and what else is in a
    crate can keep a module from compiling but not change what it does.
    """
    if len(answers) < 2:
        return {}
    samples = [(answer.code, answer.program.driver) for answer in answers]
    with rust_build.built_together(samples, sandbox) as built:
        kept = [answers[i] for i in built.kept]
        verdicts = dict(_passed(kept, built, sandbox))
        for place, answer in enumerate(kept):
            if answer.key not in verdicts:
                verdicts[answer.key] = _run_alone(answer, built, place, sandbox)
    rest = [answer for i, answer in enumerate(answers) if i not in built.blamed]
    if not kept and len(rest) >= _WORTHWHILE:  # one that the compiler did not name spoils it for all
        half = len(rest) // 2
        return _together(rest[:half], sandbox) | _together(rest[half:], sandbox)
    return verdicts


def _passed(kept: Sequence[_Answer], built: Built, sandbox: Sandbox) -> Iterator[tuple[str, Verdict]]:
    for place, lines in _runs(built, sandbox):
        answer = kept[place]
        measured = _measured(
            answer,
            sandbox,
            batched=True,
            compile_s=built.compile_s,
            warnings=built.warnings.get(built.kept[place]),
            run_s=lines.seconds,
        )
        verdict = judge("rust", answer.program.spec, bytes(lines.text), _ENDED, measured)
        if verdict.passed:
            cache.shared().put(answer.key, verdict)
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


def _measured(answer: _Answer, sandbox: Sandbox, **known: Any) -> Measured:
    lines, complexity = size(answer.code, "rust")
    return Measured(sandbox=sandbox.level, code_lines=lines, complexity=complexity, **known)

"""Grades Go answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.graders.base import Job
from harness.graders.execution import cache, go_build, go_program
from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.go_build import Built, Lines
from harness.graders.execution.go_program import GoProgram
from harness.graders.execution.go_source import Refused, Source, prepare
from harness.graders.execution.go_types import guess
from harness.graders.execution.judge import Measured, judge, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.timing import CEILING_S, FLOOR_S, run_fairly, time_limit
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Outcome, Sandbox

_NO_SANDBOX = "Go answers are only run in a sandbox; give one, or --sandbox none"
_CLEAN_END = Outcome(0, b"", b"", None, 0.0, 0.0, 0.0)
_USUAL_S = 0.02  # what a sample in a batch may take on average; more, and the rest is judged alone


@dataclass(frozen=True)
class GoTests:
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

    executes: ClassVar[bool] = True
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

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable(_NO_SANDBOX)
        answer = _read(Job(self, task, completion), sandbox)
        return answer if isinstance(answer, Verdict) else _alone(answer, sandbox)

    @classmethod
    def grade_many(cls, jobs: Sequence[Job], sandbox: Sandbox) -> list[Verdict]:
        """Judge all, most of them in one common program."""
        answers = [_read(job, sandbox) for job in jobs]
        waiting = [a for a in answers if isinstance(a, _Answer) and not a.source.starts_early]
        judged = _together(waiting, sandbox) if len(waiting) > 1 else {}
        return [
            answer if isinstance(answer, Verdict) else judged.get(id(answer)) or _alone(answer, sandbox)
            for answer in answers
        ]

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns constants of the right types, or functions that do nothing."""
        function = self.program.signature
        if function is None:
            return "".join(f"func {name}() {{}}\n" for name in self.program.wanted)
        values = ", ".join(guess(kind, rng) for kind in function.results)
        return f"{function.source} {{\n\treturn {values}\n}}\n"


class _NotStarted(Exception):
    """A common program ended before it came to its samples."""


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """An answer that has code in it and no verdict yet."""

    task: Task
    program: GoProgram
    code: str
    source: Source
    key: str


def _read(job: Job, sandbox: Sandbox) -> _Answer | Verdict:
    """The answer's code, or the verdict where it has none or has been judged before."""
    assert isinstance(job.grader, GoTests)
    program, task = job.grader.program, job.task
    try:
        code = job.grader.code(task, job.completion.output)
        source = prepare(code)
    except Malformed as error:
        return refuse("go", program.spec, "malformed_answer", str(error))
    except Refused as error:
        return refuse("go", program.spec, "compile_error", str(error))
    key = cache.key(
        {
            "code": code,
            "driver": program.driver(None),
            "cases": program.spec,
            "toolchain": go_build.toolchain_id(),
            "limits": (go_build.COMPILE_LIMITS, go_build.RUN_MEMORY_MB, task.time_limit),
            "level": sandbox.level,
        }
    )
    return cache.shared().get(key) or _Answer(task, program, code, source, key)


def _alone(answer: _Answer, sandbox: Sandbox) -> Verdict:
    """The verdict on an answer that gets a program of its own."""
    program = answer.program
    with go_build.built_alone(answer.source.file("main"), program.driver(None), sandbox) as built:
        compile_s = round(built.outcome.wall_s, 4)
        if built.error is None:
            return _ran(answer, built, 0, sandbox, compile_s=compile_s)
        measured = _measured(answer, sandbox, compile_s=compile_s)
        verdict = refuse("go", program.spec, "compile_error", built.error, measured)
        late = built.outcome.stopped_by == "wall"  # perhaps the machine's doing
        return verdict if late else _kept(answer, verdict)


def _together(answers: Sequence[_Answer], sandbox: Sandbox) -> dict[int, Verdict]:
    """Verdicts by the answer's ``id``, from a common program; for some answers there is none.

    Those that pass in one run of all have passed. Every other one runs in a process
    of its own, in which no other answer does anything before or beside it.
    """
    samples = [(a.source.file(f"s{k}"), a.program.driver(k)) for k, a in enumerate(answers)]
    verdicts = {}
    with go_build.built_together(samples, sandbox) as built:
        if built.error is not None:
            return {}
        numbers = [k for k in range(len(answers)) if k not in built.without]
        finished = _run_all(built, numbers, sandbox)
        for k in numbers:
            verdict = _passed(answers[k], finished[k], sandbox) if k in finished else None
            with contextlib.suppress(_NotStarted):
                verdicts[id(answers[k])] = verdict or _ran(answers[k], built, k, sandbox, batched=True)
    return verdicts


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


def _passed(answer: _Answer, lines: Lines, sandbox: Sandbox) -> Verdict | None:
    """The verdict, if it is a good one and came in a time that nobody need measure a reference for."""
    if lines.seconds is None or lines.seconds > _floor(answer):
        return None
    measured = _measured(answer, sandbox, batched=True, run_s=lines.seconds)
    verdict = judge("go", answer.program.spec, bytes(lines.text), _CLEAN_END, measured)
    return _kept(answer, verdict) if verdict.passed else None


def _ran(answer: _Answer, built: Built, sample: int, sandbox: Sandbox, **known: Any) -> Verdict:
    """The verdict on an answer that runs in a process of its own."""
    outcome = _run_limited(answer, built, sample, sandbox)
    samples = go_build.by_sample(outcome.stdout)
    if known.get("batched") and sample not in samples:
        raise _NotStarted
    measured = _measured(
        answer,
        sandbox,
        run_s=round(outcome.wall_s, 4),
        cpu_s=round(outcome.cpu_s, 4),
        max_rss_mb=round(outcome.max_rss_mb, 1),
        **known,
    )
    text = bytes(samples[sample].text) if sample in samples else b""
    outcome = replace(outcome, stderr=_last_words(outcome.stderr))
    return _kept(answer, judge("go", answer.program.spec, text, outcome, measured))


def _run_limited(answer: _Answer, built: Built, sample: int, sandbox: Sandbox) -> Outcome:
    """Run within the time limit, which is at least ``FLOOR_S``: most answers never need to know it."""

    def run(seconds: float) -> Outcome:
        return go_build.run(built, [sample], sandbox, seconds)

    floor = _floor(answer)
    outcome = run(floor)
    if outcome.stopped_by not in ("wall", "cpu"):
        return outcome
    limit_s = time_limit(answer.task, sandbox.level, lambda seconds: _reference(answer, sandbox, seconds))
    starved = outcome.cpu_s < 0.8 * floor
    return run_fairly(run, limit_s) if starved or limit_s > floor else outcome


def _floor(answer: _Answer) -> float:
    """Seconds that are within the time limit, whatever the reference takes."""
    return min(FLOOR_S, answer.task.time_limit or CEILING_S)


def _reference(answer: _Answer, sandbox: Sandbox, limit_s: float) -> float | None:
    """The seconds that the task's reference runs, if it ends well."""
    program = answer.program
    source = prepare(extract(answer.task.reference, "go", program.wanted))
    with go_build.built_alone(source.file("main"), program.driver(None), sandbox) as built:
        if built.error is not None:
            return None
        outcome = go_build.run(built, [0], sandbox, limit_s)
        return outcome.wall_s if outcome.exit_code == 0 else None


def _kept(answer: _Answer, verdict: Verdict) -> Verdict:
    cache.shared().put(answer.key, verdict)
    return verdict


def _last_words(stderr: bytes) -> bytes:
    """Why Go ended the program, without what it printed before and behind that."""
    said = re.findall(rb"^(?:panic|fatal error|runtime): .+", stderr, re.MULTILINE)
    return said[-1] if said else stderr


def _measured(answer: _Answer, sandbox: Sandbox, **known: Any) -> Measured:
    lines, complexity = size(answer.code, "go")
    return Measured(sandbox=sandbox.level, code_lines=lines, complexity=complexity, **known)

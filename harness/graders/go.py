"""Grades Go answers by what they return, compiled and run in a sandbox."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.graders.base import Job
from harness.graders.execution import cache, go_build, go_program
from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.go_build import Built
from harness.graders.execution.go_program import GoProgram
from harness.graders.execution.go_source import Refused, Source, prepare
from harness.graders.execution.go_types import guess
from harness.graders.execution.judge import Measured, judge, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.timing import CEILING_S, FLOOR_S, run_fairly, time_limit
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Outcome, Sandbox

_NO_SANDBOX = "Go answers are only run in a sandbox; give one, or --sandbox none"
_USUAL_S = 0.02  # what a sample in a batch may take on average; more, and the rest is judged alone
_LINE = re.compile(rb"(?P<sample>\d{1,3}) (?:done (?P<done>\d{1,15})\n|(?P<rest>.*\n?))", re.DOTALL)
_BARREN_RUNS = 3  # so many runs in which nothing ends, and the fault lies before the samples start


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

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable(_NO_SANDBOX)
        answer = _read(self.program, task, completion, sandbox)
        return answer if isinstance(answer, Verdict) else _alone(answer, sandbox)

    @classmethod
    def grade_many(cls, jobs: Sequence[Job], sandbox: Sandbox) -> list[Verdict]:
        """Judge all; those that pass in one common program have passed, every other is judged alone."""
        answers = [_read(_program(job), job.task, job.completion, sandbox) for job in jobs]
        waiting = [a for a in answers if isinstance(a, _Answer) and not a.source.starts_early]
        passed = _together(waiting, sandbox) if len(waiting) > 1 else {}
        return [
            answer if isinstance(answer, Verdict) else passed.get(id(answer)) or _alone(answer, sandbox)
            for answer in answers
        ]

    def guess(self, task: Task, rng: random.Random) -> str:
        """A function that returns constants of the right types, or functions that do nothing."""
        function = self.program.signature
        if function is None:
            return "".join(f"func {name}() {{}}\n" for name in self.program.wanted)
        values = ", ".join(guess(kind, rng) for kind in function.results)
        return f"{function.source} {{\n\treturn {values}\n}}\n"


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """An answer that has code in it and no verdict yet."""

    task: Task
    program: GoProgram
    code: str
    source: Source
    key: str


def _program(job: Job) -> GoProgram:
    assert isinstance(job.grader, GoTests)
    return job.grader.program


def _read(program: GoProgram, task: Task, completion: Completion, sandbox: Sandbox) -> _Answer | Verdict:
    """The answer's code, or the verdict where it has none or has been judged before."""
    function = program.signature
    try:
        code = extract(completion.output, "go", program.wanted, function.source if function else None)
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
    """The final verdict on an answer that has a program of its own."""
    program = answer.program
    with go_build.built_alone(answer.source.file("main"), program.driver(None), sandbox) as built:
        if built.error is not None:
            measured = _measured(answer, sandbox, compile_s=round(built.outcome.wall_s, 4))
            verdict = refuse("go", program.spec, "compile_error", built.error, measured)
        else:
            outcome = _run_limited(answer.task, program, built, sandbox)
            measured = _measured(
                answer,
                sandbox,
                compile_s=round(built.outcome.wall_s, 4),
                run_s=round(outcome.wall_s, 4),
                cpu_s=round(outcome.cpu_s, 4),
                max_rss_mb=round(outcome.max_rss_mb, 1),
            )
            channel = bytes(_channel(outcome.stdout).get(0, _Lines(bytearray())).text)
            outcome = replace(outcome, stderr=_last_words(outcome.stderr))
            verdict = judge("go", program.spec, channel, outcome, measured)
    cache.shared().put(answer.key, verdict)
    return verdict


def _run_limited(task: Task, program: GoProgram, built: Built, sandbox: Sandbox) -> Outcome:
    """Run within the time limit, which is at least ``FLOOR_S``: most answers never need to know it."""

    def run(seconds: float) -> Outcome:
        return go_build.run(built, [0], sandbox, seconds)

    def reference(seconds: float) -> float | None:
        source = prepare(extract(task.reference, "go", program.wanted))
        with go_build.built_alone(source.file("main"), program.driver(None), sandbox) as own:
            if own.error is not None:
                return None
            outcome = go_build.run(own, [0], sandbox, seconds)
            return outcome.wall_s if outcome.exit_code == 0 else None

    floor = min(FLOOR_S, task.time_limit or CEILING_S)
    outcome = run(floor)
    if outcome.stopped_by != "wall":
        return outcome
    limit_s = time_limit(task, sandbox.level, reference)
    starved = outcome.cpu_s < 0.8 * floor
    return run_fairly(run, limit_s) if starved or limit_s > floor else outcome


def _together(answers: Sequence[_Answer], sandbox: Sandbox) -> dict[int, Verdict]:
    """The verdicts of those that pass in one common program, by the answer's ``id``."""
    verdicts = {}
    samples = [(a.source.file(f"s{k}"), a.program.driver(k)) for k, a in enumerate(answers)]
    with go_build.built_together(samples, sandbox) as built:
        if built.error is not None:
            return {}
        for number, lines, outcome in _runs(built, len(answers), sandbox):
            answer = answers[number]
            measured = _measured(answer, sandbox, batched=True, run_s=lines.seconds)
            verdict = judge("go", answer.program.spec, bytes(lines.text), outcome, measured)
            if verdict.passed:
                cache.shared().put(answer.key, verdict)
                verdicts[id(answer)] = verdict
    return verdicts


def _runs(built: Built, count: int, sandbox: Sandbox) -> Iterator[tuple[int, _Lines, Outcome]]:
    """Every sample that came to its end in time; after one that did not, the program starts anew."""
    ended = Outcome(0, b"", b"", None, 0.0, 0.0, 0.0)
    first = barren = 0
    while first < count and barren < _BARREN_RUNS:
        outcome = go_build.run(built, range(first, count), sandbox, FLOOR_S + _USUAL_S * (count - first))
        samples = _channel(outcome.stdout).items()
        done = {number: lines for number, lines in samples if lines.seconds is not None and number < count}
        yield from (
            (number, lines, ended) for number, lines in done.items() if (lines.seconds or 0) <= FLOOR_S
        )
        barren = 0 if done else barren + 1
        first = max(done, default=first - 1) + 2


@dataclass(slots=True)
class _Lines:
    """What one sample printed, and the seconds it took; ``None`` if it did not come to its end."""

    text: bytearray
    seconds: float | None = None


def _channel(stdout: bytes) -> dict[int, _Lines]:
    """Take what a program printed apart by sample: see ``go_wire.go``."""
    samples: dict[int, _Lines] = {}
    for line in stdout.splitlines(keepends=True):
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        lines = samples.setdefault(int(found["sample"]), _Lines(bytearray()))
        lines.seconds = int(found["done"]) / 1e9 if found["done"] and lines.seconds is None else None
        if not found["done"]:
            lines.text += found["rest"]
    return samples


def _last_words(stderr: bytes) -> bytes:
    """Why Go ended the program, without what it printed before and behind that."""
    said = re.findall(rb"^(?:panic|fatal error|runtime): .+", stderr, re.MULTILINE)
    return said[-1] if said else stderr


def _measured(answer: _Answer, sandbox: Sandbox, **known: Any) -> Measured:
    lines, complexity = size(answer.code, "go")
    return Measured(sandbox=sandbox.level, code_lines=lines, complexity=complexity, **known)

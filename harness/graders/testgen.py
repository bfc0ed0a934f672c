"""What the graders of written tests share: tests pass on right code, and what they notice is counted.

The code is there in variants: as it is, with one mutant each, and refactored without a change of what it
promises. Tests must pass on the code three times and on every refactoring; the score is the share of mutants
on which one of them fails. Every variant runs in a process of its own, in an order that tests cannot
foresee, and nothing that they may use says which one they run on.
"""

from __future__ import annotations

import random
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Literal, Protocol

from harness.errors import SandboxUnavailable
from harness.graders.execution import cache, inside
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import Malformed, Refused, extract
from harness.graders.execution.judge import ErrorType, ProgramMetrics
from harness.graders.execution.measure import size
from harness.graders.execution.quality import with_quality
from harness.graders.execution.syntax import Tangled
from harness.graders.execution.timing import CEILING_S, FACTOR, FLOOR_S, run_fairly
from harness.records import Completion, Task, Verdict
from harness.replacements import Replacement, lines_of, replaced
from harness.sandbox.base import Outcome, Sandbox

PRISTINE_RUNS = 3  # in which tests must pass on the code as it is
MOST_TESTS = 200
_SHOWN_SURVIVORS = 3

Fate = Literal["survived", "assertion", "error", "timeout", "not_viable"]
"""What came of a mutant: no test failed; one did by an assertion, or otherwise; the tests never ended;
or it is no program at all, which is no fault of the tests."""


@dataclass(frozen=True, slots=True)
class Mutant(Replacement):
    """A change that makes the code wrong. ``witness`` is an expression that comes out otherwise with it."""

    witness: str = ""


class Program(Protocol):
    """The tests with all variants of the code, ready to run."""

    @property
    def nonce(self) -> str:
        """With which tests report."""

    @property
    def error(self) -> str | None:
        """Why there is no program, in words; ``None`` where there is one."""

    @property
    def compile_s(self) -> float | None:
        """Seconds that compiling took."""

    def run(self, variant: int, limit_s: float) -> Outcome:
        """Run the tests on a variant; what they report is the outcome's ``channel``."""


def mutation_score(fates: Collection[Fate]) -> float:
    """Killed ÷ (all − not viable); 0 where there is nothing to kill."""
    viable = [fate for fate in fates if fate != "not_viable"]
    return sum(fate != "survived" for fate in viable) / len(viable) if viable else 0.0


@dataclass(frozen=True)
class TestgenGrader(ABC):
    """Runs the tests of an answer on ``files`` (name → text), and on these with each of ``mutants``.

    ``equivalents`` are refactorings, each a list of changes. ``package`` is the name under which
    Rust tests use the code.
    """

    files: Mapping[str, str]
    mutants: Sequence[Mutant]
    equivalents: Sequence[Sequence[Replacement]] = ()
    package: str = ""

    executes: ClassVar[bool] = True
    name: ClassVar[str]
    language: ClassVar[str]
    asserted: ClassVar[re.Pattern[str]]  # how what a test says begins that failed by an assertion

    def __post_init__(self) -> None:
        """Check the options."""
        if not self.files:
            raise ValueError("`files` are missing")
        for variant in self.variants:
            replaced(self.files, variant)
        if len(set(self.labels)) < len(self.labels):
            twice = next(label for label in self.labels if self.labels.count(label) > 1)
            raise ValueError(f"two mutants are the same: {twice}")

    # --- what a language says --------------------------------------------------

    @abstractmethod
    def check(self, code: str) -> None:
        """Raise ``Refused`` for what tests may not use."""

    @abstractmethod
    def tests(self, code: str) -> tuple[str, ...]:
        """The names of the tests in some code. Raises ``Refused`` for what is none."""

    @abstractmethod
    def built(
        self, code: str, names: Sequence[str], variants: Sequence[Sequence[Replacement]], sandbox: Sandbox
    ) -> AbstractContextManager[Program]:
        """The tests in ``code`` and the code that they test, as long as the context is open."""

    @abstractmethod
    def witnesses(self, expressions: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Tests that fail with what each expression comes to, and their names."""

    @abstractmethod
    def guess(self, task: Task, rng: random.Random) -> str:
        """A test that always passes: what is right without a look at the code."""

    @abstractmethod
    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the options and the answer."""

    def viable(self, variant: Sequence[Replacement]) -> bool:
        """Whether a variant is a program at all."""
        return True

    # --- from an answer to a verdict ---------------------------------------------

    @property
    def variants(self) -> list[Sequence[Replacement]]:
        """The code as it is, then every refactoring, then every mutant."""
        return [(), *self.equivalents, *([mutant] for mutant in self.mutants)]

    @cached_property
    def labels(self) -> list[str]:
        """What each mutant is called in a row's metrics: its line, and how that reads."""
        return [self._label(mutant) for mutant in self.mutants]

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable("tests are only run in a sandbox; give one, or --sandbox none")
        try:
            code = extract(completion.output, self.language)
            self.check(code)
            names = self.tests(code)
        except Malformed as error:
            return self._refused("malformed_answer", str(error), sandbox)
        except Refused as error:
            return self._refused("compile_error", str(error), sandbox)
        except Tangled:
            return self._refused("compile_error", "no parser gets through this code", sandbox)
        if not 0 < len(names) <= MOST_TESTS:
            why = f"{len(names)} tests; at most {MOST_TESTS} are run" if names else "the answer holds no test"
            return self._refused("malformed_answer", why, sandbox)
        key = cache.key({"code": code, "grader": self, "level": sandbox.level,
                         "time_limit": task.time_limit, **self.rests_on()})  # fmt: skip
        if (verdict := cache.shared().get(key)) is None:
            verdict = with_quality(self.judged(code, task, sandbox), {"answer": code}, self.language, sandbox)
            cache.shared().put(key, verdict)
        return verdict

    def judged(self, code: str, task: Task, sandbox: Sandbox) -> Verdict:
        """The verdict on tests, whatever they use; their first run on right code sets the time for all."""
        (verdict,) = self._repeated(code, task, sandbox, 1)
        return verdict

    def reruns(self, task: Task, completion: Completion, sandbox: Sandbox, times: int) -> Iterator[Verdict]:
        """The verdicts of so many runs of one answer's tests, which are built once; none from a cache."""
        return self._repeated(extract(completion.output, self.language), task, sandbox, times)

    def _repeated(self, code: str, task: Task, sandbox: Sandbox, times: int) -> Iterator[Verdict]:
        names = self.tests(code)
        viable = [at for at, variant in enumerate(self.variants) if self.viable(variant)]
        variants = [self.variants[at] for at in viable]
        lines, complexity = size(code, self.language)
        measured = ProgramMetrics(sandbox.level, code_lines=lines, complexity=complexity, verdict="inside")
        with self.built(code, names, variants, sandbox) as program:
            measured = replace(measured, compile_s=program.compile_s)
            if program.error is not None:
                yield self._refused("compile_error", program.error, sandbox, measured)
                return
            for _ in range(times):
                runs = _Runs(self, program, inside.spec(names), measured)
                yield self._run(runs, viable, task.time_limit or CEILING_S)

    def _run(self, runs: _Runs, viable: Sequence[int], ceiling_s: float) -> Verdict:
        first = runs.of(0, ceiling_s)
        if not first.passed:
            return self._unfit(first, 0, runs)
        limit_s = min(ceiling_s, max(FLOOR_S, FACTOR * runs.wall_s))
        order = [*[0] * (PRISTINE_RUNS - 1), *range(1, len(viable))]
        random.SystemRandom().shuffle(order)
        fates: dict[int, Fate] = {}
        for at in order:
            verdict = runs.of(at, limit_s)
            if viable[at] <= len(self.equivalents) and not verdict.passed:
                return self._unfit(verdict, viable[at], runs)
            fates[viable[at]] = self._fate(verdict, runs.reports())
        return self._scored(fates, runs)

    def _scored(self, fates: Mapping[int, Fate], runs: _Runs) -> Verdict:
        of_mutants = {
            label: fates.get(at, "not_viable")
            for at, label in enumerate(self.labels, 1 + len(self.equivalents))
        }
        score = mutation_score(list(of_mutants.values()))
        survivors = [label for label, fate in of_mutants.items() if fate == "survived"]
        count = "no test notices " + "; ".join(survivors[:_SHOWN_SURVIVORS])
        more = f" and {len(survivors) - _SHOWN_SURVIVORS} more" if len(survivors) > _SHOWN_SURVIVORS else ""
        metrics = {
            "mutants": of_mutants,
            "mutants_killed": sum(fate not in ("survived", "not_viable") for fate in of_mutants.values()),
            "mutants_total": sum(fate != "not_viable" for fate in of_mutants.values()),
            "timed_out": "timeout" in of_mutants.values(),
            **runs.metrics(),
        }
        if not survivors:
            return Verdict(True, score, self.name, metrics=metrics)
        return Verdict(False, score, self.name, "wrong_answer", count + more, metrics)

    def _unfit(self, verdict: Verdict, variant: int, runs: _Runs) -> Verdict:
        """The verdict on tests that fail where they must pass."""
        where = (
            "on the right code" if variant == 0 else f"on refactoring {variant}, which does what is promised"
        )
        timed_out = verdict.error_type == "timeout"
        metrics = {"timed_out": timed_out, **runs.metrics()}
        error = f"fail {where}: {verdict.error}"
        return Verdict(False, 0.0, self.name, verdict.error_type or "wrong_answer", error, metrics)

    def _refused(
        self, error_type: ErrorType, error: str, sandbox: Sandbox, measured: ProgramMetrics | None = None
    ) -> Verdict:
        """The verdict on tests that never ran."""
        metrics = asdict(measured or ProgramMetrics(sandbox.level, verdict="inside"))
        return Verdict(
            False, 0.0, self.name, error_type, error, {"compiled": False, "timed_out": False, **metrics}
        )

    def _fate(self, verdict: Verdict, reports: Sequence[str]) -> Fate:
        if verdict.passed:
            return "survived"
        if verdict.error_type == "timeout":
            return "timeout"
        return "assertion" if any(map(self.asserted.match, reports)) else "error"

    # --- what a suite's check proves -----------------------------------------------

    def flaws(self, task: Task, sandbox: Sandbox) -> Iterator[str]:
        """What is wrong with the mutants: the reference must kill each by an assertion, a witness show it."""
        try:
            yield from self._unproved(task, sandbox)
        except ValueError as error:
            yield str(error)

    def _unproved(self, task: Task, sandbox: Sandbox) -> Iterator[str]:
        fates = self.grade(task, Completion(output=task.reference), sandbox).metrics.get("mutants", {})
        for label, fate in fates.items():
            if fate not in ("assertion", "survived"):  # a survivor has failed the reference already
                yield f"the reference must kill the mutant {label!r} by an assertion, not by {fate}"
        witnessed = [mutant for mutant in self.mutants if mutant.witness]
        for label, mutant in zip(self.labels, self.mutants, strict=True):
            if not mutant.witness:
                yield f"the mutant {label!r} lacks a witness"
        if witnessed:
            yield from self._unseen(witnessed, sandbox)

    def _unseen(self, mutants: Sequence[Mutant], sandbox: Sandbox) -> Iterator[str]:
        """What is wrong with witnesses."""
        code, names = self.witnesses([mutant.witness for mutant in mutants])
        variants: list[Sequence[Replacement]] = [(), *([mutant] for mutant in mutants)]
        with self.built(code, names, variants, sandbox) as program:
            if program.error is not None:
                yield f"the witnesses: {program.error}"
                return
            values = [
                inside.reports(program.run(at, CEILING_S).channel, program.nonce)
                for at in range(len(variants))
            ]
        for at, mutant in enumerate(mutants):
            if at not in values[0]:
                yield f"the witness {mutant.witness!r} has no value: it ends the program, or is cut off"
            elif values[0][at] == values[at + 1].get(at):
                yield f"the witness {mutant.witness!r} comes to the same: {values[0][at][0]!r:.100}"

    def _label(self, mutant: Mutant) -> str:
        path, first, _ = lines_of(self.files, mutant)
        line = replaced(self.files, [mutant])[path].split("\n")[first - 1]
        return f"{path}:{first}: {line.strip():.80}"


class _Runs:
    """The runs of one answer's tests, and what they took together."""

    def __init__(
        self, grader: TestgenGrader, program: Program, spec: CaseSpec, measured: ProgramMetrics
    ) -> None:
        self._grader, self._program, self._spec, self._measured = grader, program, spec, measured
        self.wall_s = 0.0  # of the last run
        self._outcomes: list[Outcome] = []

    def of(self, variant: int, limit_s: float) -> Verdict:
        """What the tests say of a variant; what did not end in time is tried again alone."""
        outcome = run_fairly(lambda seconds: self._program.run(variant, seconds), limit_s)
        self.wall_s = outcome.wall_s
        self._outcomes.append(outcome)
        nonce = self._program.nonce
        return inside.judge(self._grader.name, self._spec, nonce, outcome.channel, outcome, self._measured)

    def reports(self) -> list[str]:
        """What the tests said in the last run."""
        of_tests = inside.reports(self._outcomes[-1].channel, self._program.nonce)
        return [words for reports in of_tests.values() for words in reports]

    def metrics(self) -> dict[str, Any]:
        """What a verdict says of the runs."""
        measured = replace(
            self._measured,
            run_s=round(sum(outcome.wall_s for outcome in self._outcomes), 6),
            cpu_s=round(sum(outcome.cpu_s for outcome in self._outcomes), 6),
            max_rss_mb=round(max(outcome.max_rss_mb for outcome in self._outcomes), 1),
        )
        return {"compiled": True, "tests_total": len(self._spec.cases), **asdict(measured)}

"""What the graders of programs share: from an answer to its code, and to a verdict that may be known."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from harness.errors import SandboxUnavailable
from harness.graders.base import GradingJob
from harness.graders.execution import cache
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import Malformed, Refused
from harness.graders.execution.judge import ErrorType, ProgramMetrics, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.quality import with_quality
from harness.graders.execution.syntax import Tangled, syntax_of
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Outcome, Sandbox


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """An answer that has code in it and no verdict yet."""

    task: Task
    grader: CodeGrader
    code: str  # as it was given
    source: str  # as it is compiled
    key: str  # of its verdict in the cache

    def measured(self, sandbox: Sandbox, outcome: Outcome | None = None, **metrics: Any) -> ProgramMetrics:
        """What the verdict's metrics hold; ``outcome`` is that of its run."""
        lines, complexity = size(self.code, self.grader.language)
        if outcome is not None:
            metrics["run_s"], metrics["cpu_s"] = round(outcome.wall_s, 6), round(outcome.cpu_s, 6)
            metrics["max_rss_mb"] = round(outcome.max_rss_mb, 1)
        return ProgramMetrics(
            sandbox.level, code_lines=lines, complexity=complexity, verdict=self.grader.protocol, **metrics
        )


class CodeGrader(ABC):
    """A grader of programs. One class a language and protocol; what they share is here."""

    executes: ClassVar[bool] = True
    batch_size: ClassVar[int] = 1  # waiting answers that are judged together
    protocol: ClassVar[Literal["outside", "inside"]] = "outside"  # where results are compared
    name: ClassVar[str]
    language: ClassVar[str]

    @property
    @abstractmethod
    def spec(self) -> CaseSpec:
        """What must come out."""

    @abstractmethod
    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed`` where there is none."""

    @abstractmethod
    def guess(self, task: Task, rng: random.Random) -> str:
        """A random admissible answer, for the ``random`` baseline."""

    def source(self, code: str) -> str:
        """What is compiled of an answer's code. Raises ``Refused``."""
        return code

    @abstractmethod
    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code, the task's time limit and the sandbox's level."""

    @abstractmethod
    def alone(self, answer: CodeAnswer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer that is compiled and run by itself; for several threads at once."""

    @classmethod
    def may_share(cls, answer: CodeAnswer) -> bool:
        """Whether the answer may be compiled with others without a change of meaning, its own or theirs."""
        return False

    @classmethod
    def together(cls, answers: Sequence[CodeAnswer], sandbox: Sandbox) -> dict[str, Verdict]:
        """Verdicts by the answers' keys, from a common program; only good ones.

        An answer without one is judged alone. Every answer is to another task, so none of them could
        use what another does, even if it could reach it.
        """
        return {}

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            language = self.language.title()
            raise SandboxUnavailable(
                f"{language} answers are only run in a sandbox; give one, or --sandbox none"
            )
        return self.grade_many([GradingJob(self, task, completion)], sandbox)[0]

    @classmethod
    def grade_many(cls, jobs: Sequence[GradingJob], sandbox: Sandbox) -> list[Verdict]:
        """Judge all, each different answer once."""
        answers = [_read(job, sandbox) for job in jobs]
        waiting = {answer.key: answer for answer in answers if isinstance(answer, CodeAnswer)}
        verdicts: dict[str, Verdict] = {}
        for group in _groups([answer for answer in waiting.values() if cls.may_share(answer)]):
            verdicts |= cls.together(group, sandbox) if len(group) > 1 else {}
        for key, answer in waiting.items():
            if key not in verdicts:
                verdicts[key] = answer.grader.alone(answer, sandbox)
            verdicts[key] = with_quality(verdicts[key], {"answer": answer.code}, cls.language, sandbox)
            cache.shared().put(key, verdicts[key])
        return [verdicts[answer.key] if isinstance(answer, CodeAnswer) else answer for answer in answers]

    def refused(
        self, error_type: ErrorType, error: str, measured: ProgramMetrics, timed_out: bool = False
    ) -> Verdict:
        """The verdict on an answer that never ran: no code in it, or it does not compile."""
        return refuse(self.name, self.spec, error_type, error, measured, timed_out)


def _groups(answers: Sequence[CodeAnswer]) -> list[list[CodeAnswer]]:
    """As few groups as there can be with one answer to each task."""
    groups: list[list[CodeAnswer]] = []
    answered: Counter[str] = Counter()
    for answer in answers:
        place = answered[answer.task.sha256]
        answered[answer.task.sha256] += 1
        if place == len(groups):
            groups.append([])
        groups[place].append(answer)
    return groups


def _read(job: GradingJob, sandbox: Sandbox) -> CodeAnswer | Verdict:
    """The answer's code, or the verdict where it has none or has been judged before."""
    grader, task = job.grader, job.task
    assert isinstance(grader, CodeGrader)
    unrun = ProgramMetrics(sandbox.level, verdict=grader.protocol)
    try:
        code = grader.code(task, job.completion.output)
        source = grader.source(syntax_of(grader.language).without_asides(code, task.reference))
    except Malformed as error:
        return grader.refused("malformed_answer", str(error), unrun)
    except Tangled:
        return grader.refused("compile_error", "no parser gets through this code", unrun)
    except Refused as error:
        return grader.refused("compile_error", str(error), unrun)
    where = {"level": sandbox.level, "time_limit": task.time_limit}
    key = cache.key({"code": source, **where, **grader.rests_on()})
    return cache.shared().get(key) or CodeAnswer(task, grader, code, source, key)

"""Reviews of code with planted defects: which were named, by file, line and kind, and what else was."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.jsonreply import read_json_like
from harness.graders.languages import LANGUAGES
from harness.graders.matching import most_pairs
from harness.graders.testgen import Mutant, TestgenGrader
from harness.plugins import load
from harness.records import Completion, Task, Verdict
from harness.replacements import Replacement, lines_of, replaced
from harness.sandbox.base import Sandbox

NEAR = 2  # lines by which a defect may be missed and still be named
BETA = 0.5  # of the score: precision counts twice as much as recall
# 12, "L12", "line 12", 12.0, and the first of "12-14"
_LINE = re.compile(r"\s*(?:lines?\s*|l|#)?(\d{1,9})(?:\.0|\s*[-–:]\s*\d{1,9})?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Defect(Replacement):
    """A change that makes the code wrong, and the kinds that it can rightly be called."""

    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer names."""

    file: str
    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class Planted:
    """Where a defect stands in the code that is shown, from line to line."""

    file: str
    first: int
    last: int
    kinds: frozenset[str]

    def is_named_by(self, finding: Finding, *, any_kind: bool = False) -> bool:
        """Whether a finding is of this file, within ``NEAR`` lines, and of one of the kinds."""
        near = self.first - NEAR <= finding.line <= self.last + NEAR
        return near and finding.file == self.file and (any_kind or finding.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class ReviewScore:
    """How well some findings name what is planted. Summed over tasks these counts give micro averages."""

    planted: int
    named: int
    right: int

    @property
    def precision(self) -> float:
        """The share of findings that are right; 1 where there is none."""
        return self.right / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        """The share of defects that are named; 1 where there is none."""
        return self.right / self.planted if self.planted else 1.0

    def f(self, beta: float = 1.0) -> float:
        """Van Rijsbergen's F: ``beta`` is how much more recall counts than precision."""
        weight, (p, r) = beta * beta, (self.precision, self.recall)
        return (1 + weight) * p * r / (weight * p + r) if p and r else 0.0


@dataclass(frozen=True)
class Review:
    """Right code in ``files``, ``defects`` that are planted in what is shown, ``kinds`` that can be named.

    ``proof`` are tests that pass on the right code and fail with each of the defects; ``package`` is the
    name by which those of Rust use it.
    """

    files: Mapping[str, str]
    defects: Sequence[Defect]
    kinds: Sequence[str]
    proof: str
    language: str
    package: str = ""

    executes: ClassVar[bool] = False
    name: ClassVar[str] = "review"

    def __post_init__(self) -> None:
        """Check the options."""
        if self.language not in LANGUAGES:
            raise ValueError(f"`language` must be one of {', '.join(LANGUAGES)}")
        for defect in self.defects:
            if unlisted := [kind for kind in defect.kinds if kind not in self.kinds]:
                raise ValueError(f"`kinds`: {unlisted[0]!r} is none of {', '.join(self.kinds)}")
        self.planted  # noqa: B018

    @cached_property
    def planted(self) -> tuple[Planted, ...]:
        """The defects in the code that is shown."""
        return tuple(
            Planted(*lines_of(self.files, defect, self.defects), frozenset(defect.kinds))
            for defect in self.defects
        )

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Match findings with defects, one to one, as many as can be; what is left over is a false alarm."""
        try:
            findings, error = read_findings(completion.output, self.files), None
        except ValueError as unread:
            findings, error = [], str(unread)
        score = ReviewScore(len(self.planted), len(findings), matched(self.planted, findings))
        placed = matched(self.planted, findings, any_kind=True)
        unflawed = self.files.keys() - {defect.file for defect in self.planted}
        metrics = {
            "planted": score.planted,
            "named": score.named,
            "right": score.right,
            "right_place": placed,
            "clean_files": len(unflawed),
            "false_alarms_in_clean_files": sum(finding.file in unflawed for finding in findings),
        }
        if error is not None:
            return Verdict(False, 0.0, self.name, "malformed_answer", error, metrics)
        missed, alarms = score.planted - score.right, score.named - score.right
        if not missed and not alarms:
            return Verdict(True, 1.0, self.name, metrics=metrics)
        words = f"{missed} of {score.planted} defects not named, {alarms} of {score.named} findings false"
        value = score.f(BETA) if score.planted else 0.0
        return Verdict(False, value, self.name, "wrong_answer", words, metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """One line of one file, and a kind."""
        path = rng.choice(sorted(self.files))
        lines = self.files[path].count("\n")
        finding = {"file": path, "line": rng.randint(1, max(1, lines)), "kind": rng.choice(list(self.kinds))}
        return json.dumps([finding])

    def flaws(self, task: Task, sandbox: Sandbox) -> Iterator[str]:
        """What the proof does not prove: it must pass without defects and fail with each, and with all."""
        try:
            yield from self._unproved(task, sandbox)
        except ValueError as error:
            yield f"the proof: {error}"

    def _unproved(self, task: Task, sandbox: Sandbox) -> Iterator[str]:
        tester: type[TestgenGrader] = load(LANGUAGES[self.language].graders[f"{self.language}_testgen"])
        mutants = tuple(Mutant(defect.find, defect.replace) for defect in self.defects)
        proof = tester(self.files, mutants, package=self.package)
        alone = proof.judged(self.proof, task, sandbox)
        if "mutants" not in alone.metrics:
            yield f"the proof: {alone.error_type}: {alone.error}"
        for label, fate in alone.metrics.get("mutants", {}).items():
            if fate in ("survived", "not_viable"):
                yield f"no test of the proof fails with the defect {label!r} alone"
        if self.defects:
            shown = tester(replaced(self.files, self.defects), (), package=self.package)
            verdict = shown.judged(self.proof, task, sandbox)
            if not verdict.metrics["compiled"]:
                yield f"the code with its defects does not compile: {verdict.error}"
            elif verdict.passed:
                yield "the proof passes with all defects"


def matched(planted: Sequence[Planted], findings: Sequence[Finding], *, any_kind: bool = False) -> int:
    """How many pairs of defects and findings there are, one to one, as many as can be."""

    def names(defect: int, finding: int) -> bool:
        return planted[defect].is_named_by(findings[finding], any_kind=any_kind)

    return len(most_pairs(range(len(planted)), range(len(findings)), names))


def read_findings(output: str, files: Collection[str]) -> list[Finding]:
    """The findings in an answer: a list of objects. Raises ``ValueError`` saying why there are none."""
    return [_finding(entry, files) for entry in read_json_like(output, _are_findings)]


def _are_findings(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, dict) and {"line", "file"} <= {key.strip().lower() for key in entry}
        for entry in value
    )


def _finding(entry: Mapping[str, Any], files: Collection[str]) -> Finding:
    values = {key.strip().lower(): value for key, value in entry.items()}
    line, kind = values["line"], str(values.get("kind", ""))
    number = _LINE.fullmatch(str(line[0] if isinstance(line, list) and len(line) == 1 else line))
    if number is None:
        raise ValueError(f"is no line: {str(line)!r:.80}")
    named = str(values["file"]).strip("`'\" ").removeprefix("./")
    alike = [path for path in files if f"/{named}".endswith(f"/{path}") or f"/{path}".endswith(f"/{named}")]
    return Finding(
        alike[0] if len(alike) == 1 else named, int(number[1]), re.sub(r"[\s-]+", "_", kind.strip().lower())
    )

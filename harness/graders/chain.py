"""A chain of equations: every line equals the one before it and changes little of it."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from harness.graders.mathematics.child import ask
from harness.graders.reply import final_reply, unread
from harness.graders.symbolic import check_domains, malformed, verdict
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_LINES = 30
_CHARACTERS = 4096
_LINE = re.compile(
    r"^[ \t>*-]*(?:(?:line|step)? ?\d{1,3}[.):] ?)?[ \t$&]*(?:=|\\Rightarrow|⇒)?[ \t]*"
    r"(?P<text>.+?)[ \t$\\,;.]*$",
    re.I,
)
_OPENING = re.compile(r"^\s*(?:`{3,}.*|\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\\[|\\\]|\$\$|CHAIN:?)?\s*$", re.I)
_MARK = re.compile(r"^.*\bCHAIN\b[:* ]*$", re.MULTILINE)


@dataclass(frozen=True)
class Chain:
    """The answer must be a chain from ``start`` to ``goal``, one expression a line behind a line ``CHAIN:``.

    Each line equals the one before it, and either rewrites one term of that sum or puts two of its terms
    together: who changes more at once leaves steps out.
    """

    start: str
    goal: str
    variables: Mapping[str, Any]
    executes: ClassVar[bool] = False
    computes: ClassVar[bool] = True

    def __post_init__(self) -> None:
        check_domains(self.variables)

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Follow the chain. The metrics hold its length, and the first line that does not follow."""
        lines = chain_lines(final_reply(completion.output))
        if not lines:
            return malformed("chain", unread(completion.output, "the answer has no chain"))
        if len(lines) > _LINES or sum(map(len, lines)) > _CHARACTERS:
            return malformed("chain", f"a chain of more than {_LINES} lines or {_CHARACTERS:,} characters")
        job = {"do": "chain", "domains": dict(self.variables), "lines": lines}
        result = ask({**job, "start": self.start, "goal": self.goal})
        judged = verdict("chain", task, "\n".join(lines), result)
        metrics = {**judged.metrics, "lines": len(lines), "first_wrong": result.get("line")}
        return Verdict(judged.passed, judged.score, "chain", judged.error_type, judged.error, metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """The start and the goal, with nothing between them."""
        return f"CHAIN:\n{self.start}\n= {self.goal}"


def chain_lines(text: str) -> list[str]:
    """The expressions behind the last ``CHAIN:``, one a line, without what stands before them."""
    marks = list(_MARK.finditer(text))
    lines = (text[marks[-1].end() :] if marks else text).strip().split("\n")
    matches = (_LINE.match(line) for line in lines if not _OPENING.match(line))
    return [match["text"] for match in matches if match]

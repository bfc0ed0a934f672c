"""The answer is mathematics of a kind: a number, an expression, a set, a matrix and so on."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from harness.graders.mathematics.child import ask
from harness.graders.mathematics.reply import answer_text
from harness.graders.reply import unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

Kind = Literal["rational", "percent", "expression", "set", "interval", "tuple", "matrix", "unit"]
DOMAINS = ("real", "positive", "integer", "natural", "bit")
_SHOWN = 500  # characters of an answer that a row keeps
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Symbolic:
    """The answer must equal the reference, however it is written: LaTeX, plain text or signs of Unicode.

    It stands behind the last ``ANSWER:``, else in the last box, else in the last line. ``variables`` are
    those of an expression, each with its domain: real, positive, integer, natural, bit, or two bounds.
    ``names`` are those of a tuple's parts (``y = 2, x = 1``). ``form`` asks for a product that goes no
    further (factored) or for a sum without brackets (expanded); ``constant`` lets an antiderivative differ
    by a constant.
    """

    kind: Kind = "expression"
    variables: Mapping[str, Any] = field(default_factory=dict)
    names: Sequence[str] = ()
    form: Literal["factored", "expanded"] | None = None
    constant: bool = False
    executes: ClassVar[bool] = False
    computes: ClassVar[bool] = True

    def __post_init__(self) -> None:
        check_domains(self.variables)
        if self.form and self.kind != "expression":
            raise ValueError("form: only expressions have one")
        if self.constant and len(self.variables) != 1:
            raise ValueError("constant: needs the one variable of the antiderivative")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare in the child that computes. The metrics hold the answer and what was read of it."""
        answer = answer_text(completion.output)
        if not answer:
            return malformed("symbolic", unread(completion.output, "the answer is empty"))
        reading = {
            "kind": self.kind,
            "domains": dict(self.variables),
            "names": [*self.names],
            "form": self.form,
            "constant": self.constant,
        }
        reference = answer_text(task.reference)
        result = ask({"do": "compare", "reading": reading, "reference": reference, "answer": answer})
        return verdict("symbolic", task, answer, result)

    def guess(self, task: Task, rng: random.Random) -> str:
        """A number of the prompt, or a small one."""
        numbers = _NUMBER.findall(task.asked[-1].content)
        return f"ANSWER: {rng.choice([*numbers, *map(str, range(10))])}"


def verdict(grader: str, task: Task, answer: str, result: Mapping[str, Any]) -> Verdict:
    """The verdict for a result of the child. Raises ``ValueError`` where the task is at fault."""
    outcome, reason = result["outcome"], str(result.get("reason", ""))
    metrics: dict[str, Any] = {"answer": answer[:_SHOWN], "read": result.get("read")}
    if outcome == "fault":
        raise ValueError(f"{task.source}: {task.id}: {reason}")
    if outcome == "equal":
        return Verdict(True, 1.0, grader, metrics=metrics)
    error_type = {"different": "wrong_answer", "malformed": "malformed_answer"}.get(outcome, outcome)
    if outcome == "malformed":
        reason = f"the answer is not read: {reason}"
    return Verdict(False, 0.0, grader, error_type, reason[:_SHOWN], metrics)


def malformed(grader: str, reason: str) -> Verdict:
    """The verdict for an answer that is none."""
    return Verdict(False, 0.0, grader, "malformed_answer", reason, {"answer": None, "read": None})


def check_domains(variables: Mapping[str, Any]) -> None:
    """Raises ``ValueError`` for a variable whose domain is none."""
    for name, domain in variables.items():
        if (flaw := _domain_flaw(domain)) is not None:
            raise ValueError(f"variables: {name}: {flaw}")


def _domain_flaw(domain: Any) -> str | None:
    """Why a domain is none; ``None`` if it is one."""
    if isinstance(domain, str):
        return None if domain in DOMAINS else f"must be one of {', '.join(DOMAINS)}, or [low, high]"
    is_pair = (
        isinstance(domain, list) and len(domain) == 2 and all(type(end) in (int, float) for end in domain)
    )
    return None if is_pair and domain[0] < domain[1] else "must be a word or [low, high]"


def _other(digits: str, rng: random.Random) -> str:
    low = 0 if len(digits) == 1 else 10 ** (len(digits) - 1)
    return str(rng.randint(low, 10 ** len(digits) - 1))

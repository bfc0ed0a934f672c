"""Any answer that satisfies: values are put into the constraints, and may come near to an optimum."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from harness.graders.mathematics.child import ask
from harness.graders.mathematics.reply import answer_text
from harness.graders.reply import unread
from harness.graders.symbolic import DOMAINS, malformed, verdict
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox
from harness.words import listed

Domain = Literal["real", "positive", "integer", "natural", "bit"]


@dataclass(frozen=True)
class Satisfies:
    """The answer must give values of ``variables`` for which all constraints hold.

    They are written ``x = 3, y = 4``, or ``(3, 4)``. A constraint is an equation or an inequality, such as
    ``x^2 + y^2 = 25`` or ``mod(x, 7) = 3``. Where something is to
    be as small or as large as can be (``minimize``, ``maximize``), ``optimum`` is what can be reached:
    values that are feasible score by how
    near they come to it, and pass where they reach it.
    """

    variables: Mapping[str, Domain]
    constraints: Sequence[str]
    minimize: str | None = None
    maximize: str | None = None
    optimum: int | None = None
    executes: ClassVar[bool] = False
    computes: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not self.variables or not all(domain in DOMAINS for domain in self.variables.values()):
            raise ValueError(f"variables: each has one of {', '.join(DOMAINS)}")
        objectives = (self.minimize is not None) + (self.maximize is not None)
        if objectives > 1 or bool(objectives) != (self.optimum is not None):
            raise ValueError("optimum: is given with one of minimize and maximize, and only then")
        if self.optimum is not None and self.optimum <= 0:
            raise ValueError("optimum: must be more than 0")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Put the values in. The metrics say what is feasible, broken and reached."""
        answer = answer_text(completion.output)
        if not answer:
            return malformed("satisfies", unread(completion.output, "the answer is empty"))
        job = {"do": "satisfies", "variables": dict(self.variables), "constraints": [*self.constraints]}
        result = ask({**job, "objective": self.minimize or self.maximize, "answer": answer})
        if result["outcome"] != "read":
            return verdict("satisfies", task, answer, result)
        broken = result["broken"]
        metrics = {
            "answer": answer[:500],
            "read": result["read"],
            "feasible": not broken,
            "broken": broken[:20],
        }
        if broken:
            reason = f"does not hold: {listed(broken, 5)}"
            return Verdict(False, 0.0, "satisfies", "infeasible", reason, metrics)
        if self.optimum is None:
            return Verdict(True, 1.0, "satisfies", metrics=metrics)
        return self._near(task, Fraction(result["value"]), metrics)

    def _near(self, task: Task, reached: Fraction, metrics: Mapping[str, object]) -> Verdict:
        assert self.optimum is not None
        metrics = {**metrics, "value": float(reached), "optimum": self.optimum}
        if reached == self.optimum:
            return Verdict(True, 1.0, "satisfies", metrics=metrics)
        if (reached > self.optimum) == (self.maximize is not None):
            raise ValueError(f"{task.source}: {task.id}: {reached} is better than the optimum {self.optimum}")
        ratio = reached / self.optimum if self.maximize else self.optimum / reached
        reason = f"{reached}, where {self.optimum} can be had"
        return Verdict(False, max(0.0, float(ratio)), "satisfies", "not_optimal", reason, metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """Small whole numbers."""
        most = {"bit": 1}
        values = {name: rng.randint(0, most.get(domain, 12)) for name, domain in self.variables.items()}
        return "ANSWER: " + ", ".join(f"{name} = {value}" for name, value in values.items())

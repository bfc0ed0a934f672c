"""A proof by natural deduction, checked line by line."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.graders.jsonreply import read_json_like
from harness.graders.logic.formulas import parse
from harness.graders.logic.proofs import BadLine, check
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox


@dataclass(frozen=True)
class Deduction:
    """The answer must prove ``goal`` from ``premises``: a JSON list of ``{"n", "formula", "rule", "from"}``.

    ``harness/graders/logic/proofs.py`` has the twelve rules. A formula has letters, ``not``, ``and``, ``or``,
    ``->`` and ``false``, or the signs for them.
    """

    premises: Sequence[str]
    goal: str
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        for option, texts in (("premises", self.premises), ("goal", [self.goal])):
            for text in texts:
                try:
                    parse(text)
                except ValueError as error:
                    raise ValueError(f"{option}: {error}") from None

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Check the lines in order. The metrics hold how many there are, and the first that is wrong."""
        try:
            lines = read_json_like(completion.output, lambda value: isinstance(value, list))
        except ValueError as error:
            return Verdict(False, 0.0, "deduction", "malformed_answer", str(error), {"lines": None})
        try:
            check(lines, [parse(text) for text in self.premises], parse(self.goal))
        except BadLine as error:
            metrics = {"lines": len(lines) if isinstance(lines, list) else None, "first_wrong": error.line}
            error_type = "malformed_answer" if error.line is None else "wrong_answer"
            return Verdict(False, 0.0, "deduction", error_type, str(error), metrics)
        return Verdict(True, 1.0, "deduction", metrics={"lines": len(lines), "first_wrong": None})

    def guess(self, task: Task, rng: random.Random) -> str:
        """The premises, and the goal by a rule that is drawn."""
        lines = [
            {"n": n, "formula": text, "rule": "premise", "from": []}
            for n, text in enumerate(self.premises, 1)
        ]
        rule = rng.choice(("and_elim", "or_intro", "implies_elim", "double_neg"))
        last = {"n": len(lines) + 1, "formula": self.goal, "rule": rule, "from": [len(lines)]}
        return json.dumps([*lines, last])

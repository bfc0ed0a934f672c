"""Numbers of lines: which of those that should be named are, and which others."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from typing import ClassVar

from harness.graders.jsonreply import read_json_reply
from harness.graders.reply import final_reply
from harness.jsontext import parse_strict
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_NUMBERED = re.compile(r"^\s*(\d{1,9})\b", re.MULTILINE)
_PLAIN = re.compile(r"\s*\[?\s*(?:none|\d{1,9}(?:[\s,;]+\d{1,9})*+)?\s*\]?\.?\s*", re.IGNORECASE)
_NAMED = 5_000  # numbers in an answer
_GUESSED = 8


@dataclass(frozen=True)
class Lines:
    """The answer must be the line numbers of the reference: a JSON list, or numbers and commas alone.

    The score is F1 of the two sets, 1 where both are empty; passing means that they are the same.
    """

    executes: ClassVar[bool] = False

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare the sets. The metrics hold how many there are, precision and recall."""
        expected = frozenset(parse_strict(task.reference))
        try:
            named = read_numbers(completion.output)
        except ValueError as error:
            return Verdict(False, 0.0, "lines", "malformed_answer", str(error))
        right = len(expected & named)
        precision, recall, f1 = agreement(len(expected), len(named), right)
        metrics: dict[str, float] = {"expected": len(expected), "named": len(named), "right": right}
        metrics |= {"precision": precision, "recall": recall}
        if expected == named:
            return Verdict(True, 1.0, "lines", metrics=metrics)
        reason = f"{right} of {len(expected)} are named, and {len(named) - right} others"
        return Verdict(False, f1, "lines", "wrong_answer", reason, metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """Up to eight of the numbers that begin lines of the prompt."""
        numbers = _NUMBERED.findall(task.asked[-1].content) or ["1"]
        chosen = rng.sample(numbers, min(len(numbers), rng.randint(0, _GUESSED)))
        return json.dumps(sorted(map(int, chosen)))


def agreement(expected: int, named: int, right: int) -> tuple[float, float, float]:
    """Precision, recall and F1 from counts; nothing expected and nothing named agrees wholly."""
    precision = right / named if named else float(not expected)
    recall = right / expected if expected else float(not named)
    return precision, recall, 2 * right / (expected + named) if expected + named else 1.0


def read_numbers(output: str) -> frozenset[int]:
    """The line numbers that an answer gives. Raises ``ValueError`` where it gives none that are read."""
    text = final_reply(output).strip()
    if text and len(text) < _NAMED and _PLAIN.fullmatch(text):
        return frozenset(map(int, re.findall(r"\d+", text)))
    value = read_json_reply(output, list).value
    if not isinstance(value, list) or len(value) > _NAMED:
        raise ValueError("the answer is no list of line numbers")
    if not all(type(number) is int for number in value):
        raise ValueError("the answer is no list of whole numbers")
    return frozenset(value)

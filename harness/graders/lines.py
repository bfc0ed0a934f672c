"""Numbers of lines: which of those that should be named are, and which others."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from harness.graders.jsonreply import read_json_like
from harness.graders.reply import final_reply
from harness.jsontext import parse_strict
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_NUMBERED = re.compile(r"^\s*(\d{1,9})\b", re.MULTILINE)
_LINE = r"(?:lines?\s*(?:numbers?\s*)?|l|#)?0*(\d{1,9})"
_NUMBER = re.compile(rf"\s*{_LINE}(?:\.0)?\s*", re.IGNORECASE)  # 12, 12.0, "line 12", "L12"
_ITEM = re.compile(  # of a list: "- 12", "1. Line 12: paid twice"
    rf"\s*(?:[-*•]\s*|\d{{1,3}}[.)]\s+)?\**{_LINE}\**(?:\s*:\s.*|\s+[–—-]\s.*|[,.;:]?\s*)", re.IGNORECASE
)
_SENTENCE = re.compile(  # "Lines 3, 14 and 15."
    r"(?P<before>[^\d\n]{0,80}?)(?P<numbers>\d{1,9}(?:(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+)\d{1,9})*+)[\s)\]*`.]*"
)
_NONE = re.compile(r"\W*(?:there\s+(?:is|are|were)\s+)?(?:no|none|nothing)\b[^\d]{0,200}", re.IGNORECASE)
_KEYS = ("line", "line_number", "number")
_NAMED = 5_000  # numbers in an answer
_LONG = 20_000  # characters of one that gives them in words
_GUESSED = 8


@dataclass(frozen=True)
class Lines:
    """The answer must give the line numbers of the reference, as a JSON list or in plain words.

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
    """The line numbers that an answer gives: a JSON list, or in words. Raises ``ValueError`` for none.

    In words they are a sentence at the end (``lines 3, 14 and 15``), a list with what is to be said of each,
    or none (``There are no anomalies.``).
    """
    try:
        value = read_json_like(output, _are_numbers)
    except ValueError:
        numbers = _in_words(final_reply(output)[:_LONG].splitlines())
        if numbers is None:
            raise
        return numbers
    if len(value) > _NAMED:
        raise ValueError(f"the answer names more than {_NAMED:,} lines")
    return frozenset(number for entry in value if (number := _number(entry)) is not None)


def _in_words(lines: Sequence[str]) -> frozenset[int] | None:
    with_digits = [line for line in lines if re.search(r"\d", line)]
    if not with_digits:
        return frozenset() if _NONE.fullmatch("\n".join(lines)) else None
    items = [_ITEM.fullmatch(line) for line in with_digits]
    if all(items):
        return frozenset(int(item[1]) for item in items if item)
    last = _SENTENCE.fullmatch(with_digits[-1])
    if last and (len(with_digits) == 1 or last["before"].rstrip(" *").endswith(":")):
        return frozenset(map(int, re.findall(r"\d+", last["numbers"])))
    return None


def _are_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(_number(entry) is not None for entry in value)


def _number(entry: Any) -> int | None:
    """The line that an entry of a list names; of an object, its ``line``."""
    if isinstance(entry, dict):
        entry = next((value for key, value in entry.items() if key.strip().lower() in _KEYS), None)
    words = _NUMBER.fullmatch(str(entry)) if isinstance(entry, int | float | str) else None
    return int(words[1]) if words else None

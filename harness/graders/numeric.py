"""The final answer is a number, read strictly and compared exactly."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from harness.graders.numbers import Number, numbers_in, plain_text, written
from harness.graders.reply import final_reply, unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_CUE = re.compile(
    r"\banswer\b[\"'*_ ]*(?:is|was|equals|[:=])[\"'*_:(\s]*(?:(?:exactly|about|approximately|≈)[*_(\s]*)?"
    r"(?=[+-]?[$€£¥₹]?[ ]?[+-]?[.]?[0-9])",
    re.IGNORECASE,
)
_GLUE = r"[\s,;:|/~+*×÷^-]*"
_JOINT = re.compile(  # what makes of two numbers a list, a choice, a range or a calculation
    rf"{_GLUE}(?:\b(?:or|and|to|through|versus|vs|plus|minus|times)\b{_GLUE})?|\s*(?:\.\.+|…)\s*"
)
_EQUALS = re.compile(r"\s*=\s*")
_LINE_CHARS = 120
_ALONE = re.compile(r"[\s*_`$#>\"'.:=~≈]*\0\s*(?:%|°)?\s*(?:[^\W\d]\S*)?[\s*_`$\"'.!]*")


@dataclass(frozen=True)
class Numeric:
    r"""The answer's final number must be within ``tolerance`` (absolute) of the reference.

    The final number is the first of these that the answer has:

    1. the content of the last ``\boxed{}``;
    2. the number on the last line of the form ``#### 42``;
    3. the number right after the last "answer is" or "answer:";
    4. the number that has a line for itself (a currency sign or a unit may stand beside it),
       when there is only one such number;
    5. the last number.

    Where that place holds a list (``3, 4``), a choice (``3 or 4``), a range (``3-4``), an
    unfinished calculation (``3 + 4``) or a number whose reading is in doubt, the answer is
    malformed; nothing further down the list is tried. ``harness.graders.numbers`` says how
    a number may be written.
    """

    tolerance: float = 0
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        number = isinstance(self.tolerance, int | float) and not isinstance(self.tolerance, bool)
        if not number or not math.isfinite(self.tolerance) or self.tolerance < 0:
            raise ValueError(f"tolerance: must be a number of at least 0, not {self.tolerance!r}")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare as fractions, so that 0.1 + 0.2 is 0.3. The metrics hold the number read."""
        expected = _value(task)
        answer = final_number(final_reply(completion.output))
        if answer is None:
            error = unread(completion.output, "the answer has no number that is clearly final")
            return Verdict(False, 0.0, "numeric", "malformed_answer", error, {"answer": None})
        metrics = {"answer": written(answer)}
        if abs(answer - expected) > Fraction(str(self.tolerance)):
            error = f"answered {written(answer)}, expected {written(expected)}"
            return Verdict(False, 0.0, "numeric", "wrong_answer", error, metrics)
        return Verdict(True, 1.0, "numeric", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """A number with the reference's sign and as many digits before and after the point."""
        expected = _value(task)
        whole, _, decimals = written(abs(expected)).partition(".")
        if "/" in whole:
            whole = str(int(abs(expected)))
        low = 0 if len(whole) == 1 else 10 ** (len(whole) - 1)
        digits = rng.randint(low * 10 ** len(decimals), 10 ** len(whole + decimals) - 1)
        value = Fraction(digits, 10 ** len(decimals))
        return written(-value if expected < 0 else value)


def final_number(text: str) -> Fraction | None:
    """The number that ``text`` ends up with, by the order of places in ``Numeric``."""
    text = plain_text(text)
    if (start := text.rfind("\\boxed{")) >= 0:
        return _only(_braced(text, start + len("\\boxed{")))
    for line in reversed(text.splitlines()):
        if line.lstrip().startswith("####") and (number := _alone(line)) is not None:
            return number
    if cues := list(_CUE.finditer(text)):
        rest = text[cues[-1].end() :].partition("\n")[0]
        return _chain(rest, numbers_in(rest))[0]
    alone = {number for line in text.splitlines() if (number := _alone(line)) is not None}
    if len(alone) == 1:
        return alone.pop()
    return _last(text, numbers_in(text))


def _value(task: Task) -> Fraction:
    value = final_number(task.reference)
    if value is None:
        raise ValueError(f"{task.source}: the reference {task.reference!r} is not a number")
    return value


def _braced(text: str, start: int) -> str:
    """What stands between the brace before ``start`` and its partner; empty when there is none."""
    depth = 1
    for position in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return text[start:position]
    return ""


def _only(text: str) -> Fraction | None:
    """The number of a place that must hold nothing else, but for words."""
    found = numbers_in(text)
    value, length = _chain(text, found)
    return value if length == len(found) else None


def _chain(text: str, found: list[Number]) -> tuple[Fraction | None, int]:
    """What the first number and those joined to it come to, and how many they are: ``2 + 3 = 5`` is 5."""
    if not found:
        return None, 0
    last = 0
    for number in found[1:]:
        gap = text[found[last].end : number.start]
        if not (_JOINT.fullmatch(gap) or _EQUALS.fullmatch(gap)):
            break
        last += 1
    gap = text[found[last - 1].end : found[last].start] if last else "="
    return (found[last].value if _EQUALS.fullmatch(gap) else None), last + 1


def _alone(line: str) -> Fraction | None:
    """The number of a line that holds only it, with a currency sign or one word for the unit."""
    if len(line) > _LINE_CHARS:
        return None
    found = numbers_in(line)
    if len(found) != 1:
        return None
    rest = line[: found[0].start] + "\0" + line[found[0].end :]
    return found[0].value if _ALONE.fullmatch(rest) else None


def _last(text: str, found: list[Number]) -> Fraction | None:
    if len(found) > 1 and _JOINT.fullmatch(text[found[-2].end : found[-1].start]):
        return None
    return found[-1].value if found else None

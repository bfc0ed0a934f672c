"""The final answer is a number, read strictly and compared exactly."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from harness.graders.numbers import SHOWN, Number, closing_brace, numbers_in, plain_text, written
from harness.graders.reply import final_reply, unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_INTRO = (
    r"\banswer\b[\"'*_ ]*(?:is|was|equals|would be|should be|comes to|becomes|[:=→])"
    rf"(?:[\"'*_:(\s$\[{{{SHOWN}≈~=]|(?:exactly|about|approximately|roughly|simply|just|therefore|thus|now)\b"
    r"|\b[a-z] ?=)*+"
)
_CUE = re.compile(
    _INTRO + r"(?=[^\w\n]{0,4}(?:[A-Z]{0,2}[$€£]|(?:USD|EUR|GBP|CHF|INR|JPY|Rs\.?) )?\.?[0-9])",
    re.IGNORECASE,
)
_WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|none"
)
_IN_WORDS = re.compile(_INTRO + rf"(?:(?:a|minus|negative) )?(?:{_WORDS})\b", re.IGNORECASE)
_GLUE = r"[\s,;:|/~+*×÷^·-]*"
_UNITS = (
    "h|hrs?|hours?|m|min|mins|minutes?|s|secs?|seconds?|days?|weeks?|months?|years?|ft|feet|foot|in|inch|inches|yd"
    "|kg|g|lbs?|oz|pounds?|km|cm|dollars?|euros?|cents?|degrees?"
)
_JOINT = re.compile(  # what makes of two numbers a list, a choice, a range, a calculation or one quantity
    rf"{_GLUE}(?:\b(?:or|and|to|through|versus|vs|plus|minus|times|x|by)\b{_GLUE})?|\s*(?:\.\.+|…)\s*"
    rf"|\s*(?:(?:{_UNITS})\b\.?|['°′])(?:\s*,)?\s*(?:and\b\s*)?"
)
_JOINT_CHARS = 60
_EQUALS = re.compile(r"[-+]?[0-9]*\s*[=≈]\s*")  # behind an exponent, which is no number by itself
_LINE_CHARS = 120
_BOX = re.compile(r"\\boxed ?\{")
_BOXES = 8  # so many of the last ones may stand in each other
_ALONE = re.compile(
    r"(?P<before>[\s*_`$#>\"'.:=~≈(]*)\0\s*[%°€£¥₹$₩₽₺₫₪฿]?\s*(?:[^\W\d]\S*\s*){0,2}[\s*_`$\"'.!)]*"
)
_MARKED = re.compile(r"\s*#{4,}[\s*_`$:=~≈]*\0.*")


@dataclass(frozen=True)
class Numeric:
    r"""The answer's final number must be within ``tolerance`` (absolute) of the reference.

    The final number is the first of these that the answer has:

    1. the content of the last ``\boxed{}``;
    2. the number on the last line of the form ``#### 42``;
    3. the number right after the last "answer is" or "answer:";
    4. the number that has a line for itself (a currency sign or a unit may stand beside it), when there
       is only one such number and it is the first or last line, marked (bold, a heading) or the last number;
    5. the last number.

    A formula set by itself (``\[ … \]``) is no such line.

    Where that place holds a list (``3, 4``), a choice (``3 or 4``), a range (``3-4``), an
    unfinished calculation (``3 + 4``), two units (``3 h 20 min``), a number in words or one whose
    reading is in doubt, the answer is malformed; nothing further down is tried.
    ``harness.graders.numbers`` says how a number may be written.
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
    if (boxed := _boxed(text)) is not None:
        return _only(boxed)
    lines = text.splitlines()
    for line in reversed(lines):
        if line.lstrip().startswith("####") and (marked := _single(line, _MARKED)):
            return marked.value
    if cues := list(_CUE.finditer(text)):
        end = cues[-1].end()
        if not _IN_WORDS.search(text, end):
            rest = text[end:].partition("\n")[0]
            return _chain(rest, numbers_in(rest, ordinals=True))[0]
    if _IN_WORDS.search(text):
        return None
    last = _last(text, numbers_in(text))
    alone = _lines_of_numbers(lines)
    if len(alone) != 1:
        return last
    number, certain = alone[0]
    return number.value if certain or number.value == last else None


def _lines_of_numbers(lines: list[str]) -> list[tuple[Number, bool]]:
    """The different numbers that have a line for themselves, with whether a line is clearly an answer.

    No more of them than it takes to see that there are several.
    """
    by_value: dict[Fraction, tuple[Number, bool]] = {}
    filled = [line for line in lines if line.strip()]
    for line in dict.fromkeys(filled):
        number = _single(line, _ALONE)
        if number is None or number.value is None:
            continue
        certain = set(line) & set("*#_`=") != set() or line in (filled[0], filled[-1])
        by_value[number.value] = (number, certain or by_value.get(number.value, (number, False))[1])
        if len(by_value) > 1:
            break
    return list(by_value.values())


def _value(task: Task) -> Fraction:
    value = final_number(task.reference)
    if value is None:
        raise ValueError(f"{task.source}: the reference {task.reference!r} is not a number")
    return value


def _boxed(text: str) -> str | None:
    """What the last box holds, and of boxes in boxes the outermost."""
    starts = [box.end() for box in _BOX.finditer(text)][-_BOXES:]
    if not starts:
        return None
    ends = [closing_brace(text, start, len(text)) for start in starts]
    start, end = next((s, e) for s, e in zip(starts, ends, strict=True) if e >= ends[-1])
    return _BOX.sub("{", text[start:end]) if end < len(text) else ""


def _only(text: str) -> Fraction | None:
    """The number of a place that must hold nothing else, but for words."""
    numbers = numbers_in(text, ordinals=True)
    value, length = _chain(text, numbers)
    return value if length == len(numbers) else None


def _chain(text: str, numbers: list[Number]) -> tuple[Fraction | None, int]:
    """What the first number and those joined to it come to, and how many they are: ``2 + 3 = 5`` is 5."""
    if not numbers:
        return None, 0
    last = 0
    for number in numbers[1:]:
        gap = text[numbers[last].end : number.start]
        if not (_joins(gap) or _EQUALS.fullmatch(gap)):
            break
        last += 1
    gap = text[numbers[last - 1].end : numbers[last].start] if last else "="
    return (numbers[last].value if _EQUALS.fullmatch(gap) else None), last + 1


def _joins(gap: str) -> bool:
    gap = " ".join(gap.split()) or gap[:1]
    return len(gap) <= _JOINT_CHARS and _JOINT.fullmatch(gap) is not None


def _single(line: str, place: re.Pattern[str]) -> Number | None:
    """The number of a line that holds only it, in such a place."""
    if len(line) > _LINE_CHARS:
        return None
    numbers = numbers_in(line, ordinals=place is _MARKED)
    if len(numbers) != 1:
        return None
    rest = line[: numbers[0].start] + "\0" + line[numbers[0].end :]
    return numbers[0] if place.fullmatch(rest) else None


def _last(text: str, numbers: list[Number]) -> Fraction | None:
    if len(numbers) > 1 and _joins(text[numbers[-2].end : numbers[-1].start]):
        return None
    return numbers[-1].value if numbers else None

"""Labels of several items that stand in one prompt, with numbers: each item is judged for itself."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.jsonreply import read_json_parts
from harness.graders.label import Label
from harness.graders.reply import final_reply, unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

MOST = 500  # items of a task
_LINES = 1_500  # of an answer; what comes later is not read
_AGAIN = 500  # characters of an item that an answer repeats before its label
_WORDS = r"(?:item|message|text|ticket|sentence|query|entry|no\.?|number|id)"
_NUMBERED = re.compile(
    rf"^[\W_]*(?:{_WORDS}[\s_]*)?#?(?P<number>\d{{1,4}})\b[*_`\"')\]]*(?P<sign>\s*[.):|=→\]-]+|\s+|$)(?P<rest>.*)$",
    re.IGNORECASE,
)
_NUMBER_KEYS = ("number", "n", "no", "nr", "id", "item", "index", "message", "#")
_NUMBER = re.compile(rf"\W*{_WORDS}?[\s_]*#?(\d{{1,4}})\W*", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:[:→|=\t]|->|\s[-–—]\s)\s*")
_ON_ONE_LINE = re.compile(r"(?:[;,]\s*|\s)(?=#?\d{1,4}\s?[.):=]\s)")  # before a number
_FENCE = re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE)

Numbered = list[tuple[int, str | None]]  # the number of an item, and its label where one can be read


@dataclass(frozen=True)
class Labels:
    """The answer must give each of the numbered items in the prompt one of ``labels``.

    The reference has a line an item, ``1: refund``. Read are lines with a number in front, rows of a table,
    JSON by number or in order, and labels alone, in order, where there are exactly as many as items. What
    stands behind a number is read as ``Label`` reads an answer. Items are found by their numbers, in any
    order; one that is missing, or has two labels, is wrong, and one that does not exist is not counted.

    The score is the share of items that are right; passing means all. ``of`` is the category of single tasks
    with the same labels, ``tasks`` are those that ask for the items alone.
    """

    labels: Sequence[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    tasks: Sequence[str] = ()
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _ = self._label

    @cached_property
    def _label(self) -> Label:
        return Label(self.labels, self.aliases)

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare item by item. The metrics hold the label read (or ``None``) and expected of each."""
        expected = self._expected(task)
        numbered = self.read(completion.output, len(expected))
        given = by_number(numbered, len(expected))
        asked: Sequence[str | None] = self.tasks or [None] * len(expected)
        items = [
            {"task": single, "label": label, "expected": other}
            for single, label, other in zip(asked, given, expected, strict=True)
        ]
        right = sum(item["label"] == item["expected"] for item in items)
        metrics = {
            "items": items,
            "right": right,
            "missing": given.count(None),
            "extra": len({number for number, _ in numbered} - set(range(1, len(expected) + 1))),
            "of": self.of,
        }
        if not any(given):
            reason = "no item has a label" if numbered else f"neither numbers nor exactly {len(items)} labels"
            error = unread(completion.output, reason)
            return Verdict(False, 0.0, "labels", "malformed_answer", error, metrics)
        if right < len(expected):
            error = f"{right} of {len(expected)} labels are right, {given.count(None)} are missing"
            return Verdict(False, right / len(expected), "labels", "wrong_answer", error, metrics)
        return Verdict(True, 1.0, "labels", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """Any of the labels for each."""
        return "\n".join(
            f"{number}: {rng.choice(list(self.labels))}" for number in range(1, len(self._expected(task)) + 1)
        )

    def _expected(self, task: Task) -> list[str]:
        lines = task.reference.strip().splitlines()
        labels = by_number(self._lines(task.reference), len(lines))
        if not lines or None in labels or len(lines) > MOST or len(self.tasks) not in (0, len(lines)):
            raise ValueError(f"{task.source}: the reference must have a line for each item, such as 1: label")
        return [label for label in labels if label is not None]

    def read(self, output: str, count: int) -> Numbered:
        """The labels that an answer gives, with the numbers of their items from 1."""
        text = _FENCE.sub("", final_reply(output)).strip()
        if "\n" not in text:
            text = _ON_ONE_LINE.sub("\n", text)
        try:
            numbered = self._json(read_json_parts(output), count)
        except ValueError:
            numbered = self._lines(text)
        numbers = [number for number, _ in numbered]
        if numbers and set(numbers) == {numbers[0]} and len(numbers) == count > 1:
            return list(enumerate((label for _, label in numbered), 1))  # as Markdown may number: 1., 1., 1.
        if sorted(numbers) == list(range(count)):
            return [(number + 1, label) for number, label in numbered]
        return numbered if any(label for _, label in numbered) else self._in_order(text, count) or numbered

    def _lines(self, text: str) -> Numbered:
        """Labels behind numbers. What stands below a number, up to an empty line, belongs to it."""
        items: list[tuple[int, list[str]]] = []
        is_open = False
        for line in text.splitlines()[:_LINES]:
            match = _NUMBERED.match(line)
            if match and (match["sign"].strip() or not match["rest"] or self._one(match["rest"])):
                items.append((int(match["number"]), [match["rest"]]))
                is_open = True
            elif not line.strip():
                is_open = is_open and not any(part.strip() for part in items[-1][1])
            elif is_open:
                items[-1][1].append(line)
        return [(number, self._one("\n".join(parts))) for number, parts in items]

    def _one(self, text: str) -> str | None:
        """The label of one item; where the answer repeats the item, it stands behind it."""
        cells = [cell for cell in text.split("|") if cell.strip()]
        read = {label for cell in cells if (label := self._label.read(cell))}
        if read:
            return read.pop() if len(read) == 1 else None
        first = text.strip().partition("\n")[0].strip(" |")
        *item, last = (self._label.exact(part) for part in _TAIL.split(first[-_AGAIN:]))
        return None if any(item) else last

    def _in_order(self, text: str, count: int) -> Numbered:
        """Labels alone, on a line each or on one line, if there are exactly as many as items."""
        lines = [line for line in text.splitlines() if line.strip()]
        parts = re.split(r"[,;|]", lines[0]) if len(lines) == 1 else lines
        if not count <= len(parts) <= count + 1:  # with a title
            return []
        labels = [label for part in parts if (label := self._label.exact(part))]
        return list(enumerate(labels, 1)) if len(labels) == count else []

    def _json(self, value: Any, count: int) -> Numbered:
        """Labels by number or, where there are as many as items, in order. Raises ``ValueError``."""
        entries = value
        if isinstance(value, dict):
            entries = [[key, inner] for key, inner in value.items()]
            inner = [each for each in value.values() if isinstance(each, dict | list)]
            if len(inner) == 1 and _number_in(entries[0]) is None:
                return self._json(inner[0], count)
        if isinstance(entries, list):
            if all(isinstance(entry, str) for entry in entries) and (
                lines := self._lines("\n".join(entries))
            ):
                return lines
            numbered = [
                (number, self._of_value(entry))
                for entry in entries
                if (number := _number_in(entry)) is not None
            ]
            if numbered or isinstance(value, dict):
                return numbered
            if len(entries) == count:
                return [(at, self._of_value(entry)) for at, entry in enumerate(entries, 1)]
        raise ValueError("the answer is no JSON with labels")

    def _of_value(self, value: Any) -> str | None:
        """The label in a JSON value: a text, or the one text in an object or list that is a label."""
        if isinstance(value, str):
            return self._label.read(value)
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        read = {label for each in inner if (label := self._of_value(each))}
        return read.pop() if len(read) == 1 else None


def by_number(numbered: Numbered, count: int) -> list[str | None]:
    """The labels of items 1 to ``count``; ``None`` where there is none, or where there are several."""
    given: dict[int, set[str | None]] = {}
    for number, label in numbered:
        given.setdefault(number, set()).add(label)
    return [
        next(iter(labels)) if len(labels := given.get(number, set())) == 1 else None
        for number in range(1, count + 1)
    ]


def _number(text: Any) -> int | None:
    if isinstance(text, int) and not isinstance(text, bool):
        return text
    match = _NUMBER.fullmatch(text) if isinstance(text, str) else None
    return int(match[1]) if match else None


def _number_in(entry: Any) -> int | None:
    """The number that an object has, or with which a list begins."""
    if isinstance(entry, list):
        return _number(entry[0]) if entry else None
    if not isinstance(entry, dict):
        return None
    keyed = {key.casefold(): value for key, value in entry.items()}
    return next((number for key in _NUMBER_KEYS if (number := _number(keyed.get(key))) is not None), None)

"""A grader, a reference, wrong answers and an instruction, made of a known answer."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from harness.importers.base import TaskEntry

_LONGEST = 200  # characters of an answer that is compared as text
_FEW, _NEAR = 3, 20  # wrong answers, and the answers among which they are looked for
_WORD = 30  # characters of a choice that needs no letter
_LABELS, _TIMES = 24, 3  # different answers at most that are labels, and how often one comes on average
_NUMBER = re.compile(
    r"[$€£¥]?\s*(?P<sign>[-+−–]?)\s*[$€£¥]?\s*"
    r"(?:(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?|(?P<bare>\.\d+))"
    r"(?:\s*/\s*(?P<below>[1-9]\d*))?\s*%?\.?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Graded:
    """How an answer is judged.

    ``ask`` is what the prompt says of its form; ``skip`` why it cannot be judged here.
    """

    grader: Mapping[str, Any]
    reference: str
    wrong: tuple[str, ...]
    ask: str
    skip: str | None = None

    def task(self, question: str, **more: Any) -> TaskEntry:
        """All of a task but its id. ``more`` are further keys of it."""
        prompt = f"{question.rstrip()}\n\n{self.ask}" if self.ask else question
        return {"prompt": prompt, **self.answer, **more}

    @property
    def answer(self) -> TaskEntry:
        """Grader, reference and wrong answers, as a task has them."""
        entry = {"grader": self.grader, "reference": self.reference, "wrong": list(self.wrong)}
        return {**entry, "skip": self.skip} if self.skip else entry


def graded(answers: Sequence[Sequence[str]]) -> list[Graded]:
    """How the answers of a file are judged, each a list of ways in which a right one may be written.

    A number is compared as one. Where the others are a few words that come again and again, they are labels.
    """
    firsts = [ways[0].strip() for ways in answers]
    numbers = [number_of(ways[0]) if len(ways) == 1 else None for ways in answers]
    words = [first for first, number in zip(firsts, numbers, strict=True) if number is None]
    labels = sorted(set(words)) if all(len(ways) == 1 for ways in answers) else []
    told_apart = len({*map(_form, labels)} - {""}) == len(labels)
    if not (told_apart and 2 <= len(labels) <= min(_LABELS, len(words) / _TIMES)):
        labels = []
    judged = []
    for index, number in enumerate(numbers):
        if number is not None:
            judged.append(by_number(number))
        elif labels:
            judged.append(by_label(labels, firsts[index]))
        else:
            judged.append(by_text(answers[index], [*firsts[index + 1 : index + _NEAR], *firsts[:_NEAR]]))
    return judged


def number_of(text: str) -> str | None:
    """An answer that is a number and nothing else, without currency and grouping: ``$1,200`` is ``1200``."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    whole = match["whole"].replace(",", "") if match["whole"] else "0"
    digits = whole + (match["bare"] or match["part"] or "")
    below = f"/{match['below']}" if match["below"] else ""
    return f"{'-' if match['sign'] in ('-', '−', '–') else ''}{digits}{below}"


def by_number(number: str) -> Graded:
    """Judged by the number that an answer ends with."""
    above, _, below = number.partition("/")
    wrong = Fraction(above) / int(below or 1) + 1
    ask = "End your answer with a line of the form: #### NUMBER"
    return Graded({"numeric": {}}, number, (str(wrong),), ask)


def by_text(answers: Sequence[str], others: Sequence[str] = ()) -> Graded:
    """Judged by its letters, case and punctuation aside; the answers of a list are all right.

    Wrong are the first few of ``others``, the answers to other questions, that are none of them. An answer
    that is a longer text cannot be compared, and so is skipped.
    """
    first, *accepted = [answer.strip() for answer in answers]
    options: dict[str, Any] = {"ignore_case": True}
    if all(any(map(str.isalnum, answer)) for answer in (first, *accepted)):
        options["ignore_punctuation"] = True
    if accepted:
        options["accept"] = accepted
    right = {_form(answer) or answer for answer in (first, *accepted)}
    forms = {_form(other) or other: other for other in others if len(other) <= _LONGEST}
    wrong = [other for form, other in forms.items() if form not in right][:_FEW]
    skip = None
    if len(first) > _LONGEST or "\n" in first:
        skip = f"the answer is a text of {len(first):,} characters: only a judge could compare it"
    ask = "Give the answer alone, in as few words as possible, without an explanation."
    return Graded({"exact": options}, first, tuple(wrong) or ("I do not know.",), ask, skip)


def by_label(labels: Sequence[str], right: str, ask: str | None = None) -> Graded:
    """Judged by the label that an answer names."""
    wrong = next(label for label in labels if label != right)
    asked = f"Answer with one of these alone: {', '.join(labels)}" if ask is None else ask
    return Graded({"label": {"labels": list(labels)}}, right, (wrong,), asked)


def by_choice(choices: Sequence[str], right: int, *, shown: bool = False) -> Graded:
    """Judged by the letter of a choice, or its words; the prompt lists the choices unless ``shown``."""
    letters = letters_of(len(choices))
    forms = list(map(_form, choices))
    own = [form and forms.count(form) == 1 and form not in map(str.lower, letters) for form in forms]
    aliases = {
        alias: letter
        for choice, letter, is_own in zip(choices, letters, own, strict=True)
        if is_own and len(choice) <= _LONGEST
        for alias in (choice.strip(), f"{letter}) {choice.strip()}", f"{letter}. {choice.strip()}")
    }
    options = {"labels": letters, **({"aliases": aliases} if aliases else {})}
    listed = "\n".join(f"{letter}. {choice.strip()}" for letter, choice in zip(letters, choices, strict=True))
    ask = f"Answer with the letter of the right choice alone: {', '.join(letters)}"
    wrong = letters[(right + 1) % len(letters)]
    return Graded({"label": options}, letters[right], (wrong,), ask if shown else f"{listed}\n\n{ask}")


def is_short(choices: Sequence[str]) -> bool:
    """Whether choices are words that a prompt lists in a line, and a grader tells apart."""
    words = all(0 < len(choice.strip()) <= _WORD and "," not in choice for choice in choices)
    return words and len({*map(_form, choices)} - {""}) == len(choices)


def _form(text: str) -> str:
    """A text without what its comparison may leave out."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def letters_of(count: int) -> list[str]:
    """``A``, ``B`` …; numbers where letters do not suffice."""
    if count <= len(string.ascii_uppercase):
        return list(string.ascii_uppercase[:count])
    return [str(number) for number in range(1, count + 1)]

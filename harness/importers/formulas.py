r"""MATH: problems whose solution ends with its answer in ``\boxed{…}``; a folder, or one object a line.

Variants have the answer by itself too (``answer``), or nothing else. What is no number is judged by the
grader ``symbolic``, as the kind of mathematics that it looks like; an answer that it cannot read is skipped
when it is tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.answers import Graded, by_number, by_text, number_of
from harness.importers.base import ImportedSuite, TaskEntry, finished, task_id
from harness.importers.items import Draft, as_text, named, read_all, stem_of, text_in
from harness.importers.questions import QUESTION, name_of

_BOX = re.compile(r"\\(?:boxed|fbox)(?:\s*\{|\s+(?P<bare>[^\s$.,;]+))")
_FRACTION = re.compile(r"\\[dt]?frac(?:\{(\d+)\}\{(\d+)\}|(\d)(\d))")
_UNIT = re.compile(
    r"(?<=\d)\s*(?:\\(?:,|;|!| )|~)*\\(?:text|mbox|mathrm)\{[^{}]*\}(?:\^\{?[23]\}?)?$|\^\{?\\circ\}?$"
)
_WORDS = re.compile(r"\\(?:text|mbox|textbf|mathrm)\{([^{}]*[A-Za-z][^{}]*)\}")
_OF_INTERVALS = (r"\infty", r"\cup", r"\le", r"\ge", "<", ">", r"\neq")
_CONSTANTS = ("e", "i")
_LEVELS = ("beginner", "beginner", "intermediate", "intermediate", "advanced")
_ASK = r"End your answer with its result in \boxed{}."


def read(source: Path, fields: Mapping[str, str]) -> ImportedSuite:
    """The tasks of a file, or of all files below a folder."""
    drafts = []
    for path, items in read_all(source, fields):
        alone = source.is_dir() and len(items) == 1
        for item in items:
            stem = f"{path.parent.name}-{path.stem}" if alone else stem_of(path)
            name = name_of(item) or (stem if alone else None)
            drafts.append(Draft(item.where(), task_id(stem), _entry(item, path, alone), name))
    tasks, left_out = named(drafts)
    description = f"Problems of mathematics, imported from {source.name} (MATH's format)."
    return finished(
        ImportedSuite(
            "en", description, tasks, max_tokens=1024, left_out=left_out, category="math", role="analyst"
        ),
        source,
    )


def _entry(item: FileSection, path: Path, alone: bool) -> TaskEntry:
    kind = next(
        (item[key] for key in ("type", "subject") if key in item), path.parent.name if alone else None
    )
    category = as_text(kind, item.where(), "type")
    level = re.search(r"[1-5]", str(item.get("level", "")))
    more = {"category": task_id(category)} if category else {}
    if level:
        more["difficulty"] = _LEVELS[int(level[0]) - 1]
    return _graded(_answer(item)).task(text_in(item, *QUESTION), **more)


def _answer(item: FileSection) -> str:
    """The answer by itself, or what the solution's last box holds.

    Raises ``ConfigError`` where there is neither.
    """
    if "answer" in item:
        answer = text_in(item, "answer")
        return boxed(answer) or answer.strip()
    answer = boxed(text_in(item, "solution")) or ""
    if not answer:
        raise ConfigError(f"{item.where('solution')}: 'solution' has no \\boxed{{}} that is closed")
    return answer


def boxed(text: str) -> str | None:
    r"""What the last ``\boxed{}`` of a text holds; ``None`` where there is none, or it is not closed."""
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return None
    if bare := boxes[-1]["bare"]:
        return bare
    depth, start = 1, boxes[-1].end()
    for place in range(start, len(text)):
        escaped = text[place - 1] == "\\"
        depth += 0 if escaped else {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start:place].strip()
    return None


def _graded(answer: str) -> Graded:
    """Judged as a number, as words, or as mathematics of the kind that the answer looks like."""
    plain = _UNIT.sub("", answer.strip("$ ").replace("{,}", ","))
    number = number_of(_FRACTION.sub(r"\1\3/\2\4", plain.replace(r"\%", "%").replace(r"\$", "$")))
    if number is not None:
        return replace(by_number(number), ask=_ASK)
    if words := _WORDS.fullmatch(answer):
        return by_text([words[1].strip("() ")])
    kind = kind_of(plain)
    options: dict[str, Any] = {"kind": kind}
    if kind == "expression":
        options["variables"] = dict.fromkeys(variables_in(plain), "real")
    wrong = f"({plain}) + 1" if kind == "expression" else "7654321"
    return Graded({"symbolic": options}, _boxed(plain), (_boxed(wrong),), _ASK)


def kind_of(answer: str) -> str:
    """What kind of mathematics an answer is, as the grader ``symbolic`` calls it, by its form."""
    if r"\begin{" in answer:
        return "matrix"
    bare = re.sub(r"\\(?:left|right)(?![a-zA-Z])|\s", "", answer)
    first, last = bare[:1], bare[-1:]
    bracketed = first in ("(", "[") and last in (")", "]") and _top_level_comma(bare[1:-1])
    if any(sign in bare for sign in _OF_INTERVALS) or (bracketed and (first, last) != ("(", ")")):
        return "interval"
    if bracketed:
        return "tuple"
    is_set = bare.startswith(r"\{") or r"\pm" in bare or _top_level_comma(bare)
    return "set" if is_set else "expression"


def variables_in(formula: str) -> list[str]:
    """The letters that stand for numbers in a formula, in their order."""
    letters = re.findall(
        r"[a-zA-Z]", re.sub(r"\\(?:text|mathrm|operatorname)\{[^{}]*\}|\\[a-zA-Z]+", " ", formula)
    )
    return [letter for letter in dict.fromkeys(letters) if letter not in _CONSTANTS]


def _top_level_comma(text: str) -> bool:
    """Whether a comma stands outside all brackets; ``1{,}000`` and ``1,000`` are numbers."""
    depth = 0
    for place, char in enumerate(text):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(char, 0)
        if char == "," and depth == 0 and not re.match(r"\d{3}(?!\d)", text[place + 1 :]):
            return True
    return False


def _boxed(text: str) -> str:
    return rf"\boxed{{{text}}}"

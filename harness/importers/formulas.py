r"""MATH: problems whose solution ends with its answer in ``\boxed{…}``; a folder, or one object a line.

Variants have the answer by itself too (``answer``), or nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.answers import Graded, by_number, by_text, number_of
from harness.importers.base import ImportedSuite, TaskEntry, finished, task_id
from harness.importers.items import Draft, as_text, named, read_all, stem_of, text_in
from harness.importers.questions import QUESTION, name_of

_BOX = re.compile(r"\\(?:boxed|fbox)(?:\s*\{|\s+(?P<bare>[^\s$.,;]+))")
_FRACTION = re.compile(r"\\[dt]?frac(?:\{(\d+)\}\{(\d+)\}|(\d)(\d))")
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
    """Judged as a number where the answer is one; formulas are not judged yet."""
    number = number_of(_FRACTION.sub(r"\1\3/\2\4", answer.strip("$ ")))
    if number is None:
        return replace(
            by_text([answer]), ask=_ASK, skip="the answer is a formula, which no grader here compares"
        )
    return replace(by_number(number), ask=_ASK)

"""BIG-Bench Hard: a file a kind of task, ``{"examples": [{"input": …, "target": …}]}`` or one object a line.

The targets of a file tell its kind: letters of options that the input lists (``(A)``), numbers, a few words
that come again and again (Yes, No), or free text. Answers are asked for at once, without a way of reasoning
shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from harness.filesections import FileSection, expect_section
from harness.importers.answers import Graded, by_choice, by_text, graded, letters_of
from harness.importers.base import ImportedSuite, finished
from harness.importers.items import Draft, files_of, items_of, named, renamed, stem_of, text_in

_LETTER = re.compile(r"\(([A-Z])\)")
_OPTION = re.compile(r"^\s*[(]([A-Z])[)]\s*(.*?)\s*$", re.MULTILINE)
_MOST = 0.9  # of the targets of a file, that tell its kind


def read(source: Path, fields: Mapping[str, str]) -> ImportedSuite:
    """The tasks of a file, or of all files below a folder; each file is a category."""
    drafts = []
    for path in files_of(source):
        examples = _examples(path, fields)
        targets = [text_in(example, "target").strip() for example in examples]
        questions = [text_in(example, "input") for example in examples]
        judged, stem = _judged(questions, targets), stem_of(path)
        for example, question, answer in zip(examples, questions, judged, strict=True):
            drafts.append(Draft(example.where(), stem, answer.task(question, category=stem)))
    tasks, left_out = named(drafts)
    description = (
        f"Reasoning in many kinds of puzzles, imported from {source.name} (BIG-Bench Hard's format)."
    )
    return finished(
        ImportedSuite("en", description, tasks, left_out=left_out, category="analysis", role="analyst"),
        source,
    )


def _examples(path: Path, fields: Mapping[str, str]) -> Sequence[FileSection]:
    items = items_of(path)
    if len(items) == 1 and isinstance(items[0].get("examples"), list):
        (whole,) = items
        where = whole.where("examples")
        items = [expect_section(each, where, f"example {n}") for n, each in enumerate(whole["examples"], 1)]
    return [renamed(item, fields) for item in items]


def _judged(questions: Sequence[str], targets: Sequence[str]) -> list[Graded]:
    """How the answers of a file are judged. A few targets that are no letters do not change its kind."""
    letters = sum(_LETTER.fullmatch(target) is not None for target in targets)
    if letters < _MOST * len(targets):
        return graded([[target] for target in targets])
    return [_of_options(question, target) for question, target in zip(questions, targets, strict=True)]


def _of_options(question: str, target: str) -> Graded:
    """By the letter of an option, which the target names or spells out."""
    options = _OPTION.findall(question)
    letters, words = [letter for letter, _ in options], [text for _, text in options]
    named = _LETTER.fullmatch(target)
    right = named[1] if named else dict(zip(words, letters, strict=True)).get(target)
    if letters != letters_of(len(letters)) or len(letters) < 2 or right not in letters:
        return _odd(target)
    return by_choice(words, letters.index(right), shown=True)


def _odd(target: str) -> Graded:
    return replace(
        by_text([target]), skip=f"the target {target!r:.60} is of another kind than those around it"
    )

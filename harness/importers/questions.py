"""Questions and answers as GSM8K has them: the answer is a number, or ends with ``#### NUMBER``.

Other files of questions are read as well: what is no number is compared as text, and a list of answers gives
the ways in which a right one may be written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.answers import graded
from harness.importers.base import ImportedSuite, finished
from harness.importers.items import Draft, as_text, named, read_all, stem_of, text_in, texts_in

QUESTION = ("question", "problem", "prompt", "input", "query")
ANSWER = ("answer", "answers", "target", "output", "solution")
ID = ("id", "task_id", "question_id", "unique_id", "uid")
_MARK = "####"


def read(source: Path, fields: Mapping[str, str]) -> ImportedSuite:
    """The tasks of a file, or of all files below a folder."""
    drafts = []
    for path, items in read_all(source, fields):
        answers = graded([_final(texts_in(item, *ANSWER), item) for item in items])
        for item, answer in zip(items, answers, strict=True):
            entry = answer.task(text_in(item, *QUESTION))
            drafts.append(Draft(item.where(), stem_of(path), entry, name_of(item)))
    tasks, left_out = named(drafts)
    numbers = all("numeric" in task["grader"] for task in tasks)
    return finished(
        ImportedSuite(
            language="en",
            description=f"Questions with known answers, imported from {source.name}.",
            tasks=tasks,
            left_out=left_out,
            category="math" if numbers else "analysis",
            role="analyst",
        ),
        source,
    )


def name_of(item: FileSection) -> str | None:
    """The id that an item has, if any."""
    key = next((key for key in ID if key in item), None)
    return None if key is None else as_text(item[key], item.where(key), key)


def _final(answers: Sequence[str], item: FileSection) -> list[str]:
    """The answers; of one that is worked out, what stands behind its last ``####``."""
    final = [answer.rpartition(_MARK)[2].strip() for answer in answers]
    if not all(final):
        raise ConfigError(f"{item.where()}: nothing stands behind the last {_MARK} of an answer")
    return final

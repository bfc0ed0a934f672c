"""Tasks that ask for the labels of many items at once: the items of single tasks of the same file, put together."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, get_args

from harness.errors import ConfigError
from harness.fieldtypes import Between
from harness.filesections import FileSection, read_record, section_of
from harness.records import Difficulty

_ANSWER = 12  # tokens that the label of an item takes, with its number
_DIFFICULTY = get_args(Difficulty)[1]  # of tasks that name none


@dataclass(frozen=True, slots=True)
class Batches:
    """The ``batches`` of a task file: a task of ``size`` items for each difficulty.

    The prompt has a place for the numbered ``{items}``, which are the ``text`` among the ``vars`` of tasks.
    """

    prompt: str
    size: Annotated[int, Between(2, 500)] = 20


def batched(body: FileSection, tasks: Sequence[FileSection], season: int) -> Iterator[FileSection]:
    """A task section for each difficulty of which there are items enough. Raises ``ConfigError``."""
    spec = read_record(Batches, body, "'batches'")
    grader = tasks[0].get("grader") if tasks else None
    if not isinstance(grader, FileSection) or "label" not in grader:
        raise ConfigError(f"{body.where()}: 'batches' are made of tasks with 'grader: {{label: …}}'")
    category = str(tasks[0].get("category", "items"))
    options = {key: value for key, value in grader["label"].items() if key in ("labels", "aliases")}
    rng = random.Random(f"batches/{season}/{category}")
    for difficulty in get_args(Difficulty):
        items = [task for task in tasks if task.get("difficulty", _DIFFICULTY) == difficulty]
        if len(items) >= spec.size:
            drawn = rng.sample(items, spec.size)
            labels = [str(item["reference"]) for item in drawn]
            tempting = [str(item["wrong"][0]) for item in drawn]
            batch = {
                "id": f"{category}-batch-{difficulty}",
                "category": "batch",
                "difficulty": difficulty,
                "prompt": spec.prompt,
                "vars": {"items": "\n".join(f"{at}. {_text(item)}" for at, item in enumerate(drawn, 1))},
                "grader": {
                    "labels": {**options, "of": category, "tasks": [str(item["id"]) for item in drawn]}
                },
                "reference": _numbered(labels),
                "wrong": [
                    _numbered(tempting),
                    _numbered([*labels[1:], tempting[-1]]),
                    _numbered(labels[:-1]),
                ],
                "max_tokens": _ANSWER * spec.size,
            }
            yield section_of(batch, body.file, body.line)


def _text(task: FileSection) -> str:
    """The text of a task, on one line."""
    values = task.get("vars")
    if not isinstance(values, FileSection) or "text" not in values:
        raise ConfigError(f"{task.where()}: 'batches' need 'vars: {{text: …}}' of every task")
    return " ".join(str(values["text"]).split())


def _numbered(labels: Sequence[str]) -> str:
    return "\n".join(f"{number}: {label}" for number, label in enumerate(labels, 1))

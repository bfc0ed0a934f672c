"""HumanEval: one JSON object a line, with a Python function to complete and a ``check`` of it.

Keys: ``task_id``, ``prompt`` (imports, helpers, signature and docstring), ``entry_point``,
``canonical_solution`` (the body), ``test`` (defines ``check(candidate)``).
"""

from __future__ import annotations

from pathlib import Path

from harness.errors import ConfigError
from harness.importers.base import ImportedSuite, TaskEntry, fenced, finished, needs, task_id
from harness.importers.code import Parts, absent_python, parts, wrong_answer
from harness.importers.jsonl import read_items, required
from harness.yamlfile import Section

_PROMPT = "Complete this Python function. Answer with the whole function in one code block.\n\n"


def read(source: Path) -> ImportedSuite:
    """The tasks of a HumanEval file (``.jsonl`` or ``.jsonl.gz``)."""
    tasks = tuple(_task(item) for item in read_items(source))
    description = f"Functions to complete in Python, imported from {source.name} (HumanEval's format)."
    return finished(ImportedSuite("python", description, tasks), source)


def _task(item: Section) -> TaskEntry:
    prompt, test = required(item, "prompt"), required(item, "test")
    entry = python_entry(item, prompt + required(item, "canonical_solution"), test)
    return {**entry, "prompt": _PROMPT + fenced(prompt, "python")}


def entry_parts(item: Section, reference: str, language: str) -> Parts:
    """The reference around the function that is asked for."""
    name = required(item, "entry_point")
    around = parts(reference, language, name)
    if not around.head:
        raise ConfigError(
            f"{item.where('entry_point')}: 'entry_point' {name!r} is no function of the item's code"
        )
    return around


def python_entry(item: Section, reference: str, test: str) -> TaskEntry:
    """All of a task but its prompt, of an item whose test defines ``check``."""
    name = required(item, "entry_point")
    around = entry_parts(item, reference, "python")
    call = f"check({name})"
    entry = {
        "id": task_id(required(item, "task_id")),
        "category": "functions",
        "grader": {
            "python_asserts": {
                "names": [name],
                "signature": around.head,
                "prelude": around.before,
                "tests": [test if call in test else f"{test}\n\n{call}\n"],
            }
        },
        "reference": reference,
        "wrong": [wrong_answer(reference, "python")],
    }
    reason = needs(absent_python(reference, test))
    return {**entry, "skip": reason} if reason else entry

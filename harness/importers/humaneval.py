"""HumanEval: one JSON object a line, with a Python function to complete and a ``check`` of it.

Keys: ``task_id``, ``prompt`` (imports, helpers, signature and docstring), ``entry_point``,
``canonical_solution`` (the body), ``test`` (defines ``check(candidate)``). HumanEval+ has the same keys.
"""

from __future__ import annotations

import re
from pathlib import Path

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.base import ImportedSuite, TaskEntry, fenced, finished, needs, task_id
from harness.importers.code import absent_python, last_function, parts, with_more, wrong_answer
from harness.importers.jsonl import optional, read_items, required
from harness.importers.stand_ins import numpy_stand_in

_SIGNED = re.compile(r"(\w+)\s*[(<\[]")  # the name in a signature of any language
_PROMPT = "Complete this Python function. Answer with the whole function in one code block.\n\n"


def read(source: Path) -> ImportedSuite:
    """The tasks of a HumanEval file (``.jsonl`` or ``.jsonl.gz``)."""
    tasks = tuple(_task(item) for item in read_items(source))
    description = f"Functions to complete in Python, imported from {source.name} (HumanEval's format)."
    return finished(ImportedSuite("python", description, tasks), source)


def _task(item: FileSection) -> TaskEntry:
    if "base_input" in item and "test" not in item:
        raise ConfigError(
            f"{item.where()}: has inputs, but no tests; HumanEval+ has them in the form that datasets give "
            "(evalplus/humanevalplus), with the key 'test'"
        )
    prompt, test = required(item, "prompt"), required(item, "test")
    reference = prompt + required(item, "canonical_solution")
    name = entry_point(item, reference, prompt, "python")
    entry = python_entry(item, name, reference, prompt, test)
    return {**entry, "prompt": _PROMPT + fenced(prompt, "python")}


def entry_point(item: FileSection, reference: str, declaration: str, language: str) -> str:
    """The function that is asked for: ``entry_point``, or, where that is none, the name in ``signature``.

    Without ``entry_point`` it may also be the one whose body is left open.
    """
    named: str = optional(item, "entry_point", "")
    signed = _SIGNED.search(optional(item, "signature", ""))
    names: list[str] = [named, signed[1] if signed else ""]
    if not named:
        names.append(last_function(declaration + "\n}\n", language))
    for name in filter(None, names):
        if parts(reference, language, name).head:
            return name
    raise ConfigError(
        f"{item.where('entry_point')}: 'entry_point' {named!r} is no function of the item's code"
    )


def python_entry(item: FileSection, name: str, reference: str, prompt: str, test: str) -> TaskEntry:
    """All of a task but its prompt, of an item whose test defines ``check``."""
    around = parts(reference, "python", name)
    call = f"check({name})"
    numpy = numpy_stand_in(test)
    entry = {
        "id": task_id(required(item, "task_id")),
        "category": "functions",
        "grader": {
            "python_asserts": {
                "names": [name],
                "signature": around.head,
                "prelude": with_more(
                    around.before, parts(prompt + "    pass\n", "python", name).before, "python"
                ),
                "tests": [test if call in test else f"{test}\n\n{call}\n"],
                **({"test_modules": numpy} if numpy else {}),
            }
        },
        "reference": reference,
        "wrong": [wrong_answer(reference, "python"), prompt],
    }
    reason = needs(absent_python(reference) | absent_python(test, present=numpy))
    return {**entry, "skip": reason} if reason else entry

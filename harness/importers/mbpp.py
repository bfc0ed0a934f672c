"""MBPP: one JSON object a line, with a short order in words and asserts on the function wanted.

Keys: ``task_id``, ``text`` (in the sanitised variant ``prompt``), ``code``, ``test_list``, and
where there are some ``test_setup_code`` or ``test_imports``, and ``challenge_test_list``. MBPP+ has
more tests in ``test``, which are not shown.
"""

from __future__ import annotations

from pathlib import Path

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.base import ImportedSuite, TaskEntry, fenced, finished, needs, task_id
from harness.importers.code import absent_python, parts, used_names, wrong_answer
from harness.importers.jsonl import optional, read_items, required
from harness.importers.stand_ins import numpy_stand_in


def read(source: Path) -> ImportedSuite:
    """The tasks of an MBPP file, full or sanitised."""
    tasks = tuple(_task(item) for item in read_items(source))
    description = f"Short orders for Python functions, imported from {source.name} (MBPP's format)."
    return finished(ImportedSuite("python", description, tasks, max_tokens=512), source)


def _task(item: FileSection) -> TaskEntry:
    text = required(item, "text" if "text" in item else "prompt")
    shown = required(item, "test_list", tuple[str, ...])
    if not shown:
        raise ConfigError(f"{item.where()}: 'test_list' is empty, so nothing can be graded")
    code = required(item, "code").replace("\r\n", "\n")
    imports = optional(item, "test_imports", (), tuple[str, ...])
    setup = "\n".join([*imports, optional(item, "test_setup_code", "")]).strip()
    tests = [*shown, *optional(item, "challenge_test_list", (), tuple[str, ...])]
    if more := optional(item, "test", ""):
        tests.append(more)
    numpy = numpy_stand_in(more)
    names = used_names(code, "\n".join([setup, *tests]), "python")
    if not names:
        raise ConfigError(f"{item.where()}: 'test_list' uses nothing that 'code' defines")
    entry = {
        "id": task_id(f"mbpp-{required(item, 'task_id', int)}"),
        "category": "functions",
        "difficulty": "beginner",
        "prompt": _prompt(text, setup, shown),
        "grader": {
            "python_asserts": {
                "names": names,
                "signature": parts(code, "python", names[0]).head if len(names) == 1 else "",
                "setup": setup,
                "tests": tests,
                **({"test_modules": numpy} if numpy else {}),
            }
        },
        "reference": code,
        "wrong": [wrong_answer(code, "python")],
    }
    reason = needs(absent_python(code) | absent_python(setup, *tests, present=numpy))
    return {**entry, "skip": reason} if reason else entry


def _prompt(text: str, setup: str, tests: tuple[str, ...]) -> str:
    """MBPP shows the asserts, since they alone say what the function is called."""
    shown = fenced("\n".join(filter(None, [setup, *tests])), "python")
    return f"{text.strip()}\n\nAnswer with Python code in one block. It has to pass these tests:\n\n{shown}"

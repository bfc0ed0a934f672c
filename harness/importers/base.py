"""What every importer gives, and the one writer of it."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from harness.errors import ConfigError, HarnessError
from harness.names import choose
from harness.yamltext import yaml_text

TaskEntry = Mapping[str, Any]  # one line of tasks.jsonl: the keys of docs/suites.md
UNKNOWN_LICENCE = "see source"


@dataclass(frozen=True, slots=True)
class ImportedSuite:
    """A suite that is not on disk yet. ``left_out`` says what of the source is not in it, and why.

    ``category`` is the task type that routing rules know, ``defaults`` what holds for every task.
    """

    language: str
    description: str
    tasks: tuple[TaskEntry, ...]
    licence: str = UNKNOWN_LICENCE
    max_tokens: int = 1024
    left_out: Mapping[str, str] = field(default_factory=dict)
    category: str = "code"
    role: str = "coder"
    defaults: Mapping[str, Any] = field(default_factory=dict)


def task_id(text: str) -> str:
    """An id as suites want it: ``HumanEval/0`` → ``humaneval-0``."""
    return re.sub(r"[^a-z0-9._]+", "-", text.lower()).strip("-._")


def fenced(code: str, language: str) -> str:
    """Code as it stands in a prompt."""
    return f"```{language}\n{code.strip(chr(10))}\n```"


def needs(packages: Iterable[str]) -> str | None:
    """The reason to skip a task that uses packages which are absent, if it uses any."""
    names = sorted(set(packages))
    return f"needs {', '.join(names)}, which is not installed in the sandbox" if names else None


def chosen(suite: ImportedSuite, only: str | None, limit: int | None) -> ImportedSuite:
    """The suite with the tasks that ``only`` names (ids, globs), and of those the first ``limit``.

    Raises ``UnknownName``.
    """
    ids = [task["id"] for task in suite.tasks]
    names = set((ids if only is None else choose(only, ids, "task"))[:limit])
    return replace(suite, tasks=tuple(task for task in suite.tasks if task["id"] in names))


def check_free(folder: Path, *, force: bool) -> None:
    """Refuse a folder that holds a suite already, unless ``force``, or anything else, always."""
    if not folder.exists():
        return
    if not (folder / "suite.yaml").is_file():
        if folder.is_dir() and not any(folder.iterdir()):
            return
        raise HarnessError(f"{folder} exists and is no suite; choose another --into")
    if not force:
        raise HarnessError(
            f"{folder} holds a suite already; choose another --into, or replace it with --force"
        )


def write(suite: ImportedSuite, folder: Path, *, force: bool = False) -> None:
    """Write the suite's folder: whole, or not at all."""
    check_free(folder, force=force)
    head = {
        "name": folder.name,
        "version": "1.0.0",
        "category": suite.category,
        "language": suite.language,
        "description": suite.description,
        "licence": suite.licence,
        "tags": ["imported"],
        "defaults": {"role": suite.role, "max_tokens": suite.max_tokens, **suite.defaults},
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        made = Path(temporary) / "made"
        made.mkdir(mode=0o755)
        (made / "suite.yaml").write_text(yaml_text(head), "utf-8")
        lines = (json.dumps(task) + "\n" for task in suite.tasks)
        (made / "tasks.jsonl").write_text("".join(lines), "utf-8")
        if folder.exists():
            folder.rename(Path(temporary) / "old")  # goes with the temporary folder
        made.rename(folder)


def finished(suite: ImportedSuite, source: Path) -> ImportedSuite:
    """The suite. Raises ``ConfigError`` where it has no tasks, or two of the same id."""
    if not suite.tasks:
        why = "; ".join(f"{name}: {reason}" for name, reason in [*suite.left_out.items()][:3])
        raise ConfigError(f"{source}: holds no task that can be imported{'; ' + why if why else ''}")
    counts = Counter(task["id"] for task in suite.tasks)
    twice = next((name for name, count in counts.items() if count > 1), None)
    if twice is not None:
        raise ConfigError(f"{source}: two items have the id {twice!r}")
    return suite

"""Datasets of Inspect: items with ``input``, ``target``, and often ``choices``, ``id`` and ``metadata``.

A dataset does not say how its answers are scored. With choices it is the letter of the right one; a target
that is a number is compared as one, and others as text. Samples that need files or a sandbox are skipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.answers import Graded, by_choice, graded, letters_of
from harness.importers.base import ImportedSuite, TaskEntry, finished, task_id
from harness.importers.items import Draft, as_text, named, read_all, stem_of, text_in, texts_in
from harness.importers.questions import name_of
from harness.jsontext import object_of, parse_part

_ROLES = ("system", "user", "assistant")
_NEEDS = ("sandbox", "files", "setup")


def read(source: Path, fields: Mapping[str, str]) -> ImportedSuite:
    """The tasks of a file, or of all files below a folder."""
    drafts = []
    for path, items in read_all(source, fields):
        targets = [texts_in(item, "target") for item in items]
        for item, target, answer in zip(items, targets, graded(targets), strict=True):
            choices = _choices(item)
            judged = _chosen(item, choices, target) if choices else answer
            drafts.append(Draft(item.where(), stem_of(path), _entry(item, judged), name_of(item)))
    tasks, left_out = named(drafts)
    description = f"Samples with known targets, imported from {source.name} (a dataset of Inspect)."
    return finished(
        ImportedSuite("en", description, tasks, left_out=left_out, category="analysis", role="analyst"),
        source,
    )


def _chosen(item: FileSection, choices: Sequence[str], targets: Sequence[str]) -> Graded:
    """By the choice that the target names, by its letter or its words."""
    letters = letters_of(len(choices))
    right = {target.strip() for target in targets}
    if len(right) == 1 and len(letters) > 1:
        (only,) = right
        if only in letters:
            return by_choice(choices, letters.index(only))
        if choices.count(only) == 1:
            return by_choice(choices, choices.index(only))
    what = f"names several of the {len(choices)} choices" if right <= {*letters} else "is none of the choices"
    if right <= {*letters}:
        return Graded({"exact": {}}, targets[0], ("?",), "", f"the target {what}")
    raise ConfigError(f"{item.where('target')}: 'target' {what}: {', '.join(targets)!r:.60}")


def _choices(item: FileSection) -> list[str]:
    """The choices, which a CSV has as one cell: a JSON list, or words between commas."""
    value = item.get("choices")
    if isinstance(value, str) and value.strip().startswith("["):
        value = parse_part(value, item.where("choices"), 1)
    if isinstance(value, str):
        value = value.split(",") if "," in value else value.split()
    if value is not None and not isinstance(value, list):
        value = [value]
    texts = [as_text(choice, item.where("choices"), "choices") for choice in value or ()]
    return [text.strip() for text in texts if text is not None]


def _entry(item: FileSection, judged: Graded) -> TaskEntry:
    metadata = item.get("metadata")
    about: Mapping[str, Any] = (object_of(metadata) or {}) if isinstance(metadata, str) else metadata or {}
    more: dict[str, Any] = {}
    if isinstance(about, Mapping) and isinstance(about.get("category"), str):
        more["category"] = task_id(about["category"])
    needed = [name for name in _NEEDS if item.get(name)]
    if needed:
        more["skip"] = f"the sample needs {', '.join(needed)}, which are not imported"
    if isinstance(item.get("input"), list):
        return {**judged.answer, **more, "messages": _messages(item, judged.ask)}
    return judged.task(text_in(item, "input"), **more)


def _messages(item: FileSection, ask: str) -> list[dict[str, str]]:
    """The turns of a chat; the last one asks."""
    if not item["input"]:
        raise ConfigError(f"{item.where('input')}: 'input' is empty")
    messages = []
    for number, turn in enumerate(item["input"], 1):
        where = f"{item.where('input')}: turn {number}"
        if not isinstance(turn, FileSection) or turn.get("role") not in _ROLES:
            raise ConfigError(f"{where}: 'role' must be one of {', '.join(_ROLES)}")
        content = turn.get("content")
        if not isinstance(content, str) or not content.strip():
            raise ConfigError(f"{where}: 'content' must be text; images and calls of tools are not imported")
        messages.append({"role": turn["role"], "content": content})
    if messages[-1]["role"] != "user":
        raise ConfigError(f"{item.where('input')}: the last turn must be the user's")
    if ask:
        messages[-1]["content"] += f"\n\n{ask}"
    return messages

"""A task with ``steps``: an orchestration of many calls becomes a task like any other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection, check_keys, expect_section, section_of

_KEYS = ("id", "prompt", "category", "difficulty", "role", "language", "steps", "wrong", "max_tokens", "skip")
_PLACE = re.compile(r"\{(\w+)\}")
_ALL_AT_ONCE = """\
{story}

Do all of the following steps, in this order. «x» stands for your own answer to the step x.

{steps}

Answer with one JSON object that has a key for every step ({first}, …) and its answer as a text."""


def as_task(section: FileSection) -> FileSection:
    """The section of an orchestration as a task: its prompt asks for all steps in a single call."""
    check_keys(section, _KEYS, "an orchestration")
    steps = expect_section(section["steps"], section.where("steps"), "'steps'")
    references: dict[str, str] = {}
    for name, step in steps.items():
        step = expect_section(step, steps.where(name), f"the step {name!r}")
        if not isinstance(step.get("prompt"), str) or not isinstance(step.get("reference"), str):
            raise ConfigError(
                f"{steps.where(name)}: the step {name!r} needs 'prompt' and 'reference', both text"
            )
        references[name] = step["reference"]
    wrong = [_changed(entry, references, section) for entry in section.get("wrong") or ()]
    values = {
        "prompt": _ALL_AT_ONCE.format(
            story=section.get("prompt") or "",
            steps="\n\n".join(_shown(name, step, references) for name, step in steps.items()),
            first=next(iter(steps), ""),
        ),
        "grader": section_of({"graph": {"steps": steps}}, section.file, section.line),
        "reference": json.dumps(references, ensure_ascii=False),
        "wrong": wrong,
    }
    task = FileSection({**{key: value for key, value in section.items() if key != "steps"}, **values})
    task.file, task.line, task.lines = section.file, section.line, section.lines
    return task


def _shown(name: str, step: Mapping[str, Any], steps: Mapping[str, str]) -> str:
    text = _PLACE.sub(lambda place: f"«{place[1]}»" if place[1] in steps else place[0], step["prompt"])
    return f"[{name}]\n{text.strip()}"


def _changed(entry: Any, references: Mapping[str, str], section: FileSection) -> str:
    """The references with some answers otherwise: a mapping from steps to wrong answers."""
    if not isinstance(entry, Mapping) or not entry or not entry.keys() <= references.keys():
        raise ConfigError(f"{section.where('wrong')}: each must map steps to wrong answers")
    return json.dumps({**references, **entry}, ensure_ascii=False)

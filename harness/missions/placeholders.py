"""``{model}`` and its like in the arguments of commands: what there is, and what stands in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

PLACEHOLDERS = {
    "model": "the model's id in models.yaml",
    "model_path": "the path of its GGUF file",
    "mission": "the path of the mission's file",
    "id": "the mission's id",
    "name": "the mission's name",
    "task_type": "its task type",
}
_HINT = "write {{ and }} for braces that stand for themselves"


def names_in(text: str) -> list[str]:
    """The placeholders in an argument. Raises ``ValueError`` saying what is wrong with one."""
    try:
        parts = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise ValueError(f"a brace in {text!r:.60} is not closed or not opened; {_HINT}") from None
    for name, form, conversion in parts:
        written = f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"
        if written.strip("{}") not in PLACEHOLDERS:
            raise ValueError(f"{written} is no placeholder (there are {', '.join(PLACEHOLDERS)}; {_HINT})")
    return [str(name) for name, _, _ in parts]


def filled(arguments: Sequence[str], values: Mapping[str, str | None]) -> list[str]:
    """The arguments with what their placeholders stand for. Raises ``ValueError`` for one without a value."""
    missing = [name for text in arguments for name in names_in(text) if values.get(name) is None]
    if missing:
        raise ValueError(f"{{{missing[0]}}} stands for nothing: {_WITHOUT[missing[0]]}")
    return [text.format_map(values) for text in arguments]


_WITHOUT = {
    "model_path": "the model has no file on this machine",
    "mission": "the mission names no `file`",
    "task_type": "the mission has no task type",
}

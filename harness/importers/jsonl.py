"""Reading JSON: benchmark items as lines or as one list, packed or not, or one object; lines are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import read_text
from harness.filesections import FileSection, convert, section_of
from harness.jsontext import parse_part, read_json_lines

_MOST = 1 << 30  # bytes of a file of items


def read_items(source: Path) -> list[FileSection]:
    """The items of a file; one that is a single object, over several lines, is one item.

    Raises ``ConfigError`` naming file and line.
    """
    text = read_text(source, _MOST)
    if text.lstrip().startswith("["):
        numbered = _of_list(text, source)
    elif text.partition("\n")[0].strip() == "{":
        numbered = iter([(1, parse_part(text, source, 1))])
    else:
        numbered = read_json_lines(source, _MOST)
    items = [_item(value, source, line) for line, value in numbered]
    if not items:
        raise ConfigError(f"{source}:1: the file holds no items")
    return items


def read_object(path: Path) -> FileSection:
    """A file that is one JSON object; its keys know their lines. Raises ``ConfigError``."""
    text = read_text(path)
    section = _item(parse_part(text, path, 1), path, 1)
    section.lines = {key: text.count("\n", 0, max(0, text.find(json.dumps(key)))) + 1 for key in section}
    return section


def required(item: FileSection, key: str, hint: Any = str) -> Any:
    """A value that an item must have, of the type ``hint``."""
    if item.get(key) is None:
        raise ConfigError(f"{item.where()}: {key!r} is missing; there are {', '.join(item) or 'no keys'}")
    return convert(item[key], hint, item, key)


def optional(item: FileSection, key: str, default: Any, hint: Any = str) -> Any:
    """A value that an item may have."""
    return default if item.get(key) is None else convert(item[key], hint, item, key)


def _of_list(text: str, source: Path) -> Iterator[tuple[int, Any]]:
    """The members of one JSON list, each with the line it starts on."""
    decoder, at, line = json.JSONDecoder(), text.index("[") + 1, 1 + text.count("\n", 0, text.index("["))
    while True:
        start = at
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        line += text.count("\n", start, at)
        if text[at : at + 1] == "]":
            return
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"{source}:{line}: not valid JSON: {error}") from None
        yield line, parse_part(text[at:end], source, line)
        line += text.count("\n", at, end)
        at = end


def _item(value: Any, source: Path, line: int) -> FileSection:
    if not isinstance(value, dict):
        raise ConfigError(f"{source}:{line}: an item must be a JSON object")
    return section_of(value, source, line)

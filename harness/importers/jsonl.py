"""Reading JSON: benchmark items as lines or as one list, gzipped or not, or one object; lines are known."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.yamlfile import Section, convert, section_of


def read_items(source: Path) -> list[Section]:
    """The items of a file. Raises ``ConfigError`` naming file and line."""
    text = _text(source)
    found = _of_list(text, source) if text.lstrip().startswith("[") else _of_lines(text, source)
    items = [_item(value, source, line) for value, line in found]
    if not items:
        raise ConfigError(f"{source}:1: the file holds no items")
    return items


def read_object(path: Path) -> Section:
    """A file that is one JSON object; its keys know their lines. Raises ``ConfigError``."""
    text = _text(path)
    try:
        section = _item(json.loads(text), path, 1)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path}:{error.lineno}: not valid JSON: {error.msg}") from error
    section.lines = {key: text.count("\n", 0, max(0, text.find(json.dumps(key)))) + 1 for key in section}
    return section


def required(item: Section, key: str, hint: Any = str) -> Any:
    """A value that an item must have, of the type ``hint``."""
    if item.get(key) is None:
        raise ConfigError(f"{item.where()}: {key!r} is missing; there are {', '.join(item) or 'no keys'}")
    return convert(item[key], hint, item, key)


def optional(item: Section, key: str, default: Any, hint: Any = str) -> Any:
    """A value that an item may have."""
    return default if item.get(key) is None else convert(item[key], hint, item, key)


def _text(source: Path) -> str:
    try:
        data = source.read_bytes()
        return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    except IsADirectoryError:
        raise ConfigError(f"{source}: is a folder; give the JSONL file in it") from None
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError(f"cannot read {source}: {getattr(error, 'strerror', None) or error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{source}:{line}: not UTF-8 text: {error.reason}") from error


def _of_lines(text: str, source: Path) -> Iterator[tuple[Any, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line), number
            except ValueError as error:
                raise ConfigError(f"{source}:{number}: not valid JSON: {error}") from error


def _of_list(text: str, source: Path) -> Iterator[tuple[Any, int]]:
    """The members of one JSON list, each with the line it starts on."""
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        line = text.count("\n", 0, at) + 1
        if text[at : at + 1] == "]":
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError as error:
            raise ConfigError(f"{source}:{line}: not valid JSON: {error}") from error
        yield value, line


def _item(value: Any, source: Path, line: int) -> Section:
    if not isinstance(value, dict):
        raise ConfigError(f"{source}:{line}: an item must be a JSON object")
    return section_of(value, source, line)

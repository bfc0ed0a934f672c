"""YAML files as values whose mappings know their lines; every complaint names file and line.

Scalars follow YAML 1.2: only ``true`` and ``false`` are booleans (a label may be called
``no``), ``1e-6`` is a number, and ``12:30`` and ``2026-11-20`` are text. ``<<: *name`` merges a mapping.
``!file NAME`` stands for the text of a file beside the YAML file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from harness.errors import ConfigError
from harness.files import inside, read_text
from harness.filesections import FileSection

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the slow one where PyYAML has no libyaml
Tags = Mapping[str, Callable[[str], Any]]
_DEPTH = 100  # of values in values
_MOST = 64 << 20  # characters and values of a file, with what aliases and !file stand for written out
_DIGITS = 300  # of which every number fits into a float
_ORDINARY = (None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


def read_yaml(path: Path, beside: Path | None = None, tags: Tags | None = None) -> Any:
    """The content of a YAML file; mappings are ``FileSection``. Raises ``ConfigError``.

    ``!file`` reads files in the folder ``beside`` (the file's own) and nowhere else. ``tags`` are those of
    another tool: what is made of the text behind each.
    """
    text = read_text(path, _MOST)
    document = _Document(path, text, beside or path.parent, tags)
    try:
        return document.read()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        start = error.context_mark.line + 1 if error.context_mark else line
        since = f", {error.context} that begins in line {start}" if start < line else ""
        raise ConfigError(f"{path}:{line}: not valid YAML: {error.problem}{since}") from error
    except yaml.YAMLError as error:  # a character that YAML does not have
        unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, unprintable.start()) + 1 if unprintable else 1
        what = f"the character {unprintable[0]!a}" if unprintable else " ".join(str(error).split())
        raise ConfigError(f"{path}:{line}: not valid YAML: {what}") from error


_PLAIN = re.compile(
    r"(?P<bool>true|True|TRUE|false|False|FALSE)|(?P<null>~|null|Null|NULL|)"
    r"|(?P<int>[-+]?(?:0|[1-9][0-9_]*)|0x[0-9a-fA-F_]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
    r"|[-+]?\.(?:inf|Inf)|\.(?:nan|NaN))"
)
_READ: Mapping[str, Callable[[str], Any]] = {
    "bool": lambda text: text.lower() == "true",
    "null": lambda text: None,
    "int": lambda text: _whole(text.replace("_", "")),
    "float": lambda text: float(text.lower().replace(".inf", "inf").replace(".nan", "nan")),
}


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError(f"a number of {len(text):,} digits; quote it to make it text")
    return int(text, 0)


def _plain(text: str) -> Any:
    """An unquoted scalar. Raises ``ValueError`` for a number that is too long."""
    if text[:1].isalpha() and text[0] not in "tTfFnN":
        return text
    match = _PLAIN.fullmatch(text)
    return text if match is None else _READ[str(match.lastgroup)](text)


class _Document:
    """Values straight from the parser's events: PyYAML's own way, over nodes, takes four times as long."""

    def __init__(self, file: Path, text: str, beside: Path, tags: Tags | None = None) -> None:
        self._file = file
        self._beside = beside
        self._tags = tags or {}
        self._next: Callable[[], Any] = _LOADER(text).get_event
        self._anchors: dict[str, tuple[Any, int]] = {}  # value and size
        self._depth = 0
        self._size = 0  # of what was read so far

    def read(self) -> Any:
        """The one document of the file; ``None`` where it has none."""
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._value(self._next())
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._wrong(after, "a second document begins here; keep one")
        return value

    def _value(self, event: Any) -> Any:
        kind, size = type(event), self._size
        if kind is yaml.ScalarEvent:
            value = self._scalar(event)
            self._grow(event, len(value) if type(value) is str else 1)
        elif kind is yaml.AliasEvent:
            if event.anchor not in self._anchors:
                raise self._wrong(event, f"no anchor &{event.anchor} stands before this")
            value, more = self._anchors[event.anchor]
            self._grow(event, more)
            return value
        elif event.tag not in _ORDINARY:
            raise self._wrong(event, f"unknown tag {event.tag!r}")
        else:
            self._depth += 1
            if self._depth > _DEPTH:
                raise self._wrong(event, f"nested deeper than {_DEPTH} levels")
            self._grow(event, 1)
            value = self._mapping(event) if kind is yaml.MappingStartEvent else self._sequence()
            self._depth -= 1
        if event.anchor:
            self._anchors[event.anchor] = value, self._size - size
        return value

    def _grow(self, event: Any, size: int) -> None:
        self._size += size
        if self._size > _MOST:
            raise self._wrong(
                event, "the file holds more than 64 million characters, its aliases written out"
            )

    def _mapping(self, start: Any) -> FileSection:
        section, lines = FileSection(), dict[str, int]()
        merged: FileSection | None = None
        following, value_of = self._next, self._value
        while type(event := following()) is not yaml.MappingEndEvent:
            line = event.start_mark.line + 1
            if type(event) is not yaml.ScalarEvent:
                raise self._wrong(event, "a key must be text")
            key = event.value
            if key in lines:
                raise self._wrong(event, f"{key!r} is given twice; keep one")
            lines[key] = line
            if key == "<<" and event.implicit[0]:
                merged = self._merged(event, value_of(following()))
            else:
                section[key] = value_of(following())
        section.file, section.line, section.lines = self._file, start.start_mark.line + 1, lines
        return section if merged is None else section.over(merged)

    def _merged(self, event: Any, value: Any) -> FileSection:
        """The mappings that ``<<`` names, the first one in front."""
        sections = value if isinstance(value, list) else [value]
        if not sections or not all(isinstance(each, FileSection) for each in sections):
            raise self._wrong(event, "'<<' merges a mapping, or a list of mappings: write <<: *name")
        first, *rest = sections
        for each in rest:
            first = first.over(each)
        merged: FileSection = first
        return merged

    def _sequence(self) -> list[Any]:
        items = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._value(event))
        return items

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        try:
            if event.implicit[0]:
                return _plain(text)
            if event.tag == "!file":
                return read_text(inside(self._beside, self._file.parent / text), _MOST)
            if event.tag in self._tags:
                return self._tags[event.tag](text)
            if event.tag not in _ORDINARY:
                raise ValueError(f"unknown tag {event.tag!r}")
            text.encode()
        except UnicodeEncodeError:
            raise self._wrong(event, "an escape that is half a character") from None
        except (ConfigError, ValueError) as error:
            raise self._wrong(event, str(error)) from None
        return text

    def _wrong(self, event: Any, why: str) -> ConfigError:
        return ConfigError(f"{self._file}:{event.start_mark.line + 1}: {why}")

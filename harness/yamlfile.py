"""YAML with line numbers, read into records, where every complaint names file, line and key; and as text.

Scalars follow YAML 1.2: only ``true`` and ``false`` are booleans (a label may be called
``no``), ``1e-6`` is a number, and ``12:30`` and ``2026-11-20`` are text.
``!file NAME`` stands for the text of a file beside the YAML file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from harness.errors import ConfigError
from harness.names import nearest

Record = TypeVar("Record")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the slow one where PyYAML has no libyaml
# Marks that turn the direction of writing, or take no room and can hide a word.
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_ORDINARY = (None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class Section(dict[str, Any]):
    """A YAML mapping that knows its file and the line of each key."""

    file: Path
    line: int
    lines: Mapping[str, int]

    def where(self, key: str | None = None) -> str:
        """``file:line`` of a key, or of the mapping."""
        return f"{self.file}:{self.lines.get(key, self.line) if key else self.line}"


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; mappings are ``Section``. Raises ``ConfigError``."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    document = _Document(path, text)
    try:
        return document.read()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        start = error.context_mark.line + 1 if error.context_mark else line
        since = f", {error.context} that begins in line {start}" if start < line else ""
        raise ConfigError(f"{path}:{line}: not valid YAML: {error.problem}{since}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{path}:1: not valid YAML: {error}") from error


def yaml_text(value: Any) -> str:
    """``value`` as YAML: the same on every machine, with libyaml or without, and nothing hidden in it."""
    shape: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 110}
    text: str = yaml.dump(value, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), **shape)
    if "\\" in text:  # libyaml escapes more, and breaks such lines elsewhere
        text = yaml.dump(value, Dumper=yaml.SafeDumper, **shape)
    if _UNSEEN.search(text):
        text = yaml.dump(value, Dumper=yaml.SafeDumper, **(shape | {"allow_unicode": False}))
    return text


_PLAIN = re.compile(
    r"(?P<bool>true|True|TRUE|false|False|FALSE)|(?P<null>~|null|Null|NULL|)"
    r"|(?P<int>[-+]?(?:0|[1-9][0-9_]*)|0x[0-9a-fA-F_]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
    r"|[-+]?\.(?:inf|Inf)|\.(?:nan|NaN))"
)
_READ: Mapping[str, Callable[[str], Any]] = {
    "bool": lambda text: text.lower() == "true",
    "null": lambda text: None,
    "int": lambda text: int(text.replace("_", ""), 0),
    "float": lambda text: float(text.lower().replace(".inf", "inf").replace(".nan", "nan")),
}


def _plain(text: str) -> Any:
    """An unquoted scalar."""
    if text[:1].isalpha() and text[0] not in "tTfFnN":
        return text
    found = _PLAIN.fullmatch(text)
    return text if found is None else _READ[str(found.lastgroup)](text)


class _Document:
    """Values straight from the parser's events: PyYAML's own way, over nodes, takes four times as long."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._next: Callable[[], Any] = _LOADER(text).get_event
        self._anchors: dict[str, Any] = {}

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
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = _plain(event.value) if event.implicit[0] else self._quoted_or_tagged(event)
        elif kind is not yaml.AliasEvent and event.tag not in _ORDINARY:
            raise self._wrong(event, f"unknown tag {event.tag!r}")
        elif kind is yaml.MappingStartEvent:
            value = self._mapping(event)
        elif kind is yaml.SequenceStartEvent:
            value = self._sequence()
        elif event.anchor in self._anchors:
            return self._anchors[event.anchor]
        else:
            raise self._wrong(event, f"no anchor &{event.anchor} stands before this")
        if event.anchor:
            self._anchors[event.anchor] = value
        return value

    def _mapping(self, start: Any) -> Section:
        section, lines = Section(), dict[str, int]()
        following, value_of = self._next, self._value
        while type(event := following()) is not yaml.MappingEndEvent:
            line = event.start_mark.line + 1
            if type(event) is not yaml.ScalarEvent:
                raise self._wrong(event, "a key must be text")
            key = event.value
            if key in lines:
                raise self._wrong(event, f"{key!r} is given twice; keep one")
            lines[key] = line
            section[key] = value_of(following())
        section.file, section.line, section.lines = self._file, start.start_mark.line + 1, lines
        return section

    def _sequence(self) -> list[Any]:
        items = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._value(event))
        return items

    def _quoted_or_tagged(self, event: Any) -> Any:
        text: str = event.value
        if event.tag in _ORDINARY:
            return text
        if event.tag != "!file":
            raise self._wrong(event, f"unknown tag {event.tag!r}")
        path = self._file.parent / text
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise self._wrong(event, f"cannot read {path}: {error}") from error

    def _wrong(self, event: Any, why: str) -> ConfigError:
        return ConfigError(f"{self._file}:{event.start_mark.line + 1}: {why}")


def section_of(data: Mapping[str, Any], file: Path, line: int) -> Section:
    """A plain mapping (a JSON line, say) as a ``Section``."""
    section = Section(data)
    section.file, section.line, section.lines = file, line, {}
    return section


def expect_section(value: Any, where: str, what: str) -> Section:
    """``value`` if it is a mapping; otherwise a ``ConfigError``."""
    if not isinstance(value, Section):
        raise ConfigError(f"{where}: {what} must be a mapping (key: value), not {_kind(value)}")
    return value


def check_keys(section: Section, allowed: Collection[str], what: str) -> None:
    """Refuse keys that mean nothing."""
    for key in section:
        if key not in allowed:
            hint = nearest(str(key), allowed)
            raise ConfigError(
                f"{section.where(key)}: unknown key {key!r} in {what}{hint} (allowed: {', '.join(allowed)})"
            )


def read_record(cls: type[Record], section: Section, what: str, **given: Any) -> Record:
    """Build the dataclass ``cls`` from ``section``; ``given`` fields are not the user's to set."""
    readers, required = _fields(cls)  # type: ignore[arg-type]
    values = dict(given)
    for key, value in section.items():
        reader = readers.get(key)
        if reader is None or key in given:
            check_keys(section, [name for name in readers if name not in given], what)
        else:
            values[key] = reader(value, section, key)
    for name in required:
        if name not in values:
            raise ConfigError(f"{section.where()}: {what} lacks {name!r}")
    return cls(**values)


def convert(value: Any, hint: Any, section: Section, key: str) -> Any:
    """``value`` as ``hint`` demands: scalars, literals, tuples of strings, mappings, records."""
    return _reader(hint)(value, section, key)


Reader = Callable[[Any, Section, str], Any]


@cache
def _fields(cls: Any) -> tuple[Mapping[str, Reader], tuple[str, ...]]:
    """How to read each field of a dataclass, and which ones must be there."""
    hints = get_type_hints(cls)
    required = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    return {f.name: _reader(hints[f.name]) for f in fields(cls)}, tuple(required)


@cache
def _reader(hint: Any) -> Reader:
    """How to read a value of a type; made once, since rules files have thousands of values."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = _reader(next(a for a in arguments if a is not type(None)))
        return lambda value, section, key: None if value is None else inner(value, section, key)
    if origin is tuple:
        item = _reader(arguments[0])
        return _checked(hint, list, lambda value, section, key: tuple([item(v, section, key) for v in value]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _checked(hint, Section, lambda value, section, key: read_record(hint, value, f"{key!r}"))
    if hint is float:
        return _checked(hint, (float, int), lambda value, section, key: float(value))
    if origin is Literal:
        return _checked(hint, str, _as_it_is, arguments)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _checked(hint, Mapping, _values_reader(arguments[1]))
    return _checked(hint, hint, _as_it_is)


def _as_it_is(value: Any, section: Section, key: str) -> Any:
    return value


def _values_reader(hint: Any) -> Reader:
    """Mappings stay what they are when each value is of the type; a whole number is a number there."""
    if hint is Any:
        return _as_it_is
    one = _checked(float, (float, int), _as_it_is) if hint is float else _reader(hint)

    def reader(value: Section, section: Section, key: str) -> Section:
        for name, item in value.items():
            one(item, value, name)
        return value

    return reader


def _checked(hint: Any, expected: Any, read: Reader, allowed: Collection[Any] | None = None) -> Reader:
    """``read`` for values of the ``expected`` type; true and false are no numbers."""

    def reader(value: Any, section: Section, key: str) -> Any:
        right = isinstance(value, expected) and (type(value) is not bool or expected is bool)
        if not right or (allowed is not None and value not in allowed):
            raise ConfigError(f"{section.where(key)}: {key!r} must be {_expected(hint)}, not {_kind(value)}")
        return read(value, section, key)

    return reader


def _expected(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(map(str, get_args(hint)))
    names = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
    if get_origin(hint) is tuple:
        return "a list"
    return names.get(hint, "a mapping")


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"{str(value).lower()} (quote it to make it text)"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return "a list" if isinstance(value, list) else "a mapping"

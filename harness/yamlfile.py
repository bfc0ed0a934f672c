"""YAML with line numbers, read into records, where every complaint names file, line and key.

Scalars follow YAML 1.2: only ``true`` and ``false`` are booleans (a label may be called
``no``), ``1e-6`` is a number, and ``12:30`` and ``2026-11-20`` are text. ``<<: *name`` merges a mapping.
``!file NAME`` stands for the text of a file beside the YAML file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from harness.errors import ConfigError
from harness.files import inside, read_text
from harness.names import nearest

Record = TypeVar("Record")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the slow one where PyYAML has no libyaml
_DEPTH = 100  # of values in values
_MOST = 64 << 20  # characters and values of a file, with what aliases and !file stand for written out
_DIGITS = 300  # of which every number fits into a float
_ORDINARY = (None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class FileSection(dict[str, Any]):
    """A mapping read from a file, which knows the file and the line of each key."""

    file: Path
    line: int
    lines: Mapping[str, int]
    behind: FileSection | None = None  # holds the values that this one lacks: merged, defaults

    def where(self, key: str | None = None) -> str:
        """``file:line`` of a key, or of the mapping."""
        if key in self.lines or self.behind is None or key not in self.behind:
            return f"{self.file}:{self.lines.get(key, self.line) if key else self.line}"
        return self.behind.where(key)

    def over(self, behind: FileSection, **changed: Any) -> FileSection:
        """A copy with the values of ``behind`` where this one has none, and with ``changed`` ones."""
        merged = FileSection({**behind, **self, **changed})
        merged.file, merged.line, merged.lines = self.file, self.line, self.lines
        merged.behind = behind if self.behind is None else self.behind.over(behind)
        return merged


def read_yaml(path: Path, beside: Path | None = None) -> Any:
    """The content of a YAML file; mappings are ``FileSection``. Raises ``ConfigError``.

    ``!file`` reads files in the folder ``beside`` (the file's own) and nowhere else.
    """
    text = read_text(path, _MOST)
    document = _Document(path, text, beside or path.parent)
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

    def __init__(self, file: Path, text: str, beside: Path) -> None:
        self._file = file
        self._beside = beside
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


def section_of(data: Mapping[str, Any], file: Path, line: int) -> FileSection:
    """A plain mapping (a JSON line, say) as a ``FileSection``, and the mappings in it likewise."""
    section = FileSection({str(key): _sections_in(value, file, line) for key, value in data.items()})
    section.file, section.line, section.lines = file, line, dict.fromkeys(section, line)
    return section


def _sections_in(value: Any, file: Path, line: int) -> Any:
    if isinstance(value, Mapping):
        return section_of(value, file, line)
    return [_sections_in(item, file, line) for item in value] if isinstance(value, list) else value


def expect_section(value: Any, where: str, what: str) -> FileSection:
    """``value`` if it is a mapping; otherwise a ``ConfigError``."""
    if not isinstance(value, FileSection):
        raise ConfigError(f"{where}: {what} must be a mapping (key: value), not {_kind(value)}")
    return value


def check_keys(section: FileSection, allowed: Collection[str], what: str) -> None:
    """Refuse keys that mean nothing."""
    for key in section:
        if key not in allowed:
            hint = nearest(str(key), allowed)
            raise ConfigError(
                f"{section.where(key)}: unknown key {key!r} in {what}{hint} (allowed: {', '.join(allowed)})"
            )


def read_record(cls: type[Record], section: FileSection, what: str, **given: Any) -> Record:
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


def convert(value: Any, hint: Any, section: FileSection, key: str) -> Any:
    """``value`` as ``hint`` demands: scalars, literals, tuples, mappings, records, or one of several."""
    return _reader(hint)(value, section, key)


Reader = Callable[[Any, FileSection, str], Any]


@cache
def _fields(cls: Any) -> tuple[Mapping[str, Reader], tuple[str, ...]]:
    """How to read each field of a dataclass, and which ones must be there."""
    hints = get_type_hints(cls, include_extras=True)
    required = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    return {f.name: _reader(hints[f.name]) for f in fields(cls)}, tuple(required)


@cache
def _reader(hint: Any) -> Reader:
    """How to read a value of a type; made once, since rules files have thousands of values."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return _as_it_is
    if origin is Annotated:
        return _allowed(_reader(arguments[0]), arguments[1:])
    if origin in (Union, UnionType):
        return _one_of(hint, [a for a in arguments if a is not type(None)])
    if origin in (tuple, Sequence):
        item = _reader(arguments[0])
        return _checked(hint, list, lambda value, section, key: tuple([item(v, section, key) for v in value]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _checked(hint, FileSection, lambda value, section, key: read_record(hint, value, f"{key!r}"))
    if hint is float:
        return _checked(hint, (float, int), _finite)
    if origin is Literal:
        return _checked(hint, str, _as_it_is, arguments)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _checked(hint, Mapping, _values_reader(arguments[1]))
    return _checked(hint, hint, _as_it_is)


def _as_it_is(value: Any, section: FileSection, key: str) -> Any:
    return value


def _allowed(read: Reader, checks: Sequence[Callable[[object], str | None]]) -> Reader:
    """``read`` for values with which the checks beside the type find nothing wrong.

    They come first: some of them must not show a value, whatever its type.
    """

    def reader(value: Any, section: FileSection, key: str) -> Any:
        for check in checks:
            if (flaw := check(value)) is not None:
                raise ConfigError(f"{section.where(key)}: {key!r} {flaw}")
        return read(value, section, key)

    return reader


def _finite(value: Any, section: FileSection, key: str) -> float:
    number = float(value)
    if not isfinite(number):
        raise ConfigError(f"{section.where(key)}: {key!r} must be a number, not {number}")
    return number


def _one_of(hint: Any, options: Sequence[Any]) -> Reader:
    """The reader of the first type that the value is of, ``None`` aside."""
    if len(options) == 1:
        only = _reader(options[0])
        return lambda value, section, key: None if value is None else only(value, section, key)
    readers = [_reader(option) for option in options]
    what = " or ".join(sorted(map(_expected, options)))  # float | str and str | float are one type

    def reader(value: Any, section: FileSection, key: str) -> Any:
        if value is None:
            return None
        for read in readers:
            with suppress(ConfigError):
                return read(value, section, key)
        raise ConfigError(f"{section.where(key)}: {key!r} must be {what}, not {_kind(value)}")

    return reader


def _values_reader(hint: Any) -> Reader:
    """Mappings stay what they are when each value is of the type; a whole number is a number there.

    Those of records become mappings of the records.
    """
    if hint is Any:
        return _as_it_is
    one = _reader(hint)

    def reader(value: FileSection, section: FileSection, key: str) -> Mapping[str, Any]:
        items = {name: one(item, value, name) for name, item in value.items()}
        return items if is_dataclass(hint) else value

    return reader


def _checked(hint: Any, expected: Any, read: Reader, allowed: Collection[Any] | None = None) -> Reader:
    """``read`` for values of the ``expected`` type; true and false are no numbers."""

    def reader(value: Any, section: FileSection, key: str) -> Any:
        right = isinstance(value, expected) and (type(value) is not bool or expected is bool)
        if not right or (allowed is not None and value not in allowed):
            raise ConfigError(f"{section.where(key)}: {key!r} must be {_expected(hint)}, not {_kind(value)}")
        return read(value, section, key)

    return reader


def _expected(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(map(str, get_args(hint)))
    names = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
    if get_origin(hint) in (tuple, Sequence):
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

"""Mappings read from files, and the records made of them: every complaint names file, line and key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

from harness.errors import ConfigError
from harness.fieldtypes import Between, FieldType, field_types, type_of
from harness.names import did_you_mean

Record = TypeVar("Record")
_NAMES: Mapping[type, str] = {
    str: "text", int: "a whole number", float: "a number", bool: "true or false", tuple: "a list"
}  # fmt: skip
_READ_AS: Mapping[type, Any] = {float: (float, int), tuple: list}  # what a file has for values of a type


class FileSection(dict[str, Any]):
    """A mapping read from a file, which knows the file and the line of each key."""

    file: Path
    line: int  # 0: it comes from no file, and ``file`` is what it is called
    lines: Mapping[str, int]
    behind: FileSection | None = None  # holds the values that this one lacks: merged, defaults

    def where(self, key: str | None = None) -> str:
        """``file:line`` of a key, or of the mapping."""
        if key in self.lines or self.behind is None or key not in self.behind:
            line = self.lines.get(key, self.line) if key else self.line
            return f"{self.file}:{line}" if line else str(self.file)
        return self.behind.where(key)

    def over(self, behind: FileSection, **changed: Any) -> FileSection:
        """A copy with the values of ``behind`` where this one has none, and with ``changed`` ones."""
        merged = FileSection({**behind, **self, **changed})
        merged.file, merged.line, merged.lines = self.file, self.line, self.lines
        merged.behind = behind if self.behind is None else self.behind.over(behind)
        return merged


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
        raise ConfigError(f"{where}: {what} must be a mapping (key: value), not {_shown(value)}")
    return value


def check_keys(section: FileSection, allowed: Collection[str], what: str) -> None:
    """Refuse keys that mean nothing."""
    for key in section:
        if key not in allowed:
            hint = did_you_mean(str(key), allowed)
            raise ConfigError(
                f"{section.where(key)}: unknown key {key!r} in {what}{hint} (allowed: {', '.join(allowed)})"
            )


def read_record(cls: type[Record], section: FileSection, what: str, **given: Any) -> Record:
    """Build the dataclass ``cls`` from ``section``; ``given`` fields are not the user's to set."""
    types = field_types(cls)  # type: ignore[arg-type]
    check_keys(section, [name for name in types if name not in given] if given else types, what)
    values = {key: _read(value, types[key], section, key) for key, value in section.items()} | given
    for name, field in types.items():
        if field.required and name not in values:
            raise ConfigError(f"{section.where()}: {what} lacks {name!r}")
    return cls(**values)


def convert(value: Any, hint: Any, section: FileSection, key: str) -> Any:
    """``value`` as the type ``hint`` demands."""
    return _read(value, type_of(hint), section, key)


def _read(value: Any, expected: FieldType, section: FileSection, key: str) -> Any:
    """A value as its type demands. The checks come first: some must not show a value, whatever its type."""
    for check in expected.checks:
        if (flaw := check(value)) is not None:
            raise ConfigError(f"{section.where(key)}: {key!r} {flaw}")
    base, item = expected.base, expected.item
    if (value is None and expected.optional) or (base is object and not expected.options):
        return value
    for option in expected.options:
        with suppress(ConfigError):
            return _read(value, option, section, key)
    is_record = is_dataclass(base)
    python_type = FileSection if is_record else _READ_AS.get(base, base)
    fits = isinstance(value, python_type) and (type(value) is not bool or base is bool)  # no number is true
    if expected.options or not fits or (expected.words and value not in expected.words):
        raise ConfigError(f"{section.where(key)}: {key!r} must be {_name(expected)}, not {_shown(value)}")
    if base is tuple and item is not None:
        return tuple([_read(each, item, section, key) for each in value])
    if base is Mapping and item is not None:
        items = {name: _read(each, item, value, name) for name, each in value.items()}
        return items if is_dataclass(item.base) else value
    if base is float and not isfinite(value := float(value)):
        raise ConfigError(f"{section.where(key)}: {key!r} must be a number, not {value}")
    return read_record(base, value, f"{key!r}") if is_record else value


def _name(expected: FieldType) -> str:
    """A type in words."""
    if expected.options:
        return " or ".join(sorted(map(_option, expected.options)))  # float | str and str | float are one type
    if expected.words:
        one, *others = expected.words
        return f"one of {', '.join(expected.words)}" if others else repr(one)
    return _NAMES.get(expected.base, "a mapping")


def _option(expected: FieldType) -> str:
    """One type of several in words, with its bounds, since none of them says alone what is wrong."""
    bounds = next((str(check) for check in expected.checks if isinstance(check, Between)), "")
    return f"{_name(expected)} {bounds}".rstrip()


def _shown(value: Any) -> str:
    """A value in words, of which a text is cut."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"{str(value).lower()} (quote it to make it text)"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return "a list" if isinstance(value, list) else "a mapping"

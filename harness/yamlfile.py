"""YAML with line numbers, read into records; every complaint names file, line and key.

Scalars follow YAML 1.2: only ``true`` and ``false`` are booleans (a label may be called
``no``), ``1e-6`` is a number, and ``12:30`` and ``2026-11-20`` are text.
``!file NAME`` stands for the text of a file beside the YAML file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from harness.errors import ConfigError
from harness.names import nearest

Record = TypeVar("Record")


@cache
def _hints(cls: Any) -> dict[str, Any]:
    """The types of a class's fields; asking for them reads the source's words anew each time."""
    return get_type_hints(cls)


class Section(dict[str, Any]):
    """A YAML mapping that knows its file and the line of each key."""

    file: Path
    line: int
    lines: Mapping[str, int]

    def where(self, key: str | None = None) -> str:
        """``file:line`` of a key, or of the mapping."""
        return f"{self.file}:{self.lines.get(key, self.line) if key else self.line}"


class _Loader(yaml.CSafeLoader):
    file: Path


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Section:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if key.value in lines:
            raise ConfigError(f"{loader.file}:{line}: {key.value!r} is given twice; keep one")
        lines[key.value] = line
    section = Section({str(key): value for key, value in loader.construct_mapping(node, deep=True).items()})
    section.file, section.line, section.lines = loader.file, node.start_mark.line + 1, lines
    return section


def _file(loader: _Loader, node: yaml.ScalarNode) -> str:
    path = loader.file.parent / str(node.value)
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{loader.file}:{node.start_mark.line + 1}: cannot read {path}: {error}") from error


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("!file", _file)
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?(0|[1-9][0-9_]*)|0x[0-9a-fA-F_]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?", "-+0123456789."),
    ("float", r"[-+]?[0-9]+[eE][-+]?[0-9]+|[-+]?\.(inf|Inf)|\.(nan|NaN)", "-+0123456789."),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; mappings are ``Section``. Raises ``ConfigError``."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    loader = _Loader(text)
    loader.file = path
    try:
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{path}:1: not valid YAML: {error}") from error
    finally:
        loader.dispose()


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
    hints = _hints(cls)  # type: ignore[arg-type]
    known = [f for f in fields(cls) if f.name not in given]  # type: ignore[arg-type]
    check_keys(section, [f.name for f in known], what)
    values = dict(given)
    for field in known:
        if field.name in section:
            values[field.name] = convert(section[field.name], hints[field.name], section, field.name)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ConfigError(f"{section.where()}: {what} lacks {field.name!r}")
    return cls(**values)


def convert(value: Any, hint: Any, section: Section, key: str) -> Any:
    """``value`` as ``hint`` demands: scalars, literals, tuples of strings, mappings, records."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if value is None:
            return None
        hint = next(a for a in arguments if a is not type(None))
        return convert(value, hint, section, key)
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, Section):
        return read_record(hint, value, f"{key!r}")
    if origin is tuple and isinstance(value, list):
        return tuple(convert(item, arguments[0], section, key) for item in value)
    if origin is Literal and value in arguments:
        return value
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if hint is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint in (str, bool) and isinstance(value, hint):
        return value
    if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, Mapping):
        return value
    raise ConfigError(f"{section.where(key)}: {key!r} must be {_expected(hint)}, not {_kind(value)}")


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

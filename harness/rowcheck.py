"""What a record can hold: each value is checked against the type and the bounds that its field declares.

A figure that cannot be (negative tokens, a score of 7, infinite seconds) becomes unknown, or the nearest
bound where it may not be unknown. A lone surrogate in a text becomes ``?``; a name is cut at its bound, told
apart from others by a digest, and has no NUL.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from harness.jsontext import parse
from harness.records import Between, Completion, ResultRow

Record = TypeVar("Record")
_SHOWN = 60  # characters of a value that was dropped
_DIGEST = 12  # hex digits that tell cut names apart
_MOST_METRICS = 1 << 20  # characters
ANY_INT = Between(-(2**63), 2**63 - 1)  # of a column without bounds of its own
_ANY: Mapping[type, Between] = {str: Between(0, math.inf), int: ANY_INT, float: Between(-1e300, 1e300)}
_NONE = Between(0, 0)  # of what is neither a number nor a text


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field can hold: the plain type, the bounds, and whether it may be unknown.

    ``words`` are the only texts that it can be, where there are such.
    """

    type: type
    bounds: Between
    optional: bool
    words: tuple[str, ...] = ()


@cache
def kinds_of(record: type) -> Mapping[str, Kind]:
    """The kind of each field of a dataclass, in order."""
    hints = get_type_hints(record, include_extras=True)
    return {f.name: _kind(hints[f.name]) for f in fields(record)}


def _kind(hint: Any) -> Kind:
    """Of ``T``, ``T | None``, ``Literal["a", …]``, with bounds where it is ``Annotated``."""
    optional, words, bounds = False, (), None
    if get_origin(hint) in (Union, UnionType):
        optional = True
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    if get_origin(hint) is Annotated:
        hint, *marks = get_args(hint)
        bounds = next((mark for mark in marks if isinstance(mark, Between)), None)
    if get_origin(hint) is Literal:
        hint, words = str, get_args(hint)
    base = get_origin(hint) or hint
    return Kind(base, bounds or _ANY.get(base, _NONE), optional, words)


def checked(record: Record) -> tuple[Record, dict[str, str]]:
    """The record as it can be, and by field what could not be; the same record where all of it can be.

    Raises ``ValueError`` where a value that must be there is of another type.
    """
    changes: dict[str, Any] = {}
    dropped: dict[str, str] = {}
    for name, check in _checks(type(record)):  # type: ignore[arg-type]
        value = getattr(record, name)
        possible = check(value)
        if possible is not value:
            changes[name] = possible
            if possible != value and not (isinstance(value, str) and possible == _encodable(value)):
                dropped[name] = _shown(value)
    return (replace(record, **changes), dropped) if changes else (record, dropped)  # type: ignore[type-var]


def checked_completion(completion: Completion) -> Completion:
    """The completion as it can be; what could not be is noted under ``dropped``."""
    possible, dropped = checked(completion)
    return replace(possible, notes=_with_dropped(possible.notes, dropped)) if dropped else possible


def checked_row(row: ResultRow) -> ResultRow:
    """The row as it can be; what could not be is noted in ``metrics.dropped``."""
    no_object = _object(row.metrics) is None
    possible, dropped = checked(replace(row, metrics="{}") if no_object else row)
    if no_object:
        dropped["metrics"] = "not a JSON object"
    if not dropped:
        return possible
    return replace(possible, metrics=json.dumps(_with_dropped(metrics_of(possible.metrics), dropped)))


def metrics_of(text: str) -> dict[str, Any]:
    """What the column ``metrics`` holds; nothing where it is no JSON object."""
    return _object(text) or {}


def _with_dropped(metrics: Mapping[str, Any], dropped: Mapping[str, str]) -> dict[str, Any]:
    before = metrics.get("dropped")
    return {**metrics, "dropped": {**(before if isinstance(before, dict) else {}), **dropped}}


def _object(text: str) -> dict[str, Any] | None:
    if not isinstance(text, str) or len(text) > _MOST_METRICS:
        return None
    try:
        value = parse(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


Check = Callable[[Any], Any]


@cache
def _checks(record: type) -> tuple[tuple[str, Check], ...]:
    makers = {str: _text, int: _whole, float: _number, bool: _flag}
    kinds = kinds_of(record).items()
    return tuple(
        (name, _or_none(makers[kind.type](kind), kind)) for name, kind in kinds if kind.type in makers
    )


def _or_none(check: Check, kind: Kind) -> Check:
    """``check`` gives ``None`` for what cannot be; that is no value of a field that must have one."""

    def possible(value: Any) -> Any:
        if value is None and kind.optional:
            return None
        result = check(value)
        if result is None and not kind.optional:
            raise ValueError(f"{_shown(value)} is no {kind.type.__name__}")
        return result

    return possible


def _flag(kind: Kind) -> Check:
    return lambda value: value if isinstance(value, bool) else None


def _whole(kind: Kind) -> Check:
    least, most = int(kind.bounds.low), int(kind.bounds.high)

    def check(value: Any) -> Any:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int:
            return None
        if least <= value <= most:
            return value
        return None if kind.optional else min(max(value, least), most)

    return check


def _number(kind: Kind) -> Check:
    bounds = kind.bounds

    def check(value: Any) -> Any:
        if type(value) not in (float, int):
            return None
        if bounds.low <= value <= bounds.high:
            return value
        return None if kind.optional else bounds.high if value > bounds.high else bounds.low

    return check


def _text(kind: Kind) -> Check:
    most = kind.bounds.high

    def check(value: Any) -> Any:
        if type(value) is not str or (kind.words and value not in kind.words):
            return None
        if not value.isascii():
            value = _encodable(value)
        if most < math.inf and (len(value) > most or "\0" in value):
            return _name(value, int(most))
        return value

    return check


def _encodable(text: str) -> str:
    """Parquet holds UTF-8: lone surrogates, which a model's answer can have, are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _name(text: str, most: int) -> str:
    text = text.replace("\0", "\ufffd")
    if len(text) <= most:
        return text
    return f"{text[: most - _DIGEST - 1]}…{hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]}"


def _shown(value: Any) -> str:
    """The beginning of a value. Python refuses to write out whole numbers of thousands of digits."""
    try:
        text = value if isinstance(value, str) else repr(value)
    except ValueError:
        text = f"a number of {value.bit_length()} bits"
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

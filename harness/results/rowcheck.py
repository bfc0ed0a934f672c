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
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from harness.fieldtypes import FieldType, field_types
from harness.jsontext import object_of
from harness.records import Completion
from harness.resultrow import ResultRow

Record = TypeVar("Record")
_SHOWN = 60  # characters of a value that was dropped
_DIGEST = 12  # hex digits that tell cut names apart


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
    no_object = object_of(row.metrics) is None
    possible, dropped = checked(replace(row, metrics="{}") if no_object else row)
    if no_object:
        dropped["metrics"] = "not a JSON object"
    if not dropped:
        return possible
    return replace(possible, metrics=json.dumps(_with_dropped(object_of(possible.metrics) or {}, dropped)))


def _with_dropped(metrics: Mapping[str, Any], dropped: Mapping[str, str]) -> dict[str, Any]:
    before = metrics.get("dropped")
    return {**metrics, "dropped": {**(before if isinstance(before, dict) else {}), **dropped}}


Check = Callable[[Any], Any]


@cache
def _checks(record: type) -> tuple[tuple[str, Check], ...]:
    makers = {str: _text, int: _number, float: _number, bool: _flag}
    types = field_types(record).items()
    return tuple(
        (name, _or_none(makers[field.base](field), field)) for name, field in types if field.base in makers
    )


def _or_none(check: Check, field: FieldType) -> Check:
    """``check`` gives ``None`` for what cannot be; that is no value of a field that must have one."""

    def possible(value: Any) -> Any:
        if value is None and field.optional:
            return None
        result = check(value)
        if result is None and not field.optional:
            raise ValueError(f"{_shown(value)} is no {field.base.__name__}")
        return result

    return possible


def _flag(field: FieldType) -> Check:
    return lambda value: value if isinstance(value, bool) else None


def _number(field: FieldType) -> Check:
    whole = field.base is int
    low, high = field.base(field.bounds.low), field.base(field.bounds.high)

    def check(value: Any) -> Any:
        if whole and type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int and (whole or type(value) is not float):
            return None
        if low <= value <= high:
            return value
        if field.optional:
            return None
        return high if value > high else low

    return check


def _text(field: FieldType) -> Check:
    most = field.bounds.high

    def check(value: Any) -> Any:
        if type(value) is not str or (field.words and value not in field.words):
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

"""What each field of a record can hold: its type, taken apart once for all that reads, checks or shows it.

Files of users are read by it (``filesections``), rows are held against it (``results.rowcheck``), and the
Arrow schema, the view of the rows, the JSON Schema of rules files and the page of columns are made from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

Check = Callable[[object], str | None]
"""What is wrong with a value, in words that follow its name; ``None`` if nothing is."""


@dataclass(frozen=True, slots=True)
class Between:
    """A check: numbers from ``low`` to ``high``, both included. What is none (or NaN) is not its matter."""

    low: float
    high: float = math.inf

    def __call__(self, value: object) -> str | None:
        """What is wrong with ``value``."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        beyond = number and (value < self.low or value > self.high)  # type: ignore[operator]
        return f"must be {self}, not {value!r:.40}" if beyond else None

    def __str__(self) -> str:
        if self.high == math.inf:
            return f"{self.low:,.12g} or more"
        return f"from {self.low:,.12g} to {self.high:,.12g}"


class Length(Between):
    """A check: texts of ``low`` to ``high`` characters."""

    def __call__(self, value: object) -> str | None:
        """What is wrong with ``value``."""
        if not isinstance(value, str) or self.low <= len(value) <= self.high:
            return None
        return f"must have {self} characters, not {len(value):,}"


ANY_INT = Between(-(2**63), 2**63 - 1)  # what a column of Parquet can hold
_UNBOUNDED: Mapping[type, Between] = {int: ANY_INT, float: Between(-1e300, 1e300)}


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a field, ``Annotated`` and ``None`` taken apart.

    ``base`` is ``str``, ``int``, ``float``, ``bool``, ``tuple``, ``Mapping``, a record, or ``object`` for
    anything. ``words`` are the only texts that it can be, where there are such; ``item`` is the type of a
    tuple's items or of a mapping's values; ``options`` are the types that it can be instead of one.
    """

    base: type
    optional: bool = False
    checks: tuple[Check, ...] = ()
    words: tuple[str, ...] = ()
    item: FieldType | None = None
    options: tuple[FieldType, ...] = ()
    required: bool = False  # the field has no default

    @property
    def bounds(self) -> Between:
        """The least and the most that it can be; of a text, characters."""
        given = (check for check in self.checks if isinstance(check, Between))
        return next(given, _UNBOUNDED.get(self.base, Between(0)))


@cache
def field_types(record: type) -> Mapping[str, FieldType]:
    """The type of each field of a dataclass, in order."""
    hints = get_type_hints(record, include_extras=True)
    return {
        f.name: replace(
            type_of(hints[f.name]), required=f.default is MISSING and f.default_factory is MISSING
        )
        for f in fields(record)
    }


@cache
def type_of(hint: Any) -> FieldType:
    """What a type hint says."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        inner = type_of(arguments[0])
        return replace(inner, checks=(*inner.checks, *arguments[1:]))
    if origin in (Union, UnionType):
        options = [type_of(argument) for argument in arguments if argument is not type(None)]
        optional = type(None) in arguments
        if len(options) == 1:
            return replace(options[0], optional=optional)
        return FieldType(object, optional, options=tuple(options))
    if origin is Literal:
        return FieldType(str, words=arguments)
    if origin in (tuple, Sequence):
        return FieldType(tuple, item=type_of(arguments[0]))
    if origin is not None:  # a mapping
        return FieldType(Mapping, item=type_of(arguments[1]))
    return FieldType(object if hint is Any else hint)

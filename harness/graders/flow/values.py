"""What flows compute with: paths, numbers, texts and comparisons, all within bounds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from harness.jsontext import parse

SIZE = 20_000  # characters of the data as JSON, and of a text
_LARGEST = 10**15  # of numbers that are computed
_PATH_PARTS, _ARGUMENTS = 12, 500


class FlowError(Exception):
    """A flow that is none, or that cannot go on."""


def parts_of(path: str) -> list[str]:
    """The names of a path. Raises ``FlowError`` where it is none."""
    parts = path.split(".")
    if not all(parts) or len(parts) > _PATH_PARTS:
        raise FlowError(f"no path: {path!r:.60}")
    return parts


def field_of(item: Any, name: str) -> Any:
    """What an item has under a name; ``None`` where it has nothing or is no object."""
    return item.get(name) if isinstance(item, Mapping) else None


def condition_of(value: Any) -> Mapping[str, Any]:
    """A value if it can be a condition. Raises ``FlowError``."""
    if not isinstance(value, Mapping):
        raise FlowError(f"no condition: {value!r:.80}")
    return value


def bounded(value: Any) -> str:
    """A value as JSON. Raises ``FlowError`` where it is too large."""
    text = json.dumps(value)
    if len(text) > SIZE:
        raise FlowError("the data grows beyond all bounds")
    return text


def copied(value: Any) -> Any:
    """A copy of a value that shares nothing with it. Raises ``FlowError`` where it is too large or deep."""
    try:
        return parse(bounded(value))
    except ValueError as error:
        raise FlowError(str(error)) from None


def is_number(value: Any) -> bool:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number_of(value: Any) -> int | float:
    """A value if it is a number that can be computed with. Raises ``FlowError``."""
    if not is_number(value) or abs(value) > _LARGEST:
        raise FlowError(f"no number, or too large: {value!r:.40}")
    number: int | float = value
    return number


def computed(op: str, numbers: list[int | float]) -> int | float:
    """Arithmetic in decimals, so that 0.1 + 0.2 is 0.3; whole results are whole numbers."""
    if not 0 < len(numbers) <= _ARGUMENTS:
        raise FlowError(f"{op} of {len(numbers)} numbers; 1 to {_ARGUMENTS} can be computed with")
    first, *rest = (Decimal(repr(number)) for number in numbers)
    match op, rest:
        case "add", _:
            result = sum(rest, first)
        case (("min" | "max"), _):
            result = (min if op == "min" else max)(first, *rest, first)
        case "subtract", [second]:
            result = first - second
        case "multiply", _:
            result = first
            for factor in rest:
                result *= factor
        case "divide", [second] if second != 0:
            result = first / second
        case "round", [digits] if digits == int(digits) and 0 <= digits <= 10:
            result = first.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
        case _:
            raise FlowError(f"cannot {op} {numbers!r:.60}")
    if abs(result) > _LARGEST:
        raise FlowError(f"{op}: the number is too large")
    return int(result) if result == result.to_integral_value() else float(result)


def text_of(value: Any) -> str:
    """A value within a text: nothing for ``None``, JSON for what is no text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return format(value, ".10g")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def checked(one: Any, other: Any) -> bool:
        if not ((is_number(one) and is_number(other)) or (isinstance(one, str) and isinstance(other, str))):
            raise FlowError(f"cannot compare {one!r:.40} with {other!r:.40}")
        return compare(one, other)

    return checked


def _within(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one in other
    return isinstance(other, list) and any(_equal(one, each) for each in other)


COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": _equal,
    "!=": lambda one, other: not _equal(one, other),
    "<": _ordered(lambda one, other: one < other),
    "<=": _ordered(lambda one, other: one <= other),
    ">": _ordered(lambda one, other: one > other),
    ">=": _ordered(lambda one, other: one >= other),
    "in": _within,
    "contains": lambda one, other: _within(other, one),
}

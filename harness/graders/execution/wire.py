"""What a driver prints, and whether it is what the task's YAML says must come.

A line is ``<index> <json>``. JSON integers, booleans, strings, ``null`` and arrays
stand for themselves; everything else is an object with one tag::

    {"f": "0.1"}  float            {"t": [...]}  tuple      {"b": "00ff"}  bytes
    {"s": [...]}  set              {"m": [[k, v], ...]}  map, in any order
    {"ok": v} {"err": "text"}      Result, (T, error)
    {"raised": "ValueError", "mro": [...], "text": "..."}  an exception; {"raised": "panic"}
    {"x": "date", "v": "2024-02-29"}        any other type, as text; {"x": "Node"} has none

An answer may write to the channel itself, so ``read`` lets through nothing but values of these
forms, within bounds. What follows relies on them; a line of anything else is the answer's failure.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

_LINE = re.compile(rb"(0|[1-9][0-9]{0,8}) (.+)")
_DEEPEST = 100  # levels of a value
_DIGITS = 4300  # of an integer, as many as Python itself reads
_FLOAT = re.compile(r"(?=.{1,64}$)[+-]?(nan|inf|[0-9.]+(e[+-]?[0-9]+)?)")
_HEX = re.compile(r"[0-9a-f]*")
_FLOAT_TEXT = re.compile(r"[+-]?(nan|inf|[0-9.]+[eE][+-]?[0-9]+)")
_EXACT_IN_JSON = 2**53
_SHOWN = 160  # characters of a value in an error message


def read(channel: bytes, total: int) -> tuple[list[Any], str | None]:
    """Split a channel into the values of its leading good lines, and what is wrong after them.

    The second is ``None`` only for exactly ``total`` well-formed lines in order.
    """
    lines = channel.split(b"\n")
    rest = lines.pop()
    values: list[Any] = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            return values, f"line {len(values) + 1} is not `index value`"
        if int(match[1]) != len(values) or len(values) == total:
            return values, f"unexpected line for case {int(match[1]) + 1} after {len(values)} of {total}"
        try:
            values.append(_value(match[2]))
        except (ValueError, RecursionError):
            return values, f"line {len(values) + 1} holds no value"
    if rest:
        return values, f"line {len(values) + 1} is cut off"
    if len(values) < total:
        return values, f"{len(values)} of {total} values came out"
    return values, None


def _value(line: bytes) -> Any:
    """A value of one of the forms above. Raises ``ValueError``, or ``RecursionError`` as ``json`` does."""
    value = json.loads(
        line.decode(),
        parse_constant=_refuse,
        parse_float=_refuse,
        parse_int=_integer,
        object_pairs_hook=_object,
    )
    level = [value]
    for _ in range(_DEEPEST):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return value
    raise ValueError("a value without end")


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _integer(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError("an integer without end")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _parts(value: Any) -> Sequence[Any]:
    """The values that a value is made of; ``ValueError`` where it has none of the forms."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return ()
    single = len(value) == 1
    match value:
        case {"t": list(items)} | {"s": list(items)} if single:
            return items
        case {"m": list(pairs)} if single and all(
            isinstance(pair, list) and len(pair) == 2 for pair in pairs
        ):
            return [part for pair in pairs for part in pair]
        case {"ok": inner} if single:
            return [inner]
        case {"err": str()} if single:
            return ()
        case {"f": str(text)} if single and _FLOAT.fullmatch(text):
            return ()
        case {"b": str(digits)} if single and len(digits) % 2 == 0 and _HEX.fullmatch(digits):
            return ()
        case {"x": str(), **more} if more.keys() <= {"v"} and all(isinstance(v, str) for v in more.values()):
            return ()
        case {"raised": str(), **more} if more.keys() <= {"mro", "text"} and _described(**more):
            return ()
    raise ValueError("no value")


def _described(mro: Any = (), text: Any = "") -> bool:
    return isinstance(text, str) and isinstance(mro, list | tuple) and all(isinstance(n, str) for n in mro)


def matches(expected: Any, wire: Any, tolerance: float) -> bool:
    """Whether a wire value is the one that the task's YAML means.

    YAML has fewer types than the languages, so a list stands for an array, tuple
    or set, and a mapping (or a list of pairs) for a map; the wire says which it is.
    """
    if isinstance(wire, dict):
        return _tagged(expected, wire, tolerance)
    if wire is None or isinstance(wire, bool):
        return expected is wire
    if isinstance(wire, int):
        return _same_int(expected, wire)
    if isinstance(wire, str):
        return isinstance(expected, str) and expected == wire
    return isinstance(wire, list) and _ordered(expected, wire, tolerance)


def raised(wire: Any) -> tuple[str, ...] | None:
    """The names of a raised exception and its bases, the exception first; ``None`` for a value."""
    if not isinstance(wire, dict) or "raised" not in wire:
        return None
    return wire["raised"], *wire.get("mro", [])


def show(value: Any) -> str:
    """A YAML or wire value as a short text for a person."""
    text = _text(value, 8)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:_SHOWN])
    return text if len(text) < _SHOWN else text[: _SHOWN - 1] + "…"


def _same_int(expected: Any, wire: int) -> bool:
    if isinstance(expected, str):  # how integers beyond 2^53 are written
        return abs(wire) > _EXACT_IN_JSON and expected == str(wire)
    return isinstance(expected, int | float) and not isinstance(expected, bool) and expected == wire


def _tagged(expected: Any, wire: dict[str, Any], tolerance: float) -> bool:
    match wire:
        case {"f": str(text), **more} if not more:
            return _close(expected, text, tolerance)
        case {"t": list(items), **more} if not more:
            return _ordered(expected, items, tolerance)
        case {"s": list(items), **more} if not more:
            return _unordered(expected, items, tolerance)
        case {"m": list(pairs), **more} if not more:
            wanted = list(expected.items()) if isinstance(expected, dict) else expected
            return _unordered(wanted, pairs, tolerance)
        case {"b": str(digits), **more} if not more:
            return expected == digits or (isinstance(expected, bytes) and expected.hex() == digits)
        case {"ok": value, **more} if not more:
            return _only(expected, "ok") and matches(expected["ok"], value, tolerance)
        case {"err": str(message), **more} if not more:
            return _only(expected, "err") and expected["err"] in ("any", message)
        case {"x": str(), "v": str(text), **more} if not more:
            return text in (str(expected), str(expected).replace(" ", "T"))  # YAML has dates of its own
    return False


def _only(expected: Any, key: str) -> bool:
    return isinstance(expected, dict) and list(expected) == [key]


def _close(expected: Any, text: str, tolerance: float) -> bool:
    if isinstance(expected, str) and _FLOAT_TEXT.fullmatch(expected):
        expected = float(expected)
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return False
    try:
        got = float(text)
    except ValueError:
        return False
    if math.isnan(expected):
        return math.isnan(got)
    return math.isclose(expected, got, rel_tol=tolerance, abs_tol=tolerance)


def _ordered(expected: Any, items: list[Any], tolerance: float) -> bool:
    return (
        isinstance(expected, list | tuple)
        and len(expected) == len(items)
        and all(matches(want, item, tolerance) for want, item in zip(expected, items, strict=True))
    )


def _unordered(expected: Any, items: list[Any], tolerance: float) -> bool:
    """Pair every expected member with a member of its own; in time quadratic in the expected ones."""
    if not isinstance(expected, list | tuple | set) or len(expected) != len(items):
        return False
    left = list(items)
    for want in expected:
        at = next((i for i, item in enumerate(left) if matches(want, item, tolerance)), None)
        if at is None:
            return False
        del left[at]
    return True


def _text(value: Any, depth: int) -> str:
    if depth == 0:
        return "…"
    match value:
        case dict():
            return _tagged_text(value, depth)
        case list():
            return "[" + _items(value, depth) + "]"
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return json.dumps(value[: 2 * _SHOWN], ensure_ascii=False)
        case int() if value.bit_length() > 1000:
            return f"an integer of {value.bit_length()} bits"
    return str(value)


def _tagged_text(value: dict[Any, Any], depth: int) -> str:
    match value:
        case {"f": str(text)}:
            return text[:_SHOWN]
        case {"t": list(items)}:
            return "(" + _items(items, depth) + ")"
        case {"s": list(items)}:
            return "{" + _items(items, depth) + "}"
        case {"raised": kind}:
            return f"{kind} raised"[:_SHOWN] + (f": {value['text']}" if value.get("text") else "")
        case {"x": str(kind), "v": str(text)}:
            return f"{kind[:_SHOWN]} {text[:_SHOWN]}"
        case {"m": list(pairs)} if all(isinstance(pair, list) and len(pair) == 2 for pair in pairs[:_SHOWN]):
            return "{" + _entries(pairs, depth) + "}"
    return "{" + _entries(list(value.items()), depth) + "}"


def _entries(pairs: Sequence[Any], depth: int) -> str:
    return ", ".join(f"{_text(key, depth - 1)}: {_text(value, depth - 1)}" for key, value in pairs[:_SHOWN])


def _items(items: Sequence[Any], depth: int) -> str:
    return ", ".join(_text(item, depth - 1) for item in items[:_SHOWN])

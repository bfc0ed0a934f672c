"""JSON that somebody else wrote: parsed within bounds, on which whatever reads the value later can rely.

No value is nested deeper than ``DEPTH``, no whole number has more than 300 digits, and no text holds half a
character: what walks the value, writes it or computes with it cannot fail for its form.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import LINES, WHOLE, read_lines, read_text
from harness.unseen import UNSEEN

DEPTH = 100
_DIGITS = 300  # of which every number fits into a float
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # may write half of a pair that stands for one character
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(text: str | bytes) -> Any:
    """The value of a JSON text. Raises ``ValueError`` saying what is wrong, and nothing else.

    A longer whole number than anyone needs is infinite, as ``1e999`` is; half a character is U+FFFD.
    """
    if encoded := isinstance(text, bytes):
        text = text.decode("utf-8-sig")
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError(f"nested deeper than {DEPTH} levels") from None
    if text.count("[") + text.count("{") > DEPTH:
        _check_depth(value)
    half = ("\\u" in text and _HALF.search(text)) or (not encoded and _SURROGATE.search(text))
    return _scrubbed(value) if half else value


def parse_strict(text: str) -> Any:
    """As ``parse`` for what must be JSON to the letter: no NaN, no key twice, no number beyond a float's."""
    value, end = parse_strict_at(text, len(text) - len(text.lstrip(_SPACE)))
    if rest := text[end:].strip(_SPACE):
        raise ValueError(f"something stands behind the JSON: {rest[:40]!r}")
    return value


def parse_strict_at(text: str, at: int) -> tuple[Any, int]:
    """The JSON value that begins at a place of a text, and where it ends. Raises ``ValueError``."""
    try:
        value, end = _STRICT.raw_decode(text, at)
    except RecursionError:
        raise ValueError(f"nested deeper than {DEPTH} levels") from None
    _check_depth(value)
    return _scrubbed(value), end


def object_of(text: object, most: int = 1 << 20) -> dict[str, Any] | None:
    """The object that a JSON text is; ``None`` where it is none, or has more than ``most`` characters."""
    if not isinstance(text, str) or len(text) > most:
        return None
    try:
        value = parse(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def read_json(path: Path, most: int = WHOLE) -> Any:
    """The value of a file that is one JSON text. Raises ``ConfigError`` naming file and line."""
    return parse_part(read_text(path, most), path, 1)


def read_json_lines(path: Path, most: int = LINES) -> Iterator[tuple[int, Any]]:
    """Line number and value of each line that is not empty. Raises ``ConfigError`` naming file and line."""
    for number, line in read_lines(path, most):
        if text := line.strip():
            yield number, parse_part(text, path, number)


def parse_part(text: str | bytes, path: Path | str, line: int) -> Any:
    """As ``parse`` for the part of a file that begins in ``line``; raises ``ConfigError``."""
    try:
        return parse(text)
    except ValueError as error:
        lines = getattr(error, "lineno", 1) - 1
        why = f"{error.msg} (column {error.colno})" if isinstance(error, json.JSONDecodeError) else str(error)
        raise ConfigError(f"{path}:{line + lines}: not valid JSON: {why}") from None


def dump(value: Any) -> str:
    """``value`` as JSON that people read too: nothing is hidden in it, nothing is lost."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
    return UNSEEN.sub(lambda match: json.dumps(match[0])[1:-1], text.replace("\x7f", "\\u007f")) + "\n"


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else float(digits)


def _bounded(digits: str) -> int | float:
    number = _whole(digits) if digits.lstrip("-").isdigit() else float(digits)
    if isinstance(number, float) and not isfinite(number):
        raise ValueError(f"a number is beyond all bounds: {digits:.40}")
    return number


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"the key {twice!r:.60} is there twice")
    return members


_DECODER = json.JSONDecoder(parse_int=_whole)  # made once: it takes as long as a short text
_STRICT = json.JSONDecoder(
    parse_int=_bounded, parse_float=_bounded, parse_constant=_refused, object_pairs_hook=_once
)
_SPACE = " \t\r\n"


def _check_depth(value: Any) -> None:
    """Level by level, since a walk that calls itself is what deep values break."""
    level, depth = [value], 0
    while level := [each for each in level if isinstance(each, (list, dict))]:
        depth += 1
        if depth > DEPTH:
            raise ValueError(f"nested deeper than {DEPTH} levels")
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_scrubbed(item) for item in value]
    if isinstance(value, dict):
        return {_scrubbed(key): _scrubbed(item) for key, item in value.items()}
    return value

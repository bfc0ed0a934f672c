"""JSON that somebody else wrote: parsed within bounds, on which whatever reads the value later can rely.

No value is nested deeper than ``DEPTH``, no whole number has more than 300 digits, and no text holds half a
character: what walks the value, writes it or computes with it cannot fail for its form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
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


_DECODER = json.JSONDecoder(parse_int=_whole)  # made once: it takes as long as a short text


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

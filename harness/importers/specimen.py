"""A text that a regular expression finds: what a suite shows as an answer that passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

_NAMED = re.compile(r"\(\?<(?=[A-Za-z_])")  # JavaScript's named groups
_CHARACTERS = "a7 A-_.,;:!?/\\'\"()[]{}<>@#$%&*+=|~^`\n\té"
_CATEGORIES: Mapping[str, Callable[[str], bool]] = {
    "DIGIT": str.isdigit,
    "SPACE": str.isspace,
    "WORD": lambda char: char.isalnum() or char == "_",
}
_MOST = 1_000  # repetitions


def specimen(pattern: str, inner: str | None = None) -> str | None:
    """A text in which the pattern should be found; ``None`` where none can be made.

    With ``inner``, that is what the first group without another one in it holds.
    """
    try:
        items = import_module("re._parser").parse(_NAMED.sub("(?P<", pattern))
    except (re.error, OverflowError, RecursionError):
        return None
    for least in (0, 1):
        maker = _Maker(inner, least)
        try:
            text = maker.text(items)
        except ValueError:
            return None
        if text.strip():
            break
    return text if inner is None or maker.inner is None else inner


class _Maker:
    """Walks a parsed pattern; what may be left out is, unless ``least`` repetitions are wanted."""

    def __init__(self, inner: str | None, least: int) -> None:
        self.inner = inner  # until it has its place
        self._least = least
        self._groups: dict[int, str] = {}

    def text(self, items: Sequence[tuple[Any, Any]]) -> str:
        """Raises ``ValueError`` for an item that no text can be made for."""
        return "".join(self._item(str(name), value) for name, value in items)

    def _item(self, name: str, value: Any) -> str:
        match name:
            case "LITERAL":
                return chr(value)
            case "NOT_LITERAL":
                return _character([("NEGATE", None), ("LITERAL", value)])
            case "ANY":
                return "."
            case "IN":
                return _character([(str(kind), what) for kind, what in value])
            case "AT" | "ASSERT_NOT":
                return ""
            case "ASSERT":
                return self.text(value[1])
            case "BRANCH":
                return self.text(value[1][0])
            case "ATOMIC_GROUP":
                return self.text(value)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                fewest, most, body = value
                holds = self.inner is not None and "SUBPATTERN" in str(body)
                times = max(fewest, min(int(most), 1 if holds else self._least))
                if times > _MOST:
                    raise ValueError(name)
                return "".join(self.text(body) for _ in range(times))
            case "SUBPATTERN":
                return self._group(value)
            case "GROUPREF":
                return self._groups.get(value, "")
        raise ValueError(name)

    def _group(self, value: Any) -> str:
        number, *_, body = value
        if number and self.inner is not None and "SUBPATTERN" not in str(body):
            text, self.inner = self.inner, None
        else:
            text = self.text(body)
        self._groups[number or 0] = text
        return text


def _character(choice: Sequence[tuple[str, Any]]) -> str:
    """The first character of a class. Raises ``ValueError`` where none is known."""
    negated = choice[0][0] == "NEGATE"
    own: list[str] = [
        chr(what[0] if kind == "RANGE" else what) for kind, what in choice if kind in ("LITERAL", "RANGE")
    ]
    for char in (*own, *_CHARACTERS):
        if any(_is_in(char, kind, what) for kind, what in choice) != negated:
            return str(char)
    raise ValueError("IN")


def _is_in(char: str, kind: str, what: Any) -> bool:
    if kind == "LITERAL":
        return ord(char) == int(what)
    if kind == "RANGE":
        return bool(what[0] <= ord(char) <= what[1])
    if kind == "CATEGORY":
        wanted = str(what).removeprefix("CATEGORY_")
        test = _CATEGORIES[wanted.removeprefix("NOT_")]
        return test(char) != wanted.startswith("NOT_")
    return False

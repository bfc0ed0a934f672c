"""Regular expressions that come with a suite, matched against untrusted texts, each in a bounded time.

Python's own engine is asked where it cannot run away: of a short text, for a pattern in which nothing but
single characters is repeated, and nothing is repeated without end behind something else that is. All else is
left to RE2, which takes linear time; what RE2 lacks (look-around), of a long text, is looked for in its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_GROUPS = 9  # that RE2 is asked for
_FEW = 32  # repetitions that count as an end
_CHARS = 4_000  # of a text that Python's engine reads
_NAMED = re.compile(r"\(\?<(?=[A-Za-z_])")  # JavaScript's named groups
_LEAVES = frozenset(("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT", "CATEGORY"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))


def pattern_flaw(pattern: str) -> str | None:
    """Why a pattern cannot be used; ``None`` if it can."""
    try:
        find_all(pattern, "")
    except ValueError as error:
        return str(error)
    return None


def find_all(pattern: str, text: str) -> list[str]:
    """What the pattern finds in a text, in order: of each match its first group that is not empty.

    Without groups it is the match itself. Raises ``ValueError`` saying why the pattern cannot be used.
    """
    compiled = _compiled(pattern)
    if compiled.groups > _GROUPS:
        raise ValueError(f"pattern {pattern!r:.80}: has more than {_GROUPS} groups")
    groups = range(1, compiled.groups + 1) if compiled.groups else range(1)
    columns = ", ".join(f"regexp_extract_all($text, $pattern, {group})" for group in groups)
    matches = _matched(
        compiled,
        text,
        columns,
        lambda end: tuple([match[group] or "" for match in compiled.finditer(end)] for group in groups),
    )
    return [next(filter(None, parts), "") for parts in zip(*matches, strict=True)]


def take(pattern: str, text: str, which: int = 0) -> str | None:
    """One of ``find_all``, without white space around it; ``None`` where there is none.

    Raises ``ValueError``.
    """
    matches = find_all(pattern, text)
    return matches[which].strip() if -len(matches) <= which < len(matches) else None


def without(pattern: str, text: str) -> str:
    """A text without all that the pattern finds. Raises ``ValueError``."""
    compiled = _compiled(pattern)
    columns = "regexp_replace($text, $pattern, '', 'g')"
    (left,) = _matched(compiled, text, columns, lambda end: (compiled.sub("", end),))
    return str(left)


def _matched(
    compiled: re.Pattern[str], text: str, columns: str, quickly: Callable[[str], tuple[Any, ...]]
) -> tuple[Any, ...]:
    """What ``quickly`` makes of a text with Python's engine, or else SQL's ``columns`` with RE2."""
    import duckdb

    pattern = compiled.pattern
    if _is_quick(pattern) and len(text) <= _CHARS:
        return quickly(text)
    try:
        rows = _database().cursor().execute(f"SELECT {columns}", {"text": text, "pattern": pattern})
        return tuple(rows.fetchall()[0])
    except duckdb.Error as error:
        if not _is_quick(pattern):
            reason = str(error).partition("\n")[0].removeprefix("Invalid Input Error: ")
            raise ValueError(f"pattern {pattern!r:.80}: {reason}") from None
        return quickly(text[-_CHARS:])


@lru_cache(1_000)
def _is_quick(pattern: str) -> bool:
    """Whether Python takes at most a time that grows with the square of the text."""
    return _endless(import_module("re._parser").parse(pattern)) <= 1


@lru_cache(1_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, read as Python does, which is stricter with what it does not know."""
    try:
        return re.compile(_NAMED.sub("(?P<", pattern))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"pattern {pattern!r:.80}: {error}") from None


@lru_cache(1)
def _database() -> duckdb.DuckDBPyConnection:
    """An empty database, which has RE2."""
    import duckdb

    return duckdb.connect(config={"threads": 1})


def _endless(items: Any) -> float:
    """How many repetitions without end stand behind one another in a parsed pattern.

    It is infinite where more than a character is repeated: Python may then take any time.
    """
    behind, aside = 0.0, 0.0
    for name, value in ((str(name), value) for name, value in items):
        if name in _LEAVES:
            continue
        if name in _REPEATS:
            _, most, body = value
            alone = len(body) == 1 and str(body[0][0]) in _LEAVES
            behind += (most > _FEW) if alone else _endless(body) if most <= 1 else inf
        elif name == "SUBPATTERN":
            behind += _endless(value[-1])
        elif name == "BRANCH":
            behind += max(map(_endless, value[1]))
        elif name in ("ASSERT", "ASSERT_NOT"):
            aside = max(aside, _endless(value[1]))
        else:
            return inf
    return max(behind, aside)

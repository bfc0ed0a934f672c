"""Regular expressions of suites, missions and models, matched against any text in a bounded time.

Python's own engine is asked where the form of a pattern and the length of a text bound its steps. All else
is left to RE2, which looks for a match in a time that grows with the length alone; what RE2 lacks
(look-around), of a long text, is looked for in windows that overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from itertools import takewhile
from math import inf
from time import thread_time
from typing import Any

_STEPS = 1e8  # that a pattern may take on a text: about a second
_SECONDS = 5.0  # of the processor, for all matches in a text: each may take the whole of it
_WINDOW = 500  # characters, at least
_LAST = 200_000  # characters in which windows lie
_USUAL = 2_000  # characters that a pattern must be able to read within those steps
_FEW = 32  # repetitions that count as an end
_LONG = 5_000  # characters of a pattern
_NAMED = re.compile(r"\(\?<(?=[A-Za-z_])")  # JavaScript's named groups
_LEAVES = frozenset(("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT", "CATEGORY"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))


def pattern_flaw(pattern: str) -> str | None:
    """Why a pattern cannot be used; ``None`` if it can."""
    try:
        _matches(pattern, "")
    except ValueError as error:
        return str(error)
    return None


def groups_of(pattern: str) -> int:
    """How many groups a pattern has. Raises ``ValueError`` where it is none."""
    return _compiled(pattern).groups


def first_match(pattern: str, text: str) -> str | None:
    """What the pattern matches first in a text. Raises ``ValueError`` saying why it cannot be used."""
    match = next(_matches(pattern, text), None)
    return None if match is None else str(match[0])


def find_all(pattern: str, text: str) -> list[str]:
    """What the pattern finds in a text, in order: of each match its first group that is not empty.

    Without groups it is the match itself. Raises ``ValueError`` saying why the pattern cannot be used.
    """
    matches = _matches(pattern, text)
    return [next(filter(None, match.groups() or (match[0],)), "") for match in matches]


def take(pattern: str, text: str, which: int = 0) -> str | None:
    """One of ``find_all``, without white space around it; ``None`` where there is none.

    Raises ``ValueError``.
    """
    matches = find_all(pattern, text)
    return matches[which].strip() if -len(matches) <= which < len(matches) else None


def without(pattern: str, text: str) -> str:
    """A text without all that the pattern finds. Raises ``ValueError``."""
    kept, at = [], 0
    for match in _matches(pattern, text):
        kept.append(text[at : match.start()])
        at = match.end()
    return "".join((*kept, text[at:]))


def _matches(pattern: str, text: str) -> Iterator[Any]:
    """The matches of a pattern, of RE2 those that it finds within ``_SECONDS``."""
    compiled = _compiled(pattern)
    _check(pattern)
    ways, power = _work(pattern)
    if ways * len(text) ** power <= _STEPS:
        return compiled.finditer(text)
    linear = _linear(pattern)
    if isinstance(linear, str):
        return _in_windows(compiled, text, max(_WINDOW, int(_STEPS / ways / len(text))))
    plain = text.encode("utf-8", "replace").decode()  # halves of a surrogate pair have no UTF-8
    end = thread_time() + _SECONDS
    return takewhile(lambda _: thread_time() < end, linear.finditer(plain))


def _in_windows(compiled: re.Pattern[str], text: str, size: int) -> Iterator[re.Match[str]]:
    """The matches in the end of a text, if none is longer than half a window: so far do two overlap."""
    begin = max(0, len(text) - _LAST)
    while True:
        is_last = begin + size >= len(text)
        edge = len(text) + 1 if is_last else begin + size // 2
        end = begin
        for match in compiled.finditer(text, begin, begin + size):
            if match.start() >= edge:
                break
            yield match
            end = match.end()
        if is_last:
            return
        begin = max(edge, end)


def _check(pattern: str) -> None:
    """Raise ``ValueError`` where neither engine can read a pattern in a bounded time."""
    ways, power = _work(pattern)
    if ways * _USUAL**power > _STEPS and isinstance(reason := _linear(pattern), str):
        raise ValueError(
            f"pattern {pattern!r:.80}: RE2 refuses it ({reason}), and elsewhere it could run without end"
        )


@lru_cache(1_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, read as Python does, which is stricter with what it does not know."""
    try:
        return re.compile(_NAMED.sub("(?P<", pattern))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"pattern {pattern!r:.80}: {error}") from None


@lru_cache(1_000)
def _linear(pattern: str) -> Any:
    """The pattern as RE2 reads it, or a text that says why it cannot."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(_NAMED.sub("(?P<", pattern), options)
    except re2.error as error:
        reason = error.args[0]
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


@lru_cache(1_000)
def _work(pattern: str) -> tuple[float, float]:
    """Python's steps on a text of n characters: at most ``ways * n**power``."""
    if len(pattern) > _LONG:
        return inf, inf
    ways, endless = _paths(import_module("re._parser").parse(_NAMED.sub("(?P<", pattern)))
    return ways, endless + 1


def _paths(items: Any) -> tuple[float, float]:
    """In how many ways a parsed pattern can match, and how many repetitions without end stand in a row in it.

    The ways are those without these repetitions. Both are infinite where more than a character is repeated:
    Python may then take any time.
    """
    ways, behind, aside = 1.0, 0.0, 0.0
    for name, value in ((str(name), value) for name, value in items):
        if name in _LEAVES:
            continue
        if name in _REPEATS:
            least, most, body = value
            if len(body) == 1 and str(body[0][0]) in _LEAVES:
                of_body, endless = (1.0, 1.0) if most > _FEW else (1.0 + most - least, 0.0)
            else:
                of_body, endless = _paths(body) if most <= 1 else (inf, inf)
                of_body += 1 - least
        elif name == "SUBPATTERN":
            of_body, endless = _paths(value[-1])
        elif name == "BRANCH":
            each = [_paths(branch) for branch in value[1]]
            of_body, endless = sum(ways for ways, _ in each), max(endless for _, endless in each)
        elif name in ("ASSERT", "ASSERT_NOT"):
            of_body, endless = _paths(value[1])
            aside, endless = max(aside, behind + endless), 0.0
        else:
            return inf, inf
        ways, behind = ways * of_body, behind + endless
    return ways, max(behind, aside)

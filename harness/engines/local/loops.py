"""Answers that repeat themselves without end, as small models do: they need not run to ``max_tokens``.

A loop is an exact period over the last tokens; numbers that count up have none. Much that has one is meant,
so how long it must last depends on what is repeated: see ``is_loop``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

LOOKED_AT_EVERY = 16  # tokens
_LASTS = 200  # tokens of the same sentences
_LASTS_IN_CODE = 400  # of the same lines, which a program or a table may well repeat
_ENTRIES = 256  # of the same value: a table may be filled with it
_SHORT = 6  # characters of such a value
_FEWEST = 4  # repetitions, however long the part is
_ENTRY = re.compile(r"[^\s,;|()\[\]{}]+")
_NO_PROSE = re.compile(r"[=+*/\\<>{}()\[\]|_`@%&$^~;]")


def is_loop(tokens: Sequence[int], text_of: Callable[[Sequence[int]], str]) -> bool:
    """Whether an answer's ``tokens`` so far end in a repetition that is certain to go on.

    Sentences must repeat over 200 tokens; what has the signs of code or of a table over 400; and a short
    value alone, in rows or not, more than 256 times. ``text_of`` gives the text of some tokens.
    """
    for window in (_LASTS, _LASTS_IN_CODE):
        length = period(tokens[-window:]) if len(tokens) >= window else None
        if length is not None:
            needed = _needed(text_of(tokens[-2 * length :]), length)
            tail = tokens[-needed:]
            return len(tail) == needed and tail[length:] == tail[:-length]
    return False


def period(window: Sequence[int]) -> int | None:
    """The smallest number of tokens after which all of ``window`` repeats itself, four times at least."""
    for length in range(1, len(window) // _FEWEST + 1):
        if window[-1] == window[-1 - length] and window[length:] == window[:-length]:
            return length
    return None


def _needed(twice: str, length: int) -> int:
    """How many tokens a part must repeat over to be no accident, by its text twice and its own tokens."""
    entries = _ENTRY.findall(twice)[1:-1]  # a part may begin anywhere, in the middle of an entry too
    if len(set(entries)) < 2 and len("".join(entries[:1])) <= _SHORT:
        return (_ENTRIES // max(1, len(entries) // 2) + 1) * length
    return _LASTS_IN_CODE if _NO_PROSE.search(twice) else _LASTS

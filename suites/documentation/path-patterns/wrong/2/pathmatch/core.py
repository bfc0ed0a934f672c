"""Patterns for paths with ``/`` between their parts."""

import re
from functools import lru_cache


class BadPattern(ValueError):
    """A pattern that cannot be read.

    Attributes:
        column: Where, from 1 on.
    """

    def __init__(self, message, column):
        """An error with its column in the message."""
        super().__init__(f"column {column}: {message}")
        self.column = column


def matches(pattern, path, *, ignore_case=False):
    """Whether a path is one of a pattern's, as a whole.

    >>> matches("src/**/*.py", "src/a/b/c.py"), matches("*.py", "src/a.py")
    (True, False)

    Args:
        pattern: ``*`` stands for any characters but ``/``, ``?`` for one of them, ``**`` as a whole part for any
            number of parts, also none. ``[abc]`` is one of these characters, ``[!abc]`` another one, never ``/``. A
            backslash takes its meaning from the character behind it.
        path: The path; one leading ``./`` is ignored.
        ignore_case: Whether capitals do not matter. Defaults to False.

    Raises:
        BadPattern: If a bracket is not closed, or nothing stands behind the last backslash.
    """
    flags = re.IGNORECASE if ignore_case else 0
    return re.fullmatch(_regex(pattern), path.removeprefix("./"), flags | re.DOTALL) is not None


def select(patterns, paths):
    """The paths that the last matching pattern of each does not exclude, in the order of ``paths``.

    A pattern that begins with ``!`` excludes. A path that no pattern matches is left out.

    >>> select(["*.py", "!test_*.py", "test_all.py"], ["a.py", "test_a.py", "test_all.py", "b.txt"])
    ['a.py', 'test_all.py']
    """
    chosen = []
    for path in paths:
        decided = [not pattern.startswith("!") for pattern in patterns if matches(pattern.removeprefix("!"), path)]
        if decided and decided[-1]:
            chosen.append(path)
    return chosen


@lru_cache(maxsize=512)
def _regex(pattern):
    parts, out = pattern.split("/"), ""
    column = 1
    for number, part in enumerate(parts, 1):
        if part == "**":
            out += ".*" if number == len(parts) else "(?:[^/]+/)*"
        else:
            out += _part(part, column) + ("" if number == len(parts) else "/")
        column += len(part) + 1
    return out


def _part(part, column):
    out, at = "", 0
    while at < len(part):
        letter = part[at]
        if letter == "*":
            out += "[^/]*"
        elif letter == "?":
            out += "[^/]"
        elif letter == "[":
            end = part.find("]", at + 1)
            if end < 0:
                raise BadPattern("the bracket is not closed", column + at)
            inner = part[at + 1 : end].removeprefix("!")
            out += ("[^/" if part[at + 1] == "!" else "[") + re.escape(inner) + "]" if inner else "(?!)"
            at = end
        elif letter == "\\":
            if at + 1 == len(part):
                raise BadPattern("nothing stands behind the backslash", column + at)
            at += 1
            out += re.escape(part[at])
        else:
            out += re.escape(letter)
        at += 1
    return out

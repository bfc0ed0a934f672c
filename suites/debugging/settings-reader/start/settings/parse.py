"""Lines ``key = value`` to pairs."""

import re

_KEY = re.compile(r"[a-z][a-z0-9_.]*")


class Malformed(Exception):
    """A line that is no setting; the message has its number."""


def parse(text):
    """The pairs of a file, in their order.

    Empty lines and those that begin with ``#`` are left out. A value ends where `` #`` begins a comment, and may stand in
    double quotes, in which ``#`` has no meaning.
    """
    pairs = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, equals, value = line.partition("=")
        if not equals or not _KEY.fullmatch(key.strip()):
            raise Malformed(f"line {number}: {line!r} is no setting")
        pairs.append((key.strip(), _value(value.strip(), number)))
    return pairs


def _value(text, number):
    if not text.startswith('"'):
        return re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()
    inner, closed, rest = text[1:].partition('"')
    if not closed or (rest.strip() and not rest.strip().startswith("#")):
        raise Malformed(f"line {number}: a quoted value must end with its line")
    return inner

"""A template as tokens."""

import re
from typing import NamedTuple

from templates.errors import TemplateError

_MARK = re.compile(r"\{\{(-?)(.*?)(-?)\}\}|\{%(-?)(.*?)(-?)%\}|\{#(-?)(.*?)(-?)#\}", re.DOTALL)
_RAW_END = re.compile(r"\{%-?\s*endraw\s*-?%\}")


class Token(NamedTuple):
    """``kind`` is text, print or tag; ``line`` is where it begins."""

    kind: str
    text: str
    line: int


def tokens(name, source):
    """The tokens of a template."""
    result = []
    place, trim = 0, False
    while True:
        match = _MARK.search(source, place)
        text = source[place : match.start() if match else len(source)]
        line = source.count("\n", 0, place) + 1
        if trim:
            text = text.lstrip()
        if match and "-" in (match[1], match[4], match[7]):
            text = text.rstrip()
        if text:
            result.append(Token("text", text, line))
        if not match:
            return result
        line = source.count("\n", 0, match.start()) + 1
        place, trim = match.end(), "-" in (match[3], match[6], match[9])
        if match[2] is not None:
            result.append(Token("print", match[2].strip(), line))
        elif match[5] is not None and match[5].strip() == "raw":
            end = _RAW_END.search(source, place)
            if not end:
                raise TemplateError(name, line, "endraw is missing")
            result.append(Token("text", source[place : end.start()], line))
            place, trim = end.end(), False
        elif match[5] is not None:
            result.append(Token("tag", match[5].strip(), line))

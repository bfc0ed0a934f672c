"""JSON as people and models write it: comments, a comma too many, other quotes, names without any."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from harness.jsontext import parse_strict, parse_strict_at

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|“[^”\n]*+”)|(?P<comment>//[^\n]*|\#[^\n]*|/\*.{0,999}?\*/)
    |(?P<opens>[\[{])|(?P<closes>[\]}])|(?P<word>[^\W\d]\w*)|(?P<other>-?\d[\w.+-]*|\s+|.)""",
    re.VERBOSE | re.DOTALL,
)
_CONSTANTS = {
    "True": "true",
    "False": "false",
    "None": "null",
    "true": "true",
    "false": "false",
    "null": "null",
}
_TOKENS = 50_000  # that are looked at in one text, all beginnings together
_STARTS = 1_000  # brackets at which a value may begin
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_OPENING = re.compile(r"[\[{]")


def values_in(text: str) -> Iterator[tuple[Any, int, int]]:
    """The objects and lists in a text that stand in no other, in order, with where they begin and end."""
    end, tokens = 0, _TOKENS
    for number, start in enumerate(_OPENING.finditer(text)):
        if number == _STARTS:
            return
        if start.start() < end:
            continue
        try:
            value, end = parse_strict_at(text, start.start())
        except ValueError:
            written, behind, tokens = _as_json(text, start.start(), tokens)
            try:
                value, end = parse_strict(written), behind
            except ValueError:
                continue
        yield value, start.start(), end


def _as_json(text: str, at: int, tokens: int) -> tuple[str, int, int]:
    """What begins at a bracket, put as JSON where it is that, where it ends, and how many tokens are left."""
    parts: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(text, at):
        tokens -= 1
        kind, part = token.lastgroup, token[0]
        depth += (kind == "opens") - (kind == "closes")
        if kind == "closes" and parts[-1] == "," and parts[-2] not in "[{,":
            parts.pop()
        if kind == "text":
            parts.append(_quoted(part))
        elif kind == "word":
            parts.append(_CONSTANTS.get(part) or json.dumps(part))
        elif kind == "other" and part.isspace() and parts[-1][-1:].isalnum():
            parts.append(" ")  # what stands apart stays apart
        elif kind != "comment" and not part.isspace():
            parts.append(part)
        if depth == 0 or tokens <= 0:
            return "".join(parts), token.end(), tokens
    return "", len(text), tokens


def _quoted(part: str) -> str:
    if part[0] == '"':
        return part
    inner = _BARE_QUOTE.sub(r'\\"', part[1:-1].replace("\\'", "'"))
    return f'"{inner}"'

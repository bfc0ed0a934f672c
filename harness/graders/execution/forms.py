"""The texts that an answer may stand for: as it is, and out of quotes, HTML, JSON, patches and the like."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ODD = re.compile("[\u00a0\u00ad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-fA-F]{1,6});")
_STRING = re.compile(
    r'"(?:\\.|[^"\\\n])*+(?:"|$)|(?<!\w)\'(?:\\.|[^\'\\\n])*+(?:\'|$)|`[^`\n]*+(?:`|$)', re.MULTILINE
)

_TAG = (
    r"(?:(?<![\w:&])</?[a-zA-Z][^<>\n]{0,200}>|<!\[CDATA\[|\]\]>|\[/?[A-Z_]{3,20}\]"
    r"|\\(?:begin|end)\{\w{1,20}\*?\}[^\n{]{0,80})"
)
_TAGS = re.compile(
    rf"^(?:[ \t]*{_TAG})++|(?:(?<![ \t])[ \t]*+{_TAG})++[ \t]*$|</?(?i:pre|code)\b[^<>\n]{{0,200}}>",
    re.MULTILINE,
)
_BREAK = re.compile(r"<br ?/?>\n?", re.IGNORECASE)
_QUOTE = re.compile(r"^ {0,3}>(?!>>) ?", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[_*\[\]<>#~`])")
_PATCH = re.compile(r"^(?:(?:diff --git|index [0-9a-f]|---|\+\+\+|@@|-).*\n?|[+ ])", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*(\d{1,5})(?=[ \t|:.)│]|$)(.*)$", re.MULTILINE)
_NUMBER_MARKS = ("|", "│", ":", ".", ")")
_OBJECT = re.compile(r"[{\[]\s{0,20}+[\"{\[]")
_OBJECTS = 8  # places of an answer at which JSON is looked for
_DEPTH = 6


def clean(text: str) -> str:
    """``text`` with plain line ends, and outside strings without what is unseen or escaped for HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ENTITY.search(text) and _ENTITY.search(_STRING.sub("", text)):
        text = html.unescape(text)
    return _outside_strings(_seen, text) if _ODD.search(text) else text


def forms(text: str, own: Sequence[Callable[[str], str]]) -> Iterator[list[str]]:
    """The texts of a cleaned answer to look for code in, the likeliest first; each a list of stretches.

    ``own`` are changes that the language has beside those that all have.
    """
    yield [text]
    changes = [*own, _unquoted, _without_patch, _without_numbers, _unescaped]
    every = text
    for change in changes:
        every = change(every)
        if (changed := change(text)) != text:
            yield [changed]
    if every != text:
        yield [every]
    for string in _strings(text):
        yield [clean(string)]
    stretches = [stretch for stretch in _TAGS.split(_BREAK.sub("\n", text)) if stretch.strip()]
    if stretches and stretches != [text]:
        yield stretches


def _seen(text: str) -> str:
    return _UNSEEN.sub("", _SPACES.sub(" ", text))


def _outside_strings(change: Callable[[str], str], text: str) -> str:
    parts, at = [], 0
    for string in _STRING.finditer(text):
        parts += [change(text[at : string.start()]), string[0]]
        at = string.end()
    return "".join([*parts, change(text[at:])])


def _unquoted(text: str) -> str:
    return _QUOTE.sub("", text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub("", text)


def _without_patch(text: str) -> str:
    """What a patch leaves, where most lines are added."""
    added = len(re.findall(r"^\+(?!\+\+)", text, re.MULTILINE))
    return _PATCH.sub("", text) if added > 1 else text


def _without_numbers(text: str) -> str:
    """Numbered lines without their numbers, and without the mark and spaces behind every one of these."""
    rows = _NUMBERED.findall(text)
    counted = sum(int(after) - int(before) == 1 for (before, _), (after, _) in pairwise(rows))
    if counted < max(1, len(rows) - 2):
        return text
    rests = [rest.lstrip(" ") if rest.lstrip(" ")[:1] in _NUMBER_MARKS else rest for _, rest in rows]
    mark = rests[0][:1] if rests[0][:1] in _NUMBER_MARKS else ""
    mark = mark if all(rest.startswith(mark) for rest in rests) else ""
    rests = [rest[len(mark) :] for rest in rests if rest.strip(" ") != mark]
    spaces = min((len(rest) - len(rest.lstrip(" ")) for rest in rests), default=0)
    behind = rf"(?: *{re.escape(mark)})?" if mark else ""
    before = re.compile(rf"^[ \t]*\d{{1,5}}{behind}(?:\t| {{0,{spaces}}})", re.MULTILINE)
    return before.sub("", text)


def _strings(text: str) -> Iterator[str]:
    """The longer strings of the JSON in a text, those of ``code`` and the like as well as any other."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(_OBJECTS):
        start = _OBJECT.search(text, at)
        if start is None:
            return
        try:
            value, at = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            at = start.start() + 1
            continue
        yield from _texts(value, _DEPTH)


def _texts(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str) and len(value) > 8:
        yield value
        if value.lstrip().startswith("{"):  # arguments of a call, JSON in JSON
            yield from _strings(value) if depth else ()
    elif isinstance(value, dict | list) and depth:
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item, depth - 1)

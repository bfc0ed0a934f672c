"""Text that others wrote, made harmless: what a model answers and a user names is shown, never obeyed.

Control characters, terminal escapes and marks that turn the direction of writing become visible
signs. HTML is escaped by the template engine, Markdown here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
_BREAKS = {0x2028, 0x2029}  # line breaks to a browser or an editor, not to a table
_HIDDEN = {  # take no room, and can carry a message
    *(0x200B, 0x2060, 0xFEFF), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0),
}  # fmt: skip
_NO_CHARACTERS = {  # never will be, and no XML may hold the first two
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
    *range(0xFDD0, 0xFDF0),
}

_SIGNS = {code: chr(0x2400 + code) for code in range(0x20)}  # ␀ ␛ …
_SIGNS |= {
    code: f"[U+{code:04X}]" for code in (*range(0x80, 0xA0), *_BIDI, *_BREAKS, *_HIDDEN, *_NO_CHARACTERS)
}
_SIGNS |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")  # lone surrogates
_SIGNS[0x7F] = "␡"
_BLOCK = {code: sign for code, sign in _SIGNS.items() if code not in (0x09, 0x0A)}

_UNIT = re.compile(r"(?<=\d) (?=(?:%|m?s|points?)\b|%)|(?<=≤) ")
_RANGE = re.compile(r"(?<=\d)–(?=\d)")

# An underscore inside a word means nothing in Markdown; model names are full of them.
_MARKDOWN = re.compile(r"[\\`*\[\]|~]|<(?=[A-Za-z/!?])|^>|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")


def plain(text: str) -> str:
    """One harmless line. Line breaks show as ``↵``."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\n", "↵").replace("\t", " ").translate(_SIGNS)


def unbroken(text: str) -> str:
    """The same for words of ours, where no line breaks between a figure and its unit, or in a range."""
    return _RANGE.sub("\u2060–\u2060", _UNIT.sub("\u00a0", plain(text)))


def block(text: str) -> str:
    """The same for text of several lines, which it keeps."""
    return text.replace("\r\n", "\n").translate(_BLOCK)


def excerpt(text: str, limit: int, whole: int | None = None) -> str:
    """At most ``limit`` characters of ``text``; if it is cut, how many there are (``whole``, where known)."""
    whole = len(text) if whole is None else whole
    if whole <= limit and len(text) <= limit:
        return text
    return f"{text[:limit]} … [{whole:,} characters in all]"


def markdown(text: str) -> str:
    """One harmless line in which Markdown and HTML mean nothing."""
    escaped = _MARKDOWN.sub(r"\\\g<0>", plain(text))
    return escaped.replace("$", "\\$") if escaped.count("$") > 1 else escaped  # one is a price, two a formula


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> str:
    """A table of cells that are Markdown already. It lines up in an editor too; numbers go to the right."""
    widths = [max(3, *(screen_width(line[i]) for line in [header, *rows])) for i in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        padded = []
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            space = " " * (width - screen_width(cell))
            padded.append(space + cell if numbers[i] else cell + space)
        return f"| {' | '.join(padded)} |"

    rule = [
        "-" * (width - 1) + ":" if right else "-" * width
        for width, right in zip(widths, numbers, strict=True)
    ]
    return "\n".join([line(header), line(rule), *map(line, rows)])


def screen_width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )

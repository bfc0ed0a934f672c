"""A written answer taken apart: blocks of Markdown, and in them paragraphs, sentences, items and words.

The rules by which things are counted are stated here, once. A *word* is letters and digits with the
signs that join them (``don't``, ``3.5``, ``a@b.org``, ``well-known``); code blocks and the marks of
Markdown are no words. A *sentence* ends with ``.``, ``!``, ``?`` or ``…`` before something that can begin
another one, and with its paragraph or item; headings, tables and code are none. A *paragraph* is neither
heading, item, table nor code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from harness.graders.fences import Fence, closes, opening

BlockKind = Literal["heading", "item", "table", "code", "rule", "paragraph"]
Part = Literal[
    "text", "first_line", "last_line", "lines", "paragraphs", "sentences", "items", "headings", "sections"
]

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_ITEM = re.compile(r"[ \t]*([-*+•]|\d{1,9}[.)])[ \t]+(\S.*)")
_TABLE = re.compile(r"[ \t]*\|.*\|[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_CONTINUED = re.compile(r"[ \t]{2,}\S")

WORD = re.compile(r"[^\W_]+(?:[.,:'’/@‑-][^\W_]+)*")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_EMPHASIS = re.compile(r"\*+|`+|(?<![^\W_])_+|_+(?![^\W_])|~~")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'“”’»)\]]*[ \n]+(?=[\"'“‘„«(\[¿¡—-]*[^\W_])")
_SHORT = (  # what ends in a full stop and ends no sentence
    r"e\.g|i\.e|etc|vs|cf|approx|dr|mr|mrs|ms|prof|st|no|nr|fig|vol|inc|ltd|jr|sr|"
    r"z\. ?b|d\. ?h|u\. ?a|bzw|ca|ggf|usw|abs|str|hr|fr|art|sra?|m|mme|p\. ?ex|[a-z]"
)
_MONTH = r"jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec"
_NO_END = re.compile(rf"(?:\b(?:{_SHORT})|^\d{{1,2}})\.$", re.IGNORECASE)
_ORDINAL = re.compile(r"\b\d{1,2}\.$")
_ORDINAL_NOUN = re.compile(rf"(?:{_MONTH}|jahrhundert|etage|stock|klasse)", re.IGNORECASE)
_SAME_SIGNS = str.maketrans(
    {**dict.fromkeys("‘’‚ʼ´`", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑‒–—−", "-")}
)
_THOUSANDS = re.compile(r"(?<=\d)[,' ](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown. ``level`` is that of a heading; ``marker`` what stands before an item."""

    kind: BlockKind
    text: str
    source: str  # as it stands in the answer
    level: int = 0
    marker: str = ""


@dataclass(frozen=True)
class WrittenText:
    """An answer, and the prompt that it answers."""

    raw: str
    prompt: str = ""

    @cached_property
    def blocks(self) -> list[Block]:
        """Its blocks, in order."""
        return list(_blocks(self.raw))

    @cached_property
    def paragraphs(self) -> list[str]:
        """Plain text of its paragraphs."""
        return [plain(block.text) for block in self.blocks if block.kind == "paragraph"]

    @cached_property
    def items(self) -> list[str]:
        """Plain text of the items of its lists."""
        return [plain(block.text) for block in self.blocks if block.kind == "item"]

    @cached_property
    def headings(self) -> list[str]:
        """Plain text of its headings."""
        return [plain(block.text) for block in self.blocks if block.kind == "heading"]

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of its paragraphs and items."""
        prose = [block for block in self.blocks if block.kind in ("paragraph", "item")]
        return [sentence for block in prose for sentence in _sentences(plain(block.text))]

    @cached_property
    def visible(self) -> str:
        """What a reader sees as text: plain, without code; a block a line."""
        return "\n".join(plain(block.text) for block in self.blocks if block.kind not in ("code", "rule"))

    @cached_property
    def words(self) -> list[str]:
        """Its words."""
        return words(self.visible)

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """By heading, as ``matching`` writes it, the text below it, down to the next of its level."""
        bodies: dict[str, list[str]] = {}
        above: list[tuple[int, str]] = []
        for block in self.blocks:
            if block.kind == "heading":
                above = [(level, name) for level, name in above if level < block.level]
            for _, name in above:
                bodies[name].append(block.source)
            if block.kind == "heading":
                above.append((block.level, matching(block.text)))
                bodies.setdefault(above[-1][1], [])
        return {name: "\n".join(body) for name, body in bodies.items()}

    def parts(self, of: Part) -> list[str]:
        """The parts of one kind."""
        return PARTS[of](self)


def _lines(text: WrittenText) -> list[str]:
    return [plain(line) for line in text.raw.splitlines() if line.strip()]


PARTS: Mapping[Part, Callable[[WrittenText], list[str]]] = {
    "text": lambda text: [text.visible],
    "first_line": lambda text: _lines(text)[:1],
    "last_line": lambda text: _lines(text)[-1:],
    "lines": _lines,
    "paragraphs": lambda text: text.paragraphs,
    "sentences": lambda text: text.sentences,
    "items": lambda text: text.items,
    "headings": lambda text: text.headings,
    "sections": lambda text: list(text.sections.values()),
}


def plain(text: str) -> str:
    """Without the marks of Markdown in a line: emphasis, code, links, what begins a heading or an item."""
    for pattern in (_HEADING, _ITEM):
        if match := pattern.fullmatch(text):
            text = match[2]
    return _EMPHASIS.sub("", _LINK.sub(r"\1", text)).strip()


def words(text: str) -> list[str]:
    """The words of plain text."""
    return WORD.findall(text)


def matching(text: str) -> str:
    """Text as it is compared: without case and emphasis, signs and spaces of one kind, 1,200 as 1200."""
    text = unicodedata.normalize("NFKC", plain(text)).casefold().translate(_SAME_SIGNS)
    return " ".join(_THOUSANDS.sub("", text).split())


def _sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph; what only looks like an end is put together again."""
    held = ""
    pieces = _SENTENCE_END.split(" ".join(paragraph.split()))
    for at, piece in enumerate(pieces):
        held = f"{held} {piece}".strip()
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        ordinal = _ORDINAL.search(held) and _ORDINAL_NOUN.match(following)
        small = following[:1].islower() and not held.endswith(("!", "?"))
        if following and (ordinal or small or _NO_END.search(held)):
            continue
        if WORD.search(held):
            yield held
        held = ""


def _blocks(raw: str) -> Iterator[Block]:
    """The blocks of a text. Lines in a row are a paragraph; indented ones belong to the item before."""
    fence: Fence | None = None
    held: list[str] = []  # lines of the block that is not ended yet
    for line in raw.splitlines():
        if fence is not None:
            held.append(line)
            if closes(line, fence):
                yield _code(held)
                fence, held = None, []
            continue
        fence = opening(line)
        single = fence is None and _single(line)
        goes_on = (
            held and not _ITEM.fullmatch(line) and (_CONTINUED.match(line) or not _ITEM.fullmatch(held[0]))
        )
        if _UNDERLINE.fullmatch(line) and len(held) == 1 and not _ITEM.fullmatch(held[0]):
            yield Block("heading", held[0].strip(), f"{held[0]}\n{line}", 1 if "=" in line else 2)
            held = []
            continue
        if held and (fence or single or not line.strip() or not goes_on):
            yield _prose(held)
            held = []
        if single:
            yield single
        elif line.strip():
            held.append(line)
    if held:
        yield _code(held) if fence else _prose(held)


def _single(line: str) -> Block | None:
    """A block that is one line, if this one is."""
    if heading := _HEADING.fullmatch(line):
        return Block("heading", heading[2], line, len(heading[1]))
    if _RULE.fullmatch(line):
        return Block("rule", line, line)
    return Block("table", line.strip(), line) if _TABLE.fullmatch(line) else None


def _code(lines: list[str]) -> Block:
    source = "\n".join(lines)
    return Block("code", source, source)


def _prose(lines: list[str]) -> Block:
    """An item or a paragraph; an empty line stands behind a paragraph."""
    item = _ITEM.fullmatch(lines[0])
    first = item[2] if item else lines[0]
    text = "\n".join(line.strip() for line in (first, *lines[1:]))
    source = "\n".join(lines)
    return Block("item", text, source, marker=item[1]) if item else Block("paragraph", text, f"{source}\n")

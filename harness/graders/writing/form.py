"""Checks of form: how long a text is, how it is laid out, how it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

import pyarrow.compute as pc

from harness.columns import text_scalar
from harness.graders.writing.text import Part, WrittenText, matching, plain
from harness.words import counted

UNITS: Mapping[str, Callable[[WrittenText], int]] = {
    "words": lambda text: len(text.words),
    "characters": lambda text: len(text.visible),
    "sentences": lambda text: len(text.sentences),
    "paragraphs": lambda text: len(text.paragraphs),
    "items": lambda text: len(text.items),
    "lines": lambda text: sum(1 for line in text.raw.splitlines() if line.strip()),
}
_DIVIDER = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_MARKDOWN = re.compile(r"\*\*|__|`|^\s{0,3}(?:#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|\|)|\]\(", re.MULTILINE)
_NUMBERED = re.compile(r"(\d+)[.)]")


def check_range(name: str, bounds: Sequence[int]) -> None:
    """Raise ``ValueError`` where these are not the fewest and the most."""
    if len(bounds) != 2 or not 0 <= bounds[0] <= bounds[1]:
        raise ValueError(f"{name}: must be the fewest and the most, such as [60, 90]")


@dataclass(frozen=True)
class Length:
    """As many words, characters, sentences, paragraphs, items or lines as said: in all, or in each part."""

    of: Part = "text"
    words: Sequence[int] | None = None
    characters: Sequence[int] | None = None
    sentences: Sequence[int] | None = None
    paragraphs: Sequence[int] | None = None
    items: Sequence[int] | None = None
    lines: Sequence[int] | None = None

    def __post_init__(self) -> None:
        if not self._bounds():
            raise ValueError(f"length: say how much of what: {', '.join(UNITS)}")
        for unit, bounds in self._bounds().items():
            check_range(unit, bounds)

    def _bounds(self) -> dict[str, Sequence[int]]:
        given = {field.name: getattr(self, field.name) for field in fields(self) if field.name in UNITS}
        return {unit: bounds for unit, bounds in given.items() if bounds is not None}

    def flaw(self, text: WrittenText) -> str | None:
        """Which part has too few or too many."""
        parts = [text] if self.of == "text" else [WrittenText(part) for part in text.parts(self.of)]
        if not parts:
            return f"it has no {self.of}"
        for part in parts:
            for unit, (least, most) in self._bounds().items():
                if not least <= (count := UNITS[unit](part)) <= most:
                    where = "it" if self.of == "text" else f"{part.raw[:40]!r}"
                    return f"{where} has {count} {unit}, not {least} to {most}"
        return None


@dataclass(frozen=True)
class Headings:
    """These headings, in this order, and no others of their level; each has text below it."""

    titles: Sequence[str]
    level: int | None = None

    def flaw(self, text: WrittenText) -> str | None:
        """What is there instead, or which section is empty."""
        levels = (self.level,) if self.level else range(1, 7)
        given = [block.text for block in text.blocks if block.kind == "heading" and block.level in levels]
        if list(map(_name, given)) != list(map(_name, self.titles)):
            return f"its headings are {', '.join(map(plain, given)) or 'none'}"
        for heading in given:
            if not WrittenText(text.sections[matching(heading)]).raw.strip():
                return f"nothing stands below {plain(heading)!r}"
        return None


def _name(heading: str) -> str:
    return matching(heading).rstrip(":.")


@dataclass(frozen=True)
class Items:
    """A list of so many items, numbered from 1 or marked by a bullet; ``under`` a heading, or anywhere."""

    count: Sequence[int]
    marker: Literal["bullet", "number", "any"] = "any"
    under: str | None = None

    def __post_init__(self) -> None:
        check_range("count", self.count)

    def flaw(self, text: WrittenText) -> str | None:
        """How many there are, or how they are marked."""
        part = text if self.under is None else WrittenText(text.sections.get(matching(self.under), ""))
        items = [block for block in part.blocks if block.kind == "item"]
        numbers = [int(match[1]) for item in items if (match := _NUMBERED.fullmatch(item.marker))]
        if not self.count[0] <= len(items) <= self.count[1]:
            return f"its list has {counted(len(items), 'item')}, not {self.count[0]} to {self.count[1]}"
        if self.marker == "number" and numbers != list(range(1, len(items) + 1)):
            return "its items are not numbered from 1 on"
        if self.marker == "bullet" and numbers:
            return "its items are numbered"
        return None


@dataclass(frozen=True)
class TableForm:
    """A Markdown table with these columns and so many rows, none of whose cells is empty."""

    columns: Sequence[str]
    rows: Sequence[int]

    def __post_init__(self) -> None:
        check_range("rows", self.rows)

    def flaw(self, text: WrittenText) -> str | None:
        """What the table lacks."""
        lines = [block.text for block in text.blocks if block.kind == "table"]
        if len(lines) < 2 or not _DIVIDER.fullmatch(lines[1]):
            return "it has no table"
        head, *rows = [
            [cell.strip() for cell in line.strip("| \t").split("|")] for line in (lines[0], *lines[2:])
        ]
        if list(map(matching, head)) != list(map(matching, self.columns)):
            return f"its table has the columns {', '.join(head)}"
        if not self.rows[0] <= len(rows) <= self.rows[1]:
            return f"its table has {counted(len(rows), 'row')}, not {self.rows[0]} to {self.rows[1]}"
        bad = [row for row in rows if len(row) != len(head) or not all(row)]
        return f"a row of its table is not filled: {bad[0]}" if bad else None


@dataclass(frozen=True)
class Frame:
    """The first line begins with one of ``starts``, the last ends with one of ``ends``, in any case."""

    starts: Sequence[str] = ()
    ends: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not self.starts and not self.ends:
            raise ValueError("frame: say what it starts or ends with")

    def flaw(self, text: WrittenText) -> str | None:
        """How it begins or ends instead."""
        first, last = ("".join(text.parts(of)) for of in ("first_line", "last_line"))
        if self.starts and not matching(first).startswith(tuple(map(matching, self.starts))):
            return f"it begins with {first[:40]!r}"
        if self.ends and not matching(last).endswith(tuple(map(matching, self.ends))):
            return f"it ends with {last[-40:]!r}"
        return None


@dataclass(frozen=True)
class Matches:
    """Each part, from its first sign to its last, is as the pattern (RE2) says."""

    pattern: str
    of: Part = "lines"

    def __post_init__(self) -> None:
        _fits(self.pattern, "")

    def flaw(self, text: WrittenText) -> str | None:
        """The first part that is not."""
        parts = text.parts(self.of)
        if not parts:
            return f"it has no {self.of}"
        wrong = next((part for part in parts if not _fits(self.pattern, part)), None)
        return None if wrong is None else f"{wrong[:60]!r} is not of the form asked for"


def _fits(pattern: str, text: str) -> bool:
    """Whether a text is as a pattern of RE2 says, in time that grows with its length alone."""
    fits: bool = pc.match_substring_regex(text_scalar(text), rf"\A(?:{pattern})\z").as_py()
    return fits


@dataclass(frozen=True)
class Plain:
    """Plain text: no mark of Markdown in it."""

    def flaw(self, text: WrittenText) -> str | None:
        """The first mark."""
        mark = _MARKDOWN.search(text.raw)
        return f"it has Markdown: {mark[0].strip()!r}" if mark else None


@dataclass(frozen=True)
class LetterCase:
    """The letters of every part are so; ``title`` wants a capital in each word of four letters and more."""

    letters: Literal["lower", "upper", "title", "sentence"]
    of: Part = "text"

    def flaw(self, text: WrittenText) -> str | None:
        """The first part that is not."""
        parts = text.parts(self.of)
        if not parts:
            return f"it has no {self.of}"
        wrong = next((part for part in parts if not _CASES[self.letters](part)), None)
        return None if wrong is None else f"{wrong[:60]!r} is not in {self.letters} case"


def _capitals(part: str) -> list[bool]:
    """Whether each word of four letters and more begins with a capital."""
    return [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", part)]


_CASES: Mapping[str, Callable[[str], bool]] = {
    "lower": lambda part: part == part.lower(),
    "upper": lambda part: part == part.upper(),
    "title": lambda part: all(_capitals(part)),
    "sentence": lambda part: (
        part[:1] == part[:1].upper() and sum(_capitals(part)[1:]) * 2 <= len(_capitals(part))
    ),
}


@dataclass(frozen=True)
class Order:
    """The parts are sorted: by their first word, or by their first number, going up or down."""

    of: Part = "items"
    by: Literal["word", "number"] = "word"
    going: Literal["up", "down"] = "up"

    def flaw(self, text: WrittenText) -> str | None:
        """The first part that is out of order."""
        parts = text.parts(self.of)
        if len(parts) < 2:
            return f"it has fewer than two {self.of}"
        keys = [_number(part) if self.by == "number" else matching(part) for part in parts]
        if None in keys:
            return f"{parts[keys.index(None)][:60]!r} has no number"
        for part, before, key in zip(parts[1:], keys, keys[1:], strict=False):
            if key != before and (key < before) == (self.going == "up"):  # type: ignore[operator]
                return f"{part[:60]!r} is out of order"
        return None


def _number(part: str) -> float | None:
    number = re.search(r"\d+(?:\.\d+)?", matching(part))
    return float(number[0]) if number else None

"""Formulas of propositional logic, read from text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_CHARACTERS, _NESTING = 1000, 40
_TOKEN = re.compile(
    r"\s*(?:(?P<not>~|¬|!|\\(?:neg|lnot)\b|not\b)|(?P<and>&&?|∧|/\\|\\(?:land|wedge)\b|and\b)"
    r"|(?P<or>\|\|?|∨|\\/|\\(?:lor|vee)\b|or\b)|(?P<implies>[-=]+>|→|⇒|\\(?:to|rightarrow|Rightarrow|implies)\b|implies\b)"
    r"|(?P<false>⊥|\\bot\b|false\b|_\|_)|(?P<letter>[A-Za-z]\b)|(?P<open>[(\[])|(?P<close>[)\]]))\s*",
    re.IGNORECASE,
)
Kind = Literal["letter", "false", "not", "and", "or", "implies"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; two are the same where they are written alike but for brackets and signs."""

    kind: Kind
    parts: tuple[Formula, ...] = ()
    letter: str = ""

    def __str__(self) -> str:
        if self.kind == "letter":
            return self.letter
        if self.kind == "false":
            return "false"
        inner = [str(part) if part.kind in ("letter", "false", "not") else f"({part})" for part in self.parts]
        return f"not {inner[0]}" if self.kind == "not" else _SIGNS[self.kind].join(inner)


_SIGNS = {"and": " and ", "or": " or ", "implies": " -> "}
FALSE = Formula("false")


def parse(text: object) -> Formula:
    """The formula of a text: ``not`` binds most, then ``and``, ``or``, and ``->`` to the right.

    Raises ``ValueError`` saying what is wrong with it.
    """
    if not isinstance(text, str) or len(text) > _CHARACTERS:
        raise ValueError(f"a formula is a text of at most {_CHARACTERS:,} characters")
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise ValueError(f"{text[at:]!r:.40} is no part of a formula")
        tokens.append((str(match.lastgroup), match[0].strip().upper()))
        at = match.end()
    reader = _Reader([*tokens, ("end", "")])
    formula = reader.implication(0)
    if reader.now != "end":
        raise ValueError(f"{text!r:.80} goes on after a formula has ended")
    return formula


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def now(self) -> str:
        return self._tokens[self._at][0]

    def _take(self, kind: str) -> bool:
        taken = self.now == kind
        self._at += taken
        return taken

    def implication(self, depth: int) -> Formula:
        if depth > _NESTING:
            raise ValueError(f"a formula that is nested deeper than {_NESTING}")
        left = self._joined("or", depth)
        return Formula("implies", (left, self.implication(depth + 1))) if self._take("implies") else left

    def _joined(self, kind: Literal["or", "and"], depth: int) -> Formula:
        left = self._joined("and", depth) if kind == "or" else self._unary(depth)
        while self._take(kind):
            right = self._joined("and", depth) if kind == "or" else self._unary(depth)
            left = Formula(kind, (left, right))
        return left

    def _unary(self, depth: int) -> Formula:
        if depth > _NESTING:
            raise ValueError(f"a formula that is nested deeper than {_NESTING}")
        if self._take("not"):
            return Formula("not", (self._unary(depth + 1),))
        if self._take("open"):
            inner = self.implication(depth + 1)
            if not self._take("close"):
                raise ValueError("a bracket is not closed")
            return inner
        if self._take("false"):
            return FALSE
        letter = self._tokens[self._at][1]
        if not self._take("letter"):
            raise ValueError("a letter is missing")
        return Formula("letter", letter=letter)

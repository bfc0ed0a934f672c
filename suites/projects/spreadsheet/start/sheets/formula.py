"""Formulas as trees: tuples whose first item says what they are.

``("number", 1.5)``, ``("text", "a")``, ``("bool", True)``, ``("error", Error)``, ``("cells", Span)``,
``("call", "SUM", [trees])``, ``("negative", tree)`` and ``("+", left, right)`` for every operator.
"""

import re
from typing import NamedTuple

from sheets.names import cell_name, position


class Error(NamedTuple):
    """A value that says what went wrong."""

    code: str


class Corner(NamedTuple):
    """A cell as it is named, with or without ``$``."""

    column: int
    row: int
    column_fixed: bool = False
    row_fixed: bool = False

    def __str__(self):
        """As it is written."""
        letters = cell_name(self.column, "")
        return f"{'$' * self.column_fixed}{letters}{'$' * self.row_fixed}{self.row}"


class Span(NamedTuple):
    """A cell, or a range from the upper left to the lower right one."""

    first: Corner
    last: Corner
    single: bool

    def __str__(self):
        """As it is written."""
        return str(self.first) if self.single else f"{self.first}:{self.last}"

    def cells(self):
        """The columns and rows of all cells, row by row."""
        columns = range(self.first.column, self.last.column + 1)
        return [(column, row) for row in range(self.first.row, self.last.row + 1) for column in columns]


_CELL = r"\$?[A-Za-z]{1,2}\$?[1-9][0-9]{0,3}(?![A-Za-z0-9_])"
_TOKEN = re.compile(
    rf"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"]*")|(?P<error>\#[A-Z0-9/]+[!?])|(?P<cells>{_CELL}(?::{_CELL})?)
    |(?P<name>[A-Za-z]+)|(?P<sign><>|<=|>=|[-+*/&=<>(),]))""",
    re.VERBOSE,
)
_LEVELS = (("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"))


class Token(NamedTuple):
    """``start`` and ``end`` are places in the text of the formula."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text):
    """The tokens behind ``=``; raises ``ValueError`` for what has none."""
    result, place = [], 1
    stop = len(text.rstrip())
    while place < stop:
        match = _TOKEN.match(text, place)
        if not match:
            raise ValueError(f"not understood: {text[place:]}")
        kind = match.lastgroup
        result.append(Token(kind, match[kind], match.start(kind), match.end(kind)))
        place = match.end()
    return result


def span(text):
    """The cells in the text of a token of that kind."""
    corners = [_corner(part) for part in text.split(":")]
    (left, right), (top, bottom) = (sorted(zip(*pair)) for pair in _pairs(corners[0], corners[-1]))
    first = Corner(left[0], top[0], left[1], top[1])
    return Span(first, Corner(right[0], bottom[0], right[1], bottom[1]), len(corners) == 1)


def _pairs(a, b):
    """Columns and rows of two corners, each with its ``$``."""
    columns = ((a.column, b.column), (a.column_fixed, b.column_fixed))
    return columns, ((a.row, b.row), (a.row_fixed, b.row_fixed))


def _corner(text):
    column, row = position(text.replace("$", ""))
    return Corner(column, row, text.startswith("$"), "$" in text[1:])


def read_formula(text):
    """The tree of a formula; raises ``ValueError`` for what is none."""
    reader = _Reader(tokens(text))
    tree = reader.level(0)
    if reader.rest:
        raise ValueError(f"unexpected {reader.rest[0].text}")
    return tree


class _Reader:
    def __init__(self, rest):
        self.rest = rest

    def level(self, number):
        """Operands joined by operators of a level."""
        if number == len(_LEVELS):
            return self.operand()
        left = self.level(number + 1)
        while self.rest and self.rest[0].kind == "sign" and self.rest[0].text in _LEVELS[number]:
            sign = self.rest.pop(0).text
            left = (sign, left, self.level(number + 1))
        return left

    def operand(self):
        if not self.rest:
            raise ValueError("something is missing at the end")
        kind, text, *_ = self.rest.pop(0)
        if kind == "number":
            return ("number", float(text))
        if kind == "text":
            return ("text", text[1:-1])
        if kind == "error":
            return ("error", Error(text))
        if kind == "cells":
            return ("cells", span(text))
        if kind == "name":
            return self.name(text.upper())
        if text == "-":
            return ("negative", self.operand())
        if text == "(":
            tree = self.level(0)
            self.expect(")")
            return tree
        raise ValueError(f"unexpected {text}")

    def name(self, name):
        if name in ("TRUE", "FALSE"):
            return ("bool", name == "TRUE")
        self.expect("(")
        arguments = []
        if self.rest and self.rest[0].text == ")":
            self.rest.pop(0)
            return ("call", name, arguments)
        while True:
            arguments.append(self.level(0))
            if not self.rest or self.rest[0].text != ",":
                self.expect(")")
                return ("call", name, arguments)
            self.rest.pop(0)

    def expect(self, sign):
        if not self.rest or self.rest.pop(0).text != sign:
            raise ValueError(f"{sign} is missing")

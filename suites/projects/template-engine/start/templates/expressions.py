"""Expressions: ``user.name | upper == "X" and not hidden``."""

import re

from templates.filters import FILTERS
from templates.values import UNDEFINED, member

_PIECE = re.compile(r"""\s*("[^"]*"|'[^']*'|==|!=|<=|>=|[<>|:,()]|-?\d+|[A-Za-z_]\w*(?:\.\w+)*)""")
_WORDS = {"true": True, "false": False, "none": None}
_TESTS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "in": lambda a, b: a in b,
}


class Expression:
    """Reads itself from a text; raises ``ValueError`` for what is no expression."""

    def __init__(self, text):
        self._pieces = _split(text)
        self._value = self._either()
        if self._pieces:
            raise ValueError(f"unexpected {self._pieces[0]}")

    def value(self, lookup):
        """The value, where ``lookup`` has those of names."""
        return self._value(lookup)

    def _next(self, *expected):
        if self._pieces and (not expected or self._pieces[0] in expected):
            return self._pieces.pop(0)
        return None

    def _either(self):
        left = self._both()
        while self._next("or"):
            left = _first(left, self._both(), bool)
        return left

    def _both(self):
        left = self._negated()
        while self._next("and"):
            left = _first(left, self._negated(), lambda value: not value)
        return left

    def _negated(self):
        if self._next("not"):
            operand = self._negated()
            return lambda lookup: not operand(lookup)
        left = self._filtered()
        sign = self._next(*_TESTS)
        if not sign:
            return left
        right, test = self._filtered(), _TESTS[sign]
        return lambda lookup: test(left(lookup), right(lookup))

    def _filtered(self):
        value = self._operand()
        while self._next("|"):
            name = self._next()
            if name not in FILTERS:
                raise ValueError(f"unknown filter {name}")
            arguments = []
            if self._next(":"):
                arguments.append(self._operand())
                while self._next(","):
                    arguments.append(self._operand())
            value = _apply(FILTERS[name], value, arguments)
        return value

    def _operand(self):
        piece = self._next()
        if piece is None:
            raise ValueError("something is missing at the end")
        if piece == "(":
            value = self._either()
            if not self._next(")"):
                raise ValueError(") is missing")
            return value
        if piece[0] in "\"'":
            return lambda lookup: piece[1:-1]
        if re.fullmatch(r"-?\d+", piece):
            return lambda lookup: int(piece)
        if piece in _WORDS:
            return lambda lookup: _WORDS[piece]
        if not re.match(r"[A-Za-z_]", piece) or piece in ("and", "or", "not", "in"):
            raise ValueError(f"unexpected {piece}")
        name, *keys = piece.split(".")

        def value(lookup):
            result = lookup.get(name, UNDEFINED)
            for key in keys:
                result = member(result, key)
            return result

        return value


def _first(left, right, enough):
    """The left value if it is enough, else the right one."""

    def value(lookup):
        value = left(lookup)
        return value if enough(value) else right(lookup)

    return value


def _apply(function, value, arguments):
    return lambda lookup: function(value(lookup), *(argument(lookup) for argument in arguments))


def _split(text):
    pieces, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _PIECE.match(text, place)
        if not match:
            raise ValueError(f"unexpected {text[place:].strip()[0]}")
        pieces.append(match[1])
        place = match.end()
    return pieces

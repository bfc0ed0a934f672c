"""The tree of a text of mathematics, and what its reading goes by: tokens, bounds, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from harness.graders.mathematics.tokens import Token, Unreadable

NODES, NESTING = 512, 64


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: what it is, what it is made of, and its name, number or signs.

    ``op`` is number, symbol, constant, neg, add, mul, div, pow, mixed, root, call, factorial, percent,
    degree, pm; group (``value``: its brackets), brace, set, builder, list, or, relation (``value``: its
    signs); union, intersection, difference, reals, empty; matrix of rows.
    """

    op: str
    args: tuple[Node, ...] = ()
    value: str | Fraction | tuple[str, ...] | None = None


class Cursor:
    """Reads tokens from left to right, and makes nodes as long as there are few enough."""

    def __init__(self, tokens: Sequence[Token], names: frozenset[str], units: frozenset[str]) -> None:
        self._tokens = [*tokens, Token("end", "the end")]
        self._at = self._nodes = self._depth = 0
        self._names, self._units = names, units
        self._bars = 0  # that are open, and so would be closed by the next one

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    @property
    def _next(self) -> Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def _take(self, *texts: str) -> bool:
        if self.now.text in texts and self.now.kind != "end":
            self._at += 1
            return True
        return False

    def _expect(self, *texts: str) -> str:
        text = self.now.text
        if not self._take(*texts):
            raise Unreadable(f"{texts[0]!r} is missing before {text!r}")
        return text

    def _node(self, op: str, *args: Node, value: str | Fraction | tuple[str, ...] | None = None) -> Node:
        self._nodes += 1
        if self._nodes > NODES:
            raise Unreadable(f"more than {NODES} parts")
        return Node(op, args, value)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > NESTING:
            raise Unreadable(f"nested deeper than {NESTING}")


def is_whole(*nodes: Node) -> bool:
    """Whether these are whole numbers."""
    return all(isinstance(node.value, Fraction) and node.value.denominator == 1 for node in nodes)

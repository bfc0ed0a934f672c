r"""Tokens of mathematics → a tree, by a grammar of our own; what it does not know is not read.

From loose to tight: ``or``; lists (``,`` ``;`` ``and``); union, intersection and difference of sets;
relations;
sums; products, written or not; signs; powers; what stands behind (``!`` ``%`` ``°``). ``1/2x`` is (1/2)·x,
``-x^2``
is -(x²), ``2 1/2`` and ``2\frac12`` are mixed numbers, and ``sin 2x`` takes everything up to the next sign.
"""

from __future__ import annotations

from collections.abc import Collection

from harness.graders.mathematics.atoms import Atoms
from harness.graders.mathematics.cursor import Node, is_whole
from harness.graders.mathematics.tokens import Unreadable, tokens_of
from harness.graders.mathematics.vocabulary import JOINED, NO_FACTOR, OVER, RELATIONS, STOPS, TIMES

_LISTED = (",", ";")


def parse(
    text: str, names: Collection[str] = (), *, grouped: bool = True, units: Collection[str] = ()
) -> Node:
    """The tree of a text. ``names`` are the variables that may be in it, ``units`` words for units.

    Raises ``Unreadable`` saying why it is not read.
    """
    parser = _Parser(tokens_of(text, grouped=grouped), frozenset(names), frozenset(units))
    tree = parser.alternatives()
    if parser.now.kind != "end":
        raise Unreadable(f"{parser.now.text!r} is not expected there")
    return tree


class _Parser(Atoms):
    """The loose parts of the grammar; those of arithmetic are in ``Atoms``."""

    # --- lists, sets and relations -------------------------------------------

    def alternatives(self) -> Node:
        """Everything up to a closing bracket or the end."""
        self._deeper()
        parts = [self._listing()]
        while self._take("or", r"\lor"):
            parts.append(self._listing())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else self._node("or", *parts)

    def _listing(self) -> Node:
        if self.now.text in (")", "]", "}", r"\}"):
            return self._node("list")
        parts = [self._sets()]
        while self._take(*_LISTED, "and", r"\land"):
            self._take("and")
            if self.now.kind == "end":
                break
            parts.append(self._sets())
        return parts[0] if len(parts) == 1 else self._node("list", *parts)

    def _sets(self) -> Node:
        left = self._relation()
        while True:
            text = self.now.text
            if text in JOINED:
                op = JOINED[text]
            elif (
                text in ("U", "union")
                and "U" not in self._names
                and left.op in ("group", "set", "union", "brace")
            ):
                op = "union"
            else:
                return left
            self._at += 1
            left = self._node(op, left, self._relation())

    def _relation(self) -> Node:
        parts, signs = [self._sum()], list[str]()
        while (sign := RELATIONS.get(self.now.text)) is not None and self.now.kind != "end":
            self._at += 1
            signs.append(sign)
            parts.append(self._joined_sets() if sign == "in" else self._sum())
        return self._node("relation", *parts, value=tuple(signs)) if signs else parts[0]

    def _joined_sets(self) -> Node:
        """What ``x ∈`` is followed by: sums with unions between them."""
        left = self._sum()
        while self.now.text in JOINED or (
            self.now.text in ("U", "union") and left.op in ("group", "set", "union")
        ):
            op = JOINED.get(self.now.text, "union")
            self._at += 1
            left = self._node(op, left, self._sum())
        return left

    # --- arithmetic ----------------------------------------------------------

    def _sum(self) -> Node:
        left = self._signed_term()
        while self.now.text in ("+", "-", r"\pm", r"\mp"):
            sign = self.now.text
            self._at += 1
            right = self._term()
            if sign in (r"\pm", r"\mp"):
                right = self._node("pm", right)
            left = self._node("add", left, self._node("neg", right) if sign == "-" else right)
        return left

    def _signed_term(self) -> Node:
        if self._take("-"):
            self._deeper()
            inner = self._node("neg", self._signed_term())
            self._depth -= 1
            return inner
        if self._take(r"\pm"):
            return self._node("pm", self._term())
        self._take("+")
        return self._term()

    def _term(self) -> Node:
        left = self._factor()
        while True:
            if self._take(*TIMES):
                left = self._node("mul", left, self._factor())
            elif self._take(*OVER):
                left = self._node("div", left, self._factor())
            elif self._begins_factor():
                left = self._product(left, self._factor())
            else:
                return left

    def _product(self, left: Node, right: Node) -> Node:
        """Two factors with no sign between them: of numbers, a mixed number."""
        is_part = right.op == "div" and all(part.op == "number" for part in right.args)
        if left.op == "number" and is_part and is_whole(left, *right.args):
            return self._postfix(self._node("mixed", left, right))
        return self._node("mul", left, right)

    def _begins_factor(self) -> bool:
        token = self.now
        if token.kind == "number":
            return self._is_mixed_part()
        if token.kind == "name":
            return token.text not in STOPS or token.text in self._names
        if token.kind == "command":
            return token.text not in NO_FACTOR and token.text not in RELATIONS and token.text not in JOINED
        return token.text in ("(", "[", "{") or (token.text == "|" and not self._bars)

    def _factor(self) -> Node:
        if self.now.text in ("-", "+"):
            self._deeper()
            negative = self._take("-") or not self._take("+")
            inner = self._factor()
            self._depth -= 1
            return self._node("neg", inner) if negative else inner
        if self._is_mixed_part():
            return self._part()
        return self._power()

    def _is_mixed_part(self) -> bool:
        """Whether what comes is the ``1/2`` of ``2 1/2``."""
        before = self._tokens[self._at - 1] if self._at else self._tokens[-1]
        return self.now.kind == before.kind == "number" and self._next.text == "/"

    def _part(self) -> Node:
        top = self._number()
        self._expect("/")
        if self.now.kind != "number":
            raise Unreadable("two numbers side by side are not read")
        return self._node("div", top, self._number())

    def _power(self) -> Node:
        base = self._postfix(self._atom())
        if not self._take("^", "**"):
            return base
        if self._take(r"\circ") or (self.now.text == "{" and self._next.text == r"\circ"):
            if self._take("{"):
                self._expect(r"\circ")
                self._expect("}")
            return self._node("degree", base)
        return self._postfix(self._node("pow", base, self._exponent()))

    def _exponent(self) -> Node:
        self._deeper()
        if self._take("-"):
            exponent = self._node("neg", self._exponent())
        elif self._take("+"):
            exponent = self._exponent()
        else:
            exponent = self._power()
        self._depth -= 1
        return exponent

    def _postfix(self, node: Node) -> Node:
        while True:
            if self._take("!"):
                node = self._node("factorial", node)
            elif self._take("%", r"\%") or self._take("percent"):
                node = self._node("percent", node)
            elif self._take("°"):
                node = self._node("degree", node)
            else:
                break
        return node

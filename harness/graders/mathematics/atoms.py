"""What stands between the signs of sums and products: numbers, names, brackets, functions, commands."""

from __future__ import annotations

from fractions import Fraction

from harness.graders.mathematics.cursor import Cursor, Node
from harness.graders.mathematics.tokens import Token, Unreadable
from harness.graders.mathematics.vocabulary import (
    CLOSERS,
    CONSTANTS,
    ENVIRONMENTS,
    FUNCTIONS,
    GREEK,
    INVERSES,
    SETS,
    SHORT,
)  # fmt: skip

_DIGITS = 4000  # of a number


class Atoms(Cursor):
    """Every method reads what it is called."""

    def alternatives(self) -> Node:
        """Everything up to a closing bracket or the end."""
        raise NotImplementedError

    def _sum(self) -> Node:
        raise NotImplementedError

    def _factor(self) -> Node:
        raise NotImplementedError

    def _power(self) -> Node:
        raise NotImplementedError

    def _exponent(self) -> Node:
        raise NotImplementedError

    def _begins_factor(self) -> bool:
        raise NotImplementedError

    def _atom(self) -> Node:
        token = self.now
        if token.kind == "number":
            return self._number()
        if token.kind == "name":
            return self._name()
        if token.text in CLOSERS:
            return self._bracketed()
        if token.kind != "command" and token.text != "|":
            raise Unreadable(f"{token.text!r} is not expected there")
        self._deeper()
        node = self._absolute() if token.text in ("|", r"\lvert", r"\|") else self._command()
        self._depth -= 1
        return node

    def _number(self) -> Node:
        text = self.now.text
        self._at += 1
        if self._take(r"\overline", r"\bar"):
            return self._node("number", value=self._recurring(text))
        if self.now.text == "_" and text.isdigit():
            self._at += 1
            return self._node("number", value=_in_base(text, self._subscript()))
        if len(text) > _DIGITS or abs(int(text.lower().partition("e")[2] or 0)) > _DIGITS:
            raise Unreadable(f"a number of more than {_DIGITS:,} digits")
        return self._node("number", value=Fraction(text.rstrip(".") if "e" not in text.lower() else text))

    def _recurring(self, text: str) -> Fraction:
        self._expect("{")
        digits = self.now.text
        self._at += 1
        self._expect("}")
        whole, _, decimals = text.partition(".")
        if not digits.isdigit() or "e" in text or "." not in text:
            raise Unreadable("a recurring decimal that is not read")
        shift = 10 ** len(decimals)
        return Fraction(int(whole + decimals), shift) + Fraction(int(digits), shift * (10 ** len(digits) - 1))

    def _name(self) -> Node:
        word = self.now.text
        if word in self._names or word in self._units:
            self._at += 1
            return self._symbol(word)
        if word in FUNCTIONS and not (word in SHORT and self._next.text not in ("(", "{", "[")):
            self._at += 1
            return self._called(FUNCTIONS[word])
        if word in CONSTANTS:
            self._at += 1
            return self._node("constant", value=CONSTANTS[word])
        if word == "Matrix" and self._next.text == "(":
            self._at += 1
            return self._atom()
        if len(word.rstrip("'")) == 1:
            self._at += 1
            return self._symbol(word)
        self._split(word)
        return self._atom()

    def _split(self, word: str) -> None:
        """A word that is a product, such as ``xy`` or ``xsin``, takes its own place as its parts.

        Raises ``Unreadable`` for a word of prose: one with letters that are no variables here.
        """
        parts, at = list[str](), 0
        names = sorted({*FUNCTIONS, *CONSTANTS, *self._names} - SHORT - {"lg", "tg"}, key=len, reverse=True)
        while at < len(word):
            part = next((name for name in names if word.startswith(name, at)), None)
            if part is None:
                if not (len(word) == 2 and word[0] == "d" and word[1].isalpha()):
                    raise Unreadable(f"the word {word!r:.40} is not read")
                part = word[at]
            parts.append(part)
            at += len(part)
        spaced = self.now.spaced
        own = [Token("name", part, spaced and number == 0) for number, part in enumerate(parts)]
        self._tokens[self._at : self._at + 1] = own

    def _symbol(self, name: str) -> Node:
        if self.now.text == "_" and self.now.kind == "sign":
            self._at += 1
            name = f"{name}_{self._subscript()}"
        return self._node("symbol", value=name)

    def _subscript(self) -> str:
        braced, text = self._take("{"), ""
        while self.now.kind in ("number", "name") and (braced or not text):
            text += self.now.text
            self._at += 1
        if braced:
            self._expect("}")
        if not text:
            raise Unreadable("a subscript that is not read")
        return text

    def _bracketed(self) -> Node:
        opening = self.now.text
        self._at += 1
        bars, self._bars = self._bars, 1 if opening in ("{", r"\{") else 0
        inner = self.alternatives()
        if opening in ("{", r"\{") and self._take("|", ":", r"\mid"):
            self._bars = 0
            inner = self._node("builder", inner, self.alternatives())
        self._bars = bars
        closing = self._expect(*CLOSERS[opening])
        if opening == r"\{":
            return (
                self._node("builder", *inner.args)
                if inner.op == "builder"
                else self._node("set", *_items(inner))
            )
        if opening == "{":
            if inner.op in ("builder", "list"):
                return self._node("set", *inner.args) if inner.op == "list" else inner
            return self._node("brace", inner)
        brackets = "()" if opening == r"\langle" else opening + closing
        return self._node("group", *_items(inner), value=brackets)

    def _absolute(self) -> Node:
        closer = r"\rvert" if self.now.text == r"\lvert" else self.now.text
        self._at += 1
        self._bars += 1
        inner = self._sum()
        self._bars -= 1
        self._expect(closer)
        return self._node("call", inner, value="abs")

    def _command(self) -> Node:
        name = self.now.text[1:]
        self._at += 1
        if name in ("frac", "dfrac", "tfrac", "cfrac", "binom"):
            top, below = self._argument(), self._argument()
            return (
                self._node("call", top, below, value="binom")
                if name == "binom"
                else self._node("div", top, below)
            )
        if name == "sqrt":
            return self._root()
        if name in FUNCTIONS:
            return self._called(FUNCTIONS[name])
        if name in CONSTANTS:
            return self._node("constant", value=CONSTANTS[name])
        if name in ("lfloor", "lceil"):
            inner = self._sum()
            self._expect("\\r" + name[1:])
            return self._node("call", inner, value="floor" if name == "lfloor" else "ceil")
        if name == "begin":
            return self._environment()
        if name in SETS:
            return self._node(SETS[name])
        if name in ("mathbb", "mathbf", "mathcal"):
            return self._reals()
        if name in GREEK:
            return self._symbol(name)
        raise Unreadable(f"the command '\\{name:.40}' is not read")

    def _reals(self) -> Node:
        braced = self._take("{")
        self._expect("R")
        if braced:
            self._expect("}")
        return self._node("reals")

    def _argument(self) -> Node:
        r"""What a command takes: a group in braces, or the one sign behind it (``\frac12`` is a half)."""
        if self.now.text == "{":
            return _inside(self._bracketed())
        if self.now.kind == "number" and len(self.now.text) > 1:
            digit, rest = self.now.text[0], self.now.text[1:]
            self._tokens[self._at] = Token("number", rest)
            return self._node("number", value=Fraction(digit))
        return self._atom()

    def _root(self) -> Node:
        degree = self._node("number", value=Fraction(2))
        if self._take("["):
            degree = self._sum()
            self._expect("]")
        inner = _inside(self._bracketed()) if self.now.text == "{" else self._atom()
        return self._node("root", inner, degree)

    def _called(self, function: str) -> Node:
        """A function's name was read; its exponent, its base and what it is applied to follow."""
        exponent, base = None, None
        if function == "log" and self.now.kind == "number" and self._next.text == "(" and not self.now.spaced:
            base = self._number()  # log10(…)
        for _ in range(2):
            if self._take("^", "**"):
                exponent = self._exponent()
            elif self.now.text == "_" and self.now.kind == "sign":
                self._at += 1
                base = self._argument()
        exponent = None if exponent is None else _inside(exponent)
        if exponent is not None and _is_minus_one(exponent) and function in INVERSES:
            function, exponent = INVERSES[function], None
        args = self._applied_to()
        if base is not None:
            if function != "log":
                raise Unreadable(f"a subscript of {function!r} is not read")
            args, function = (*args, base), "log"
        call = self._node("call", *args, value=function)
        return call if exponent is None else self._node("pow", call, exponent)

    def _applied_to(self) -> tuple[Node, ...]:
        self._deeper()
        if self.now.text in ("(", "[", "{"):
            inner = self._bracketed()
            args = inner.args if inner.op in ("group", "set") else (inner,)
        else:
            inner = self._power() if self.now.text != "-" else self._factor()
            while self._begins_factor() and self.now.text not in ("(", "[", "{") and not self._is_function():
                inner = self._node("mul", inner, self._power())
            args = (inner,)
        self._depth -= 1
        return args

    def _is_function(self) -> bool:
        name = self.now.text.removeprefix("\\")
        return name in FUNCTIONS and name != "sqrt" and name not in self._names

    def _environment(self) -> Node:
        r"""A matrix: ``\begin{…}`` was read up to its command."""
        self._expect("{")
        name = self._environment_name()
        if name == "array" and self._take("{"):
            while not self._take("}"):
                if self.now.kind == "end":
                    raise Unreadable("an array that does not end")
                self._at += 1
        rows, row = list[Node](), list[Node]()
        while True:
            if self.now.text == r"\end":
                break
            row.append(self._sum())
            if self._take(r"\\"):
                rows.append(self._node("row", *row))
                row = []
            elif not self._take("&") and self.now.text != r"\end":
                raise Unreadable(f"{self.now.text!r} is not expected in a matrix")
        if row:
            rows.append(self._node("row", *row))
        self._expect(r"\end")
        self._expect("{")
        if self._environment_name() != name:
            raise Unreadable("an environment ends as another")
        return self._node("matrix", *rows)

    def _environment_name(self) -> str:
        name = self.now.text
        self._at += 1
        self._take("*")
        self._expect("}")
        if name not in ENVIRONMENTS:
            raise Unreadable(f"the environment {name!r:.40} is not read")
        return name


def _items(inner: Node) -> tuple[Node, ...]:
    return inner.args if inner.op == "list" else (inner,)


def _inside(node: Node) -> Node:
    return node.args[0] if node.op == "brace" else node


def _is_minus_one(node: Node) -> bool:
    return node.op == "neg" and node.args[0].value == 1


def _in_base(text: str, base: str) -> Fraction:
    if not base.isdigit() or not 2 <= int(base[:4]) <= 36 or len(text) > 300:
        raise Unreadable("a number in a base that is not read")
    try:
        return Fraction(int(text, int(base)))
    except ValueError:
        raise Unreadable(f"{text:.40} is no number in base {base}") from None

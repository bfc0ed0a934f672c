"""Expressions of task files: arithmetic over named values, never code, and never more than a moment's work.

Numbers are finite and have at most some 1,200 digits, texts at most 10,000 characters, whatever is computed
on the way; an operation whose result would be larger is refused before it is done.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from simpleeval import DEFAULT_OPERATORS, SimpleEval

_BITS = 4096
_CHARACTERS = 10_000
_LONGEST = 1000  # characters of an expression
_NODES = (ast.Constant, ast.Name, ast.Call, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp)


class Expression:
    """An expression that was parsed once. Raises ``ValueError`` saying what is wrong with it."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise ValueError(f"an expression has at most {_LONGEST:,} characters")
        self.text = text
        self._evaluator = SimpleEval(operators=_OPERATORS, functions=_FUNCTIONS)
        self._evaluator.nodes = {
            kind: handler for kind, handler in self._evaluator.nodes.items() if kind in _NODES
        }
        self._parsed = self._guarded(lambda: ast.parse(text.strip(), mode="eval").body)

    def value(self, names: Mapping[str, Any]) -> Any:
        """What it comes to. Raises ``ValueError``."""
        self._evaluator.names = {**names, "True": True, "False": False}
        return self._guarded(lambda: _bounded(self._evaluator.eval(self.text, self._parsed)))

    @staticmethod
    def _guarded(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Exception as error:  # simpleeval raises its own, arithmetic and syntax errors alike
            raise ValueError(str(error) or type(error).__name__) from None


def _bounded(value: Any) -> Any:
    """``value`` if it is a number or a text that is small enough."""
    if isinstance(value, str):
        if len(value) > _CHARACTERS:
            raise ValueError(f"a text of more than {_CHARACTERS:,} characters")
    elif isinstance(value, int):
        if value.bit_length() > _BITS:
            raise ValueError("a number of more than 1,200 digits")
    elif not isinstance(value, float) or not math.isfinite(value):
        raise ValueError(f"{value!r:.40} is no number")
    return value


def _numeric(operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation for numbers alone (a text times a number, or ``%`` with it, makes texts of any size)."""

    def compute(*operands: Any) -> Any:
        if not all(isinstance(operand, (int, float)) for operand in operands):
            raise ValueError("only numbers can be computed with")
        return _bounded(operation(*operands))

    return compute


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * abs(exponent) > 2 * _BITS:
        raise ValueError("a number of more than 1,200 digits")
    return base**exponent


def _comb(n: Any, k: Any) -> Any:
    if min(k, n - k) * n.bit_length() > 8 * _BITS:
        raise ValueError("a number of more than 1,200 digits")
    return math.comb(n, k)


def _round(number: Any, digits: Any = None) -> Any:
    if digits is not None and abs(digits) > _LONGEST:
        raise ValueError(f"rounded to at most {_LONGEST:,} digits")
    return round(number, digits)


def _plus(left: Any, right: Any) -> Any:
    return _bounded(left + right) if isinstance(left, str) else _numeric(operator.add)(left, right)


_ARITHMETIC: Mapping[type, Callable[..., Any]] = {
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: _power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Not, ast.In, ast.NotIn)
_OPERATORS: Mapping[type, Callable[..., Any]] = {
    **{kind: DEFAULT_OPERATORS[kind] for kind in _COMPARISONS if kind in DEFAULT_OPERATORS},
    **{kind: _numeric(operation) for kind, operation in _ARITHMETIC.items()},
    ast.Add: _plus,
}
_FUNCTIONS = {
    **{f.__name__: _numeric(f) for f in (abs, math.gcd, math.lcm)},
    "min": min,
    "max": max,
    "round": _numeric(_round),
    "comb": _numeric(_comb),
}

"""Trees → exact numbers and expressions of sympy. Runs in the child alone.

Every power, factorial and binomial is bounded before it is computed; what else takes long is ended with the
child.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from harness.graders.mathematics.cursor import Node
from harness.graders.mathematics.tokens import Unreadable

Domain = str | Sequence[float]
DOMAINS: Mapping[str, dict[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "integer": {"integer": True},
    "natural": {"integer": True, "positive": True},
    "bit": {"integer": True, "nonnegative": True},
}
EXPONENT = 10_000
_BITS = 400_000  # of a whole number that a power or a factorial comes to
_FACTORIAL = 5_000


class Unknown(Unreadable):
    """A name that is no variable of the task."""


def symbol(name: str, domain: Domain) -> Any:
    """The variable of a name."""
    return sp.Symbol(name, **DOMAINS[domain if isinstance(domain, str) else "real"])


def value(node: Node, names: Mapping[str, Any]) -> Any:
    """The expression of a tree. ``names`` are variables and what they stand for.

    Raises ``Unreadable`` for what is no single expression, or larger than the bounds.
    """
    match node.op:
        case "number":
            assert isinstance(node.value, Fraction)
            return sp.Rational(node.value.numerator, node.value.denominator)
        case "symbol":
            if node.value not in names:
                raise Unknown(f"{node.value} is no variable here")
            return names[str(node.value)]
        case "constant":
            return {"pi": sp.pi, "e": sp.E, "i": sp.I, "oo": sp.oo}[str(node.value)]
        case "brace":
            return value(node.args[0], names)
        case "group" if len(node.args) == 1 and node.value in ("()", "[]"):
            return value(node.args[0], names)
        case "call":
            return _call(str(node.value), [value(arg, names) for arg in node.args])
    if node.op not in _OPERATIONS:
        raise Unreadable(f"{_SHOWN.get(node.op, node.op)} where an expression is expected")
    result = _OPERATIONS[node.op](*(value(arg, names) for arg in node.args))
    if result.has(sp.nan, sp.zoo):
        raise Unreadable("it is not defined (a division by zero, say)")
    return result


def number_of(node: Node) -> Any:
    """The rational number that is written out: as digits, a fraction, a mixed number or a power of ten.

    Raises ``Unreadable`` for a calculation that is not carried out.
    """
    match node:
        case Node("number"):
            return value(node, {})
        case Node("brace" | "group", (inner,)):
            return number_of(inner)
        case Node("neg", (inner,)):
            return -number_of(inner)
        case Node("percent", (inner,)):
            return number_of(inner) / 100
        case Node(
            "div" | "mixed", (Node("number") | Node("neg"), Node("number") | Node("div") | Node("neg"))
        ):
            return value(node, {})
        case Node("div", (Node("brace" | "group", (top,)), below)):
            return number_of(Node("div", (top, below)))
        case Node("div", (top, Node("brace" | "group", (below,)))):
            return number_of(Node("div", (top, below)))
        case Node("mul", (Node("number"), Node("pow", (Node("number", value=ten), _)))) if ten == 10:
            return value(node, {})
    raise Unreadable("it is no number that is worked out")


def _power(base: Any, exponent: Any) -> Any:
    if exponent.is_number and base.is_number and exponent.is_Rational:
        if abs(exponent) > EXPONENT:
            raise Unreadable(f"an exponent beyond {EXPONENT:,}")
        if base.is_Rational and abs(exponent) * max(base.p.bit_length(), base.q.bit_length()) > _BITS:
            raise Unreadable("a power that is too large")
        if exponent.q > EXPONENT:
            raise Unreadable(f"a root beyond the {EXPONENT:,}th")
    elif any(abs(part) > EXPONENT for part in exponent.atoms(sp.Rational)):
        raise Unreadable(f"an exponent beyond {EXPONENT:,}")
    if base == 0 and exponent.is_number and not exponent.is_positive:
        raise Unreadable("zero to a power that is not positive")
    power = sp.Pow(base, exponent)
    if power.is_Pow and power.exp.is_Rational and abs(power.exp) > EXPONENT:
        raise Unreadable(f"an exponent beyond {EXPONENT:,}")
    return power


def _root(base: Any, degree: Any) -> Any:
    """The real root, where the degree is odd."""
    if not (degree.is_Integer and 2 <= degree <= 100):
        raise Unreadable("a root of a degree that is not read")
    if degree % 2 == 0 or base.is_nonnegative:
        return sp.Pow(base, sp.Rational(1, degree))
    if base.is_negative:
        return -sp.Pow(-base, sp.Rational(1, degree))
    return sp.sign(base) * sp.Pow(sp.Abs(base), sp.Rational(1, degree))


def _factorial(n: Any) -> Any:
    if n.is_number and not (n.is_Integer and 0 <= n <= _FACTORIAL):
        raise Unreadable(f"a factorial of what is no whole number up to {_FACTORIAL:,}")
    return sp.factorial(n)


def _binomial(n: Any, k: Any) -> Any:
    if n.is_number and k.is_number and not all(x.is_Integer and abs(x) <= _FACTORIAL for x in (n, k)):
        raise Unreadable("a binomial of what is not whole, or too large")
    return sp.binomial(n, k)


def _quotient(top: Any, below: Any) -> Any:
    if below == 0:
        raise Unreadable("a division by zero")
    return top / below


def _log(argument: Any, base: Any = None) -> Any:
    if argument == 0 or base in (0, 1):
        raise Unreadable("a logarithm that is not defined")
    return sp.log(argument) if base is None else sp.log(argument) / sp.log(base)


_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "neg": lambda a: -a,
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "div": _quotient,
    "mixed": lambda whole, part: whole + part,
    "pow": _power,
    "root": _root,
    "factorial": _factorial,
    "percent": lambda a: a / 100,
    "degree": lambda a: a * sp.pi / 180,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{
        name: getattr(sp, name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")
    },
    **{name: getattr(sp, name) for name in ("asin", "acos", "atan", "acot", "floor")},
    "exp": lambda a: _power(sp.E, a),
    "ln": _log,
    "log": _log,
    "lg": lambda a: _log(a, sp.Integer(10)),
    "sqrt": lambda a: _root(a, sp.Integer(2)),
    "cbrt": lambda a: _root(a, sp.Integer(3)),
    "abs": sp.Abs,
    "sgn": sp.sign,
    "ceil": sp.ceiling,
    "gcd": lambda a, b: sp.gcd(a, b),
    "lcm": lambda a, b: sp.lcm(a, b),
    "mod": lambda a, b: sp.Mod(a, b),
    "min": sp.Min,
    "max": sp.Max,
    "binom": _binomial,
}
_SHOWN = {
    "list": "a list",
    "or": "a choice",
    "relation": "an equation",
    "group": "a pair of brackets",
    "pm": "plus or minus",
}


def _call(name: str, args: Sequence[Any]) -> Any:
    try:
        result = _FUNCTIONS[name](*args)
    except TypeError:
        raise Unreadable(f"{name} of {len(args)} values is not read") from None
    if result.has(sp.nan, sp.zoo):
        raise Unreadable(f"{name} is not defined there")
    return result

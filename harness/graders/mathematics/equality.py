"""Whether two expressions are equal: exactly where that can be decided, else at points of their domain.

Rational numbers and quotients of polynomials with rational coefficients are equal or not: nothing is left to
chance. Other numbers are equal where their difference has no digit that is certain. What else has variables
is equal where that holds at twelve rational points of its domain, which are drawn from the two expressions
themselves, so that no answer can be made for the points. Where fewer than eight are defined, and sympy's
``equals`` proves nothing, it is undecided.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

import sympy as sp

from harness.graders.mathematics.values import Domain

Outcome = Literal["equal", "different", "undecided"]
POINTS, NEEDED, DIGITS = 12, 8, 30
_CERTAIN = 120  # digits to which a difference is followed, beside those of the longest number
_OPERATIONS = 400  # of an expression that is still multiplied out
_RANGES: Mapping[str, tuple[Fraction, Fraction]] = {
    "real": (Fraction(-4), Fraction(4)),
    "positive": (Fraction(0), Fraction(5)),
}
_WHOLE = {"integer": (-25, 25), "natural": (1, 40), "bit": (0, 1)}


def equal(a: Any, b: Any, domains: Mapping[Any, Domain], digits: int = 0) -> Outcome:
    """Compare two expressions in the variables of ``domains``; ``digits`` of the longest number."""
    if a == b:
        return "equal"
    if a.is_infinite or b.is_infinite:
        return "different"
    difference = a - b
    if difference.is_Rational:
        return "equal" if difference == 0 else "different"
    if not (a.free_symbols or b.free_symbols):
        return _of_numbers(a, b, _CERTAIN + digits)
    if _is_small(a) and _is_small(b):
        top = sp.expand(sp.fraction(sp.together(difference))[0])
        parts = _coefficients(top) if top.is_polynomial() else [top]
        if not any(parts):
            return "equal"
        if all(part.is_Rational for part in parts):
            return "different"
    return _at_points(a, b, domains, _CERTAIN + digits)


def _coefficients(polynomial: Any) -> list[Any]:
    variables = polynomial.free_symbols
    return sp.Poly(polynomial, *variables).coeffs() if variables else [polynomial]


def _of_numbers(a: Any, b: Any, digits: int) -> Outcome:
    same = _is_same(a, b, digits)
    return "undecided" if same is None else "equal" if same else "different"


def _at_points(a: Any, b: Any, domains: Mapping[Any, Domain], digits: int) -> Outcome:
    rng = random.Random(hashlib.sha256(f"{sp.srepr(a)} {sp.srepr(b)}".encode()).digest())
    variables = sorted(a.free_symbols | b.free_symbols, key=str)
    defined = 0
    for _ in range(POINTS):
        point = {name: _drawn(domains.get(name, "real"), rng) for name in variables}
        same = _is_same(a.subs(point), b.subs(point), digits)
        if same is False:
            return "different"
        defined += same is True
    if defined >= NEEDED:
        return "equal"
    return "equal" if sp.simplify(a - b).equals(0) else "undecided"


def _drawn(domain: Domain, rng: random.Random) -> Any:
    """A rational point of a domain."""
    if isinstance(domain, str) and domain in _WHOLE:
        return sp.Integer(rng.randint(*_WHOLE[domain]))
    low, high = _RANGES[domain] if isinstance(domain, str) else map(Fraction, map(str, domain))
    part = low + (high - low) * Fraction(rng.randint(1, 9972), 9973)
    return sp.Rational(part.numerator, part.denominator)


def _is_same(a: Any, b: Any, digits: int) -> bool | None:
    """Whether no digit of the difference of two numbers is certain; ``None`` where neither is defined."""
    left, right = _number(a, digits), _number(b, digits)
    if left is None or right is None:
        return None if left is right else False
    rest = _number(a - b, digits)
    return None if rest is None else not any(rest)


def _number(expression: Any, most: int) -> tuple[Any, Any] | None:
    """Real and imaginary part, followed to ``most`` digits; ``None`` where it is not defined."""
    if expression.has(sp.nan, sp.zoo, sp.oo):
        return None
    parts = sp.N(expression, DIGITS, maxn=most).as_real_imag()
    if not all(part.is_Float or part.is_Rational for part in parts):
        return None
    real, imaginary = (sp.Integer(0) if part.is_Float and part._prec <= 4 else part for part in parts)
    return real, imaginary


def _is_small(expression: Any) -> bool:
    """Whether multiplying out takes no time to speak of."""
    powers = [abs(power.exp) for power in expression.atoms(sp.Pow) if power.exp.is_Rational]
    return bool(sp.count_ops(expression) < _OPERATIONS and max(powers, default=0) <= 8)

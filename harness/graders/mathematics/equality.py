"""Whether two expressions are equal: exactly where they are numbers, else at points of their domain.

Two rational numbers are compared as such. Other numbers are, to more digits than either is written with. What
has variables is equal where it is the same after multiplying out, or agrees at twelve rational points of its
domain that are drawn from the two expressions themselves, so that no answer can be made for the points.
Where fewer than
eight of these are defined, and sympy's ``equals`` proves nothing, it is undecided.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import sympy as sp

from harness.graders.mathematics.values import Domain

Outcome = Literal["equal", "different", "undecided"]
POINTS, NEEDED, DIGITS = 12, 8, 30
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
    if a.is_Rational and b.is_Rational:
        return "different"
    if a.is_infinite or b.is_infinite:
        return "different"
    if not (a.free_symbols or b.free_symbols):
        return _of_numbers(a, b, DIGITS + digits)
    if _is_small(a) and _is_small(b) and _is_zero(sp.expand(a - b)):
        return "equal"
    return _at_points(a, b, domains, digits)


def _of_numbers(a: Any, b: Any, digits: int) -> Outcome:
    """Two numbers of which one at least is not rational."""
    left, right = _number(a, digits + DIGITS), _number(b, digits + DIGITS)
    if left is None or right is None:
        return "undecided" if left is right else "different"
    return "equal" if _close(left, right, sp.Float(10, digits + DIGITS) ** -digits) else "different"


def _at_points(a: Any, b: Any, domains: Mapping[Any, Domain], digits: int) -> Outcome:
    rng = random.Random(hashlib.sha256(f"{sp.srepr(a)} {sp.srepr(b)}".encode()).digest())
    variables = sorted(a.free_symbols | b.free_symbols, key=str)
    relative = sp.Float(10, DIGITS + digits) ** (DIGITS // 3 - DIGITS - digits)
    defined = 0
    for _ in range(POINTS):
        point = {name: _drawn(domains.get(name, "real"), rng) for name in variables}
        left, right = (_number(side.subs(point), DIGITS + digits) for side in (a, b))
        if left is None and right is None:
            continue
        if left is None or right is None or not _close(left, right, relative):
            return "different"
        defined += 1
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


def _number(expression: Any, digits: int) -> Any:
    """The value to so many digits; ``None`` where it is not defined, or not real."""
    if expression.has(sp.nan, sp.zoo, sp.oo):
        return None
    result = sp.N(expression, digits, maxn=max(400, 3 * digits))
    real, imaginary = result.as_real_imag()
    if not (real.is_Float or real.is_Rational) or not (imaginary.is_Float or imaginary.is_Rational):
        return None
    return _plain(real), _plain(imaginary)


def _plain(part: Any) -> Any:
    """A part without a digit that is certain is zero."""
    return sp.Integer(0) if part.is_Float and part._prec <= 4 else part


def _close(a: Sequence[Any], b: Sequence[Any], relative: Any) -> bool:
    size = max(abs(part) for part in (*a, *b))
    return size == 0 or all(abs(x - y) <= relative * size for x, y in zip(a, b, strict=True))


def _is_small(expression: Any) -> bool:
    """Whether multiplying out takes no time to speak of."""
    powers = [abs(power.exp) for power in expression.atoms(sp.Pow) if power.exp.is_Rational]
    return bool(sp.count_ops(expression) < _OPERATIONS and max(powers, default=0) <= 8)


def _is_zero(expression: Any) -> bool:
    return bool(expression == 0)

"""How problems write numbers, polynomials and answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from harness.suites.families.base import Drawn, Value

Problem = Callable[[random.Random], Drawn | None]
Number = int | Fraction


def drawn(
    places: Mapping[str, Value], reference: object, *wrong: object, grader: Mapping[str, Any] | None = None
) -> Drawn | None:
    """A problem with answers behind ``ANSWER:``; ``None`` where a wrong one is written like the right one."""
    texts = [f"ANSWER: {answer}" for answer in wrong]
    right = f"ANSWER: {reference}"
    if right in texts:
        return None
    return Drawn(places, right, [*dict.fromkeys(texts)], grader or {})


def polynomial(coefficients: Sequence[Number], name: str = "x") -> str:
    """A polynomial from its coefficients, that of the highest power first: ``3x^2 - x + 5``."""
    degree, text = len(coefficients) - 1, ""
    for power, coefficient in zip(range(degree, -1, -1), coefficients, strict=True):
        if coefficient == 0:
            continue
        size = abs(Fraction(coefficient))
        number = "" if size == 1 and power else f"({size})" if size.denominator != 1 and power else str(size)
        letter = "" if power == 0 else name if power == 1 else f"{name}^{power}"
        sign = ("-" if coefficient < 0 else "") if not text else (" - " if coefficient < 0 else " + ")
        text += f"{sign}{number}{letter}"
    return text or "0"


def factor(root: int, name: str = "x") -> str:
    """``(x - 3)``, for the root 3."""
    return f"({polynomial([1, -root], name)})" if root else name


def product(a: Sequence[Number], b: Sequence[Number]) -> list[Number]:
    """The coefficients of a product of polynomials."""
    result: list[Number] = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            result[i + j] += x * y
    return result


def value_of(coefficients: Sequence[Number], x: Number) -> Number:
    """A polynomial at a point."""
    total: Number = 0
    for coefficient in coefficients:
        total = total * x + coefficient
    return total


def nonzero(rng: random.Random, low: int, high: int) -> int:
    """A whole number between two bounds that is not 0."""
    return rng.choice([number for number in range(low, high + 1) if number])


def matrix(rows: Sequence[Sequence[Number]]) -> str:
    """``[[1, 2], [3, 4]]``."""
    return f"[{', '.join('[' + ', '.join(map(str, row)) + ']' for row in rows)}]"


def finite(elements: Sequence[Number]) -> str:
    """``{1, 2, 3}``."""
    return f"{{{', '.join(map(str, sorted(elements)))}}}"

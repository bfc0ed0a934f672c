"""Algebra: polynomials, equations and functions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from math import isqrt

from harness.suites.families.base import Drawn
from harness.suites.families.mathematics.writing import (
    Number,
    Problem,
    drawn,
    factor,
    nonzero,
    polynomial,
    product,
    value_of,
)


def _factoring(rng: random.Random) -> Drawn | None:
    a, p, q = rng.randint(2, 5), nonzero(rng, -9, 9), nonzero(rng, -9, 9)
    if p in (q, -q) or abs(p) == 1:
        return None
    whole = polynomial(product(product([a], [1, -p]), [1, -q]))
    right = f"{a}{factor(p)}{factor(q)}"
    return drawn(
        {"polynomial": whole}, right, f"{a}{factor(-p)}{factor(-q)}", f"{factor(p)}{factor(q)}", whole
    )


def _expanding(rng: random.Random) -> Drawn | None:
    first = [rng.randint(2, 6), nonzero(rng, -7, 7)]
    second = [rng.randint(1, 4), nonzero(rng, -6, 6), nonzero(rng, -9, 9)]
    shown = f"({polynomial(first)})({polynomial(second)})"
    whole = product(first, second)
    ends = [whole[0], first[1] * second[1], first[0] * second[2], whole[3]]
    return drawn({"product": shown}, polynomial(whole), shown, polynomial(ends))


def _surd_roots(rng: random.Random) -> Drawn | None:
    half, c = nonzero(rng, -6, 6), rng.randint(-9, 9)
    under = half * half - c
    if under <= 1 or isqrt(under) ** 2 == under or c == 0:
        return None
    equation = polynomial([1, 2 * half, c])
    roots = f"{-half} + sqrt({under}), {-half} - sqrt({under})"
    return drawn(
        {"equation": f"{equation} = 0"},
        f"{{{roots}}}",
        f"{{{half} + sqrt({under}), {half} - sqrt({under})}}",
        f"{{{-half} + sqrt({under})}}",
        f"{{{-half} + sqrt({under + 1}), {-half} - sqrt({under + 1})}}",
    )


def _inverse(rng: random.Random) -> Drawn | None:
    a, b, c, d = rng.randint(1, 6), nonzero(rng, -8, 8), rng.randint(1, 5), nonzero(rng, -8, 8)
    if a * d == b * c or a == d:
        return None
    shown = f"({polynomial([a, b])})/({polynomial([c, d])})"
    right = f"({polynomial([-d, b])})/({polynomial([c, -a])})"
    mirrored = f"({polynomial([c, d])})/({polynomial([a, b])})"
    return drawn({"function": shown}, right, mirrored, f"({polynomial([d, -b])})/({polynomial([c, -a])})")


def _three_unknowns(rng: random.Random) -> Drawn | None:
    x, y, z = (rng.randint(-6, 6) for _ in range(3))
    rows = [[nonzero(rng, -4, 4) for _ in range(3)] for _ in range(3)]
    if _determinant(rows) == 0 or len({x, y, z}) < 3:
        return None
    lines = [f"{_linear(row)} = {row[0] * x + row[1] * y + row[2] * z}" for row in rows]
    right = f"x = {x}, y = {y}, z = {z}"
    return drawn(
        {"system": "\n".join(lines)}, right, f"x = {y}, y = {x}, z = {z}", f"x = {x}, y = {y}, z = {z + 1}"
    )


def _linear(row: list[int]) -> str:
    text = polynomial([row[0], 0])
    for coefficient, name in zip(row[1:], "yz", strict=True):
        size = "" if abs(coefficient) == 1 else str(abs(coefficient))
        text += f" {'-' if coefficient < 0 else '+'} {size}{name}"
    return text


def _determinant(m: list[list[int]]) -> int:
    (a, b, c), (d, e, f), (g, h, i) = m
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def _composition(rng: random.Random) -> Drawn | None:
    outer = [rng.randint(1, 4), nonzero(rng, -6, 6), rng.randint(-9, 9)]
    inner = [rng.randint(2, 5), nonzero(rng, -7, 7)]
    right, reverse = _composed(outer, inner), _composed(inner, outer)
    return drawn(
        {"outer": polynomial(outer), "inner": polynomial(inner)},
        polynomial(right),
        polynomial(reverse),
        polynomial(product(outer, inner)),
    )


def _composed(outer: list[int], inner: list[int]) -> list[Number]:
    result: list[Number] = [0]
    for coefficient in outer:
        result = product(result, inner)
        result[-1] += coefficient
    while len(result) > 1 and result[0] == 0:
        result = result[1:]
    return result


def _remainder(rng: random.Random) -> Drawn | None:
    divisor = [1, nonzero(rng, -4, 4), nonzero(rng, -5, 5)]
    quotient = [rng.randint(1, 3), nonzero(rng, -5, 5), rng.randint(-5, 5)]
    rest = [nonzero(rng, -6, 6), nonzero(rng, -9, 9)]
    whole = product(divisor, quotient)
    whole[-2] += rest[0]
    whole[-1] += rest[1]
    return drawn(
        {"polynomial": polynomial(whole), "divisor": polynomial(divisor)},
        polynomial(rest),
        polynomial([-rest[0], rest[1]]),
        polynomial(quotient),
        str(value_of(whole, 1)),
    )


PROBLEMS: Mapping[str, Problem] = {
    "factoring": _factoring,
    "expanding": _expanding,
    "surd-roots": _surd_roots,
    "inverse-function": _inverse,
    "three-unknowns": _three_unknowns,
    "composition": _composition,
    "remainder": _remainder,
}

"""Matrices: products, inverses, determinants, eigenvalues."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

from harness.suites.families.base import Drawn
from harness.suites.families.mathematics.writing import Problem, drawn, finite, matrix, nonzero

Rows = Sequence[Sequence[int]]


def _times(a: Rows, b: Rows) -> list[list[int]]:
    return [
        [sum(x * y for x, y in zip(row, column, strict=True)) for column in zip(*b, strict=True)] for row in a
    ]


def _drawn_rows(rng: random.Random, rows: int, columns: int) -> list[list[int]]:
    return [[rng.randint(-5, 6) for _ in range(columns)] for _ in range(rows)]


def _product(rng: random.Random) -> Drawn | None:
    a, b = _drawn_rows(rng, 2, 3), _drawn_rows(rng, 3, 2)
    right = _times(a, b)
    turned = [[*column] for column in zip(*right, strict=True)]
    near = [row[:] for row in right]
    near[1][0] += 1
    return (
        None
        if turned == right
        else drawn({"a": matrix(a), "b": matrix(b)}, matrix(right), matrix(turned), matrix(near))
    )


def _inverse(rng: random.Random) -> Drawn | None:
    (a, b), (c, d) = _drawn_rows(rng, 2, 2)
    det = a * d - b * c
    if abs(det) in (0, 1) or a == d or not b or not c:
        return None
    right = [[Fraction(d, det), Fraction(-b, det)], [Fraction(-c, det), Fraction(a, det)]]
    unscaled = [[d, -b], [-c, a]]
    swapped = [[Fraction(a, det), Fraction(-b, det)], [Fraction(-c, det), Fraction(d, det)]]
    return drawn({"a": matrix([[a, b], [c, d]])}, matrix(right), matrix(unscaled), matrix(swapped))


def _determinant(rng: random.Random) -> Drawn | None:
    m = _drawn_rows(rng, 3, 3)
    (a, b, c), (d, e, f), (g, h, i) = m
    right = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    wrong = a * (e * i - f * h) + b * (d * i - f * g) + c * (d * h - e * g)
    return None if right in (0, wrong) else drawn({"a": matrix(m)}, right, wrong, -right)


def _eigenvalues(rng: random.Random) -> Drawn | None:
    p, q, k = rng.randint(-6, 6), rng.randint(-6, 6), nonzero(rng, -3, 3)
    # similar to a diagonal matrix: a shear, a diagonal, the shear back
    shear, back = [[1, k], [1, k + 1]], [[k + 1, -k], [-1, 1]]
    m = _times(_times(shear, [[p, 0], [0, q]]), back)
    diagonal = {m[0][0], m[1][1]}
    if p == q or diagonal == {p, q} or {-p, -q} == {p, q}:
        return None
    return drawn({"a": matrix(m)}, finite([p, q]), finite([*diagonal]), finite([-p, -q]))


PROBLEMS: Mapping[str, Problem] = {
    "matrix-product": _product,
    "inverse-matrix": _inverse,
    "determinant": _determinant,
    "eigenvalues": _eigenvalues,
}

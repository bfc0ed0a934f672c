"""Calculus: derivatives, integrals, limits, and what they are for."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

from harness.suites.families.base import Drawn, Value
from harness.suites.families.mathematics.writing import (
    Number,
    Problem,
    drawn,
    factor,
    finite,
    nonzero,
    polynomial,
    product,
    value_of,
)


def _derivative_of_product(rng: random.Random) -> Drawn | None:
    n, a = rng.randint(2, 6), nonzero(rng, -5, 5)
    name, own, other, sign = rng.choice(
        (("e", "e", "e", 1), ("sin", "sin", "cos", 1), ("cos", "cos", "sin", -1))
    )
    arg = polynomial([a, 0])
    f, g = (f"e^({arg})", f"e^({arg})") if name == "e" else (f"{own}({arg})", f"{other}({arg})")
    shown = f"x^{n} {f}"
    first = f"{n}x^{n - 1} {f}"
    return drawn(
        {"function": shown},
        f"{first} + ({sign * a})x^{n} {g}",
        f"({sign * a * n})x^{n - 1} {g}",
        f"{first} + ({-sign * a})x^{n} {g}",
        f"{first} + ({2 * sign * a})x^{n} {g}",
    )


def _chain_rule(rng: random.Random) -> Drawn | None:
    a, b, n = rng.randint(2, 6), nonzero(rng, -9, 9), rng.randint(3, 7)
    inner = polynomial([a, 0, b])
    kinds = {
        f"({inner})^{n}": (
            f"{2 * a * n}x({inner})^{n - 1}",
            f"{n}({inner})^{n - 1}",
            f"{2 * a}x({inner})^{n - 1}",
        ),
        f"sin({inner})": (f"{2 * a}x cos({inner})", f"cos({inner})", f"-{2 * a}x cos({inner})"),
        f"ln({polynomial([a, 0, abs(b)])})": (
            f"{2 * a}x/({polynomial([a, 0, abs(b)])})",
            f"1/({polynomial([a, 0, abs(b)])})",
            f"{a}x/({polynomial([a, 0, abs(b)])})",
        ),
    }
    shown = rng.choice([*kinds])
    return drawn({"function": shown}, *kinds[shown])


def _antiderivative(rng: random.Random) -> Drawn | None:
    a, n, b, c = nonzero(rng, -6, 6), rng.randint(2, 5), nonzero(rng, -8, 8), rng.randint(2, 6)
    kind, inside, sign = rng.choice((("cos", "sin", 1), ("sin", "cos", -1), ("e", "e", 1)))
    term = f"e^({c}x)" if kind == "e" else f"{kind}({c}x)"
    integral = f"e^({c}x)" if kind == "e" else f"{inside}({c}x)"
    shown = f"{polynomial([a] + [0] * n)} + ({b}){term}"
    power = f"({a}/{n + 1})x^{n + 1}"
    return drawn(
        {"function": shown},
        f"{power} + ({sign * b}/{c}){integral} + C",
        f"{power} + ({sign * b * c}){integral} + C",
        f"{polynomial([a * n] + [0] * (n - 1))} + ({-sign * b * c}){integral} + C",
    )


def _definite_integral(rng: random.Random) -> Drawn | None:
    coefficients = [nonzero(rng, -5, 5), rng.randint(-6, 6), nonzero(rng, -9, 9)]
    low = rng.randint(-2, 1)
    high = low + rng.randint(1, 3)
    whole = [Fraction(c, 3 - power) for power, c in enumerate(coefficients)] + [Fraction(0)]
    area = Fraction(value_of(whole, high)) - Fraction(value_of(whole, low))
    ends = Fraction(value_of(coefficients, high)) - Fraction(value_of(coefficients, low))
    places: dict[str, Value] = {"function": polynomial(coefficients), "low": low, "high": high}
    return None if area == 0 or ends == area else drawn(places, area, ends, -area)


def _tangent(rng: random.Random) -> Drawn | None:
    coefficients: list[Number] = [
        nonzero(rng, -3, 3),
        rng.randint(-5, 5),
        rng.randint(-9, 9),
        rng.randint(-9, 9),
    ]
    at = nonzero(rng, -3, 3)
    slope = value_of([3 * coefficients[0], 2 * coefficients[1], coefficients[2]], at)
    height = value_of(coefficients, at)
    if slope in (0, 1) or height == 0:
        return None
    right = polynomial([slope, height - slope * at])
    return drawn(
        {"function": polynomial(coefficients), "at": at},
        f"y = {right}",
        f"y = {polynomial([slope, height])}",
        f"y = {polynomial([slope, height + slope * at])}",
        f"y = {slope}",
    )


def _limit(rng: random.Random) -> Drawn | None:
    at, p, q = nonzero(rng, -5, 5), rng.randint(-9, 9), rng.randint(-9, 9)
    a, b = rng.randint(1, 5), rng.randint(1, 5)
    if at in (p, q) or p == q or a == b:
        return None
    top, below = product(product([a], [1, -at]), [1, -p]), product(product([b], [1, -at]), [1, -q])
    right = Fraction(a * (at - p), b * (at - q))
    places: dict[str, Value] = {"quotient": f"({polynomial(top)})/({polynomial(below)})", "at": at}
    return (
        None
        if right == Fraction(a, b)
        else drawn(places, right, Fraction(a, b), 1 / right if right * right != 1 else 0)
    )


def _stationary(rng: random.Random) -> Drawn | None:
    p, q, c = rng.randint(-6, 6), rng.randint(-6, 6), rng.randint(-9, 9)
    if p == q or (p + q) % 2 or not p * q:
        return None
    function = polynomial([2, -3 * (p + q), 6 * p * q, c])
    return drawn(
        {"function": function}, finite([p, q]), finite([p]), finite([-p, -q]) if p + q else finite([p + 1, q])
    )


def _by_parts(rng: random.Random) -> Drawn | None:
    a, b = rng.randint(2, 6), nonzero(rng, -5, 5)
    # the integral of (x + b) e^(ax) from 0 to 1
    right = f"({a} + {a * b} - 1)e^{a}/{a * a} - ({a * b - 1})/{a * a}"
    half = f"({1 + b})e^{a}/{a} - ({b})/{a}"
    return drawn({"function": f"{factor(-b)} e^({a}x)"}, right, half, f"({1 + b})e^{a} - ({b})")


PROBLEMS: Mapping[str, Problem] = {
    "derivative-of-product": _derivative_of_product,
    "chain-rule": _chain_rule,
    "antiderivative": _antiderivative,
    "definite-integral": _definite_integral,
    "tangent": _tangent,
    "limit": _limit,
    "stationary-points": _stationary,
    "by-parts": _by_parts,
}

"""Sets and intervals: what is in which, and where something holds."""

from __future__ import annotations

import random
from collections.abc import Mapping

from harness.suites.families.base import Drawn
from harness.suites.families.mathematics.writing import Problem, drawn, finite, nonzero, polynomial, product


def _set_operations(rng: random.Random) -> Drawn | None:
    a, b, c = (set(rng.sample(range(1, 16), rng.randint(4, 7))) for _ in range(3))
    text, right, wrong, other = rng.choice(
        (
            ("(A ∪ B) \\ C", (a | b) - c, a | (b - c), (a & b) - c),
            ("(A \\ B) ∪ (B \\ A)", a ^ b, a | b, a - b),
            ("A ∩ (B ∪ C)", a & (b | c), (a & b) | c, a & b & c),
            ("(A ∩ B) ∪ C", (a & b) | c, a & (b | c), a | b | c),
        )
    )
    if right in (wrong, other) or not right:
        return None
    places = {"a": finite([*a]), "b": finite([*b]), "c": finite([*c]), "operation": text}
    return drawn(places, finite([*right]), finite([*wrong]), finite([*other]))


def _quadratic_inequality(rng: random.Random) -> Drawn | None:
    a, p, q = nonzero(rng, -4, 4), rng.randint(-8, 7), rng.randint(-7, 8)
    if p >= q:
        return None
    sign = rng.choice(("<", "<=", ">", ">="))
    within = (sign[0] == "<") == (a > 0)
    opening, closing = ("[", "]") if "=" in sign else ("(", ")")
    inside = f"{opening}{p}, {q}{closing}"
    outside = f"(-oo, {p}{closing} U {opening}{q}, oo)"
    flipped = f"({p}, {q})" if "=" in sign else f"[{p}, {q}]"
    flipped_outside = f"(-oo, {p}) U ({q}, oo)" if "=" in sign else f"(-oo, {p}] U [{q}, oo)"
    shown = f"{polynomial(product([a], product([1, -p], [1, -q])))} {sign} 0"
    if within:
        return drawn({"inequality": shown}, inside, outside, flipped)
    return drawn({"inequality": shown}, outside, inside, flipped_outside)


def _absolute_inequality(rng: random.Random) -> Drawn | None:
    a, low, size = rng.randint(2, 5), rng.randint(-9, 5), rng.randint(1, 6)
    high = low + 2 * size
    shown = f"|{polynomial([a, -a * (low + size)])}|"
    if rng.random() < 0.5:
        text, right, wrong = f"{shown} < {a * size}", f"({low}, {high})", f"(-oo, {low}) U ({high}, oo)"
        near = f"(-oo, {high})"
    else:
        text, right, wrong = f"{shown} >= {a * size}", f"(-oo, {low}] U [{high}, oo)", f"[{low}, {high}]"
        near = f"[{high}, oo)"
    return drawn({"inequality": text}, right, wrong, near)


def _domain(rng: random.Random) -> Drawn | None:
    start, hole = rng.randint(-8, 6), rng.randint(-6, 9)
    a = rng.randint(2, 4)
    if hole <= start:
        return None
    shown = f"sqrt({polynomial([a, -a * start])})/({polynomial([1, -hole])})"
    return drawn(
        {"function": shown},
        f"[{start}, {hole}) U ({hole}, oo)",
        f"[{start}, oo)",
        f"({start}, {hole}) U ({hole}, oo)",
        f"(-oo, {hole}) U ({hole}, oo)",
    )


PROBLEMS: Mapping[str, Problem] = {
    "set-operations": _set_operations,
    "quadratic-inequality": _quadratic_inequality,
    "absolute-inequality": _absolute_inequality,
    "domain": _domain,
}

"""Constraints: values that satisfy them all, and the best of these."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product
from math import gcd
from typing import Any

from harness.suites.families.base import Drawn
from harness.suites.families.mathematics.writing import Problem, drawn

Point = tuple[int, ...]


def _named(names: Sequence[str], values: Sequence[int]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True))


def _options(names: Sequence[str], domain: str, constraints: Sequence[str], **more: Any) -> dict[str, Any]:
    return {"variables": dict.fromkeys(names, domain), "constraints": [*constraints], **more}


def _squares(rng: random.Random) -> Drawn | None:
    x, y, z = (rng.randint(2, 20) for _ in range(3))
    if not x < y < z:
        return None
    total, add = x * x + y * y + z * z, x + y + z
    names = ("x", "y", "z")
    constraints = [f"x^2 + y^2 + z^2 = {total}", f"x + y + z = {add}", "x < y", "y < z"]
    return drawn(
        {"total": total, "sum": add},
        _named(names, (x, y, z)),
        _named(names, (z, y, x)),
        _named(names, (x, y + 1, z - 1)),
        _named(names, (x, y, z + 1)),
        grader=_options(names, "natural", constraints),
    )


def _congruences(rng: random.Random) -> Drawn | None:
    m, n = rng.sample(range(5, 20), 2)
    x = rng.randint(200, 900)
    if gcd(m, n) > 1 or x % m == 0 or x % n == 0:
        return None
    low = x - rng.randint(0, 60)
    high = low + m * n
    constraints = [f"mod(x, {m}) = {x % m}", f"mod(x, {n}) = {x % n}", f"x > {low}", f"x < {high}"]
    places = {"m": m, "r": x % m, "n": n, "s": x % n, "low": low, "high": high}
    if not low < x < high:
        return None
    wrong = (f"x = {x + m}", f"x = {x + n}", f"x = {x + m * n}")
    return drawn(places, f"x = {x}", *wrong, grader=_options(["x"], "integer", constraints))


def _clauses(rng: random.Random) -> Drawn | None:
    names = "abcde"
    chosen = {name: rng.randint(0, 1) for name in names}
    clauses: list[list[tuple[str, int]]] = []
    while len(clauses) < 12:
        clause = [(name, rng.randint(0, 1)) for name in sorted(rng.sample(names, 3))]
        if any(chosen[name] == wanted for name, wanted in clause) and clause not in clauses:
            clauses.append(clause)
    models = [
        values
        for values in product((0, 1), repeat=len(names))
        if all(any(values[names.index(name)] == wanted for name, wanted in clause) for clause in clauses)
    ]
    if len(models) > 4:
        return None
    text = "\n".join(
        f"({' or '.join(name if wanted else f'not {name}' for name, wanted in clause)})" for clause in clauses
    )
    constraints = [
        f"max({', '.join(name if wanted else f'1 - {name}' for name, wanted in clause)}) = 1"
        for clause in clauses
    ]
    right = tuple(chosen.values())
    others = [values for values in product((0, 1), repeat=len(names)) if values not in models]
    opposite = tuple(1 - value for value in right)
    wrong = [opposite] if opposite in others else []
    wrong += rng.sample(others, 2)
    return drawn(
        {"clauses": text},
        _named(names, right),
        *(_named(names, values) for values in wrong),
        grader=_options(names, "bit", constraints),
    )


def _purchase(rng: random.Random) -> Drawn | None:
    prices = sorted(rng.sample(range(3, 15), 3))
    counts = [rng.randint(2, 9) for _ in range(3)]
    total, cost = sum(counts), sum(price * count for price, count in zip(prices, counts, strict=True))
    names = ("x", "y", "z")
    line = " + ".join(f"{price}{name}" for price, name in zip(prices, names, strict=True))
    constraints = [f"x + y + z = {total}", f"{line} = {cost}", "x >= y"]
    if counts[0] < counts[1]:
        return None
    near = (counts[0] - 1, counts[1] + 1, counts[2])
    places = {"a": prices[0], "b": prices[1], "c": prices[2], "count": total, "cost": cost}
    wrong = (
        _named(names, near),
        _named(names, (total, 0, 0)),
        _named(names, (counts[0], counts[1], counts[2] + 1)),
    )
    return drawn(places, _named(names, counts), *wrong, grader=_options(names, "natural", constraints))


# --- the best of those that satisfy ------------------------------------------


def _knapsack(rng: random.Random) -> Drawn | None:
    names = "abcdef"
    weights = [rng.randint(3, 15) for _ in names]
    values = [rng.randint(4, 30) for _ in names]
    capacity = sum(weights) // 2
    fitting = [
        point
        for point in product((0, 1), repeat=len(names))
        if _total(weights, point) <= capacity and any(point)
    ]
    best = max(fitting, key=lambda point: _total(values, point))
    greedy = _greedy(weights, values, capacity)
    optimum = _total(values, best)
    if _total(values, greedy) == optimum:
        return None
    heavy = (1,) * len(names)
    items = "\n".join(f"{n}: weight {w}, value {v}" for n, w, v in zip(names, weights, values, strict=True))
    options = _options(
        names,
        "bit",
        [f"{_line(weights, names)} <= {capacity}"],
        maximize=_line(values, names),
        optimum=optimum,
    )
    wrong = (_named(names, greedy), _named(names, heavy))
    return drawn({"items": items, "capacity": capacity}, _named(names, best), *wrong, grader=options)


def _total(numbers: Sequence[int], point: Sequence[int]) -> int:
    return sum(number * value for number, value in zip(numbers, point, strict=True))


def _line(numbers: Sequence[int], names: Sequence[str]) -> str:
    return " + ".join(f"{number}{name}" for number, name in zip(numbers, names, strict=True))


def _greedy(weights: Sequence[int], values: Sequence[int], capacity: int) -> Point:
    """The most valuable first, as long as they fit."""
    taken, left = [0] * len(weights), capacity
    for at in sorted(range(len(weights)), key=lambda at: -values[at]):
        if weights[at] <= left:
            taken[at], left = 1, left - weights[at]
    return tuple(taken)


def _cheapest_boxes(rng: random.Random) -> Drawn | None:
    (small, big), (low, high) = sorted(rng.sample(range(4, 14), 2)), sorted(rng.sample(range(3, 12), 2))
    needed = rng.randint(40, 90)
    names = ("x", "y")
    points = [(x, y) for x in range(24) for y in range(24) if small * x + big * y >= needed]
    best = min(points, key=lambda point: _total((low, high), point))
    optimum = _total((low, high), best)
    alone = [(-(-needed // small), 0), (0, -(-needed // big))]
    if any(_total((low, high), point) == optimum for point in alone):
        return None
    constraints = ["x >= 0", "y >= 0", f"{small}x + {big}y >= {needed}"]
    options = _options(names, "integer", constraints, minimize=f"{low}x + {high}y", optimum=optimum)
    places = {"small": small, "big": big, "low": low, "high": high, "needed": needed}
    wrong = [_named(names, point) for point in (*alone, (0, 1), (-1, needed))]
    return drawn(places, _named(names, best), *wrong, grader=options)


def _production(rng: random.Random) -> Drawn | None:
    hours, metal = ([rng.randint(2, 7) for _ in range(2)] for _ in range(2))
    gain = [rng.randint(3, 12) for _ in range(2)]
    limits = (rng.randint(25, 60), rng.randint(25, 60))
    points = [
        (x, y)
        for x in range(limits[0] // hours[0] + 1)
        for y in range((limits[0] - hours[0] * x) // hours[1] + 1)
        if _total(metal, (x, y)) <= limits[1]
    ]
    best = max(points, key=lambda point: _total(gain, point))
    optimum = _total(gain, best)
    most = [max(point[side] for point in points) for side in (0, 1)]
    alone = [(most[0], 0), (0, most[1])]
    if any(_total(gain, point) == optimum for point in alone):
        return None
    names = ("x", "y")
    constraints = [
        "x >= 0",
        "y >= 0",
        f"{_line(hours, names)} <= {limits[0]}",
        f"{_line(metal, names)} <= {limits[1]}",
    ]
    options = _options(names, "integer", constraints, maximize=_line(gain, names), optimum=optimum)
    places = {
        "gain_x": gain[0], "gain_y": gain[1], "hours_x": hours[0], "hours_y": hours[1], "hours": limits[0],
        "metal_x": metal[0], "metal_y": metal[1], "metal": limits[1],
    }  # fmt: skip
    beyond = (best[0] + 1, best[1] + 1)
    wrong = [_named(names, point) for point in (*alone, beyond)]
    return drawn(places, _named(names, best), *wrong, grader=options)


PROBLEMS: Mapping[str, Problem] = {
    "three-squares": _squares,
    "congruences": _congruences,
    "clauses": _clauses,
    "purchase": _purchase,
    "knapsack": _knapsack,
    "cheapest-boxes": _cheapest_boxes,
    "production": _production,
}

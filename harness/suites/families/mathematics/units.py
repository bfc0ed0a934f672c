"""Quantities: what comes of a formula, with its unit."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

from harness.suites.families.base import Drawn
from harness.suites.families.mathematics.writing import Problem, drawn


def _decimal(number: Fraction) -> str | None:
    """A number as a short decimal, where it is one."""
    text = f"{float(number):.10g}"
    return text if Fraction(text) == number and len(text) < 9 and "e" not in text else None


def _with_units(
    places: Mapping[str, str | int], right: Fraction, unit: str, *wrong: tuple[Fraction, str]
) -> Drawn | None:
    shown = _decimal(right)
    others = [(_decimal(number), other) for number, other in wrong]
    if shown is None or any(number is None for number, _ in others):
        return None
    return drawn(places, f"{shown} {unit}", *(f"{number} {other}" for number, other in others))


def _speed(rng: random.Random) -> Drawn | None:
    metres, minutes = rng.randint(2, 60) * 50, rng.randint(2, 25)
    right = Fraction(metres, 1000) / Fraction(minutes, 60)
    return _with_units(
        {"metres": metres, "minutes": minutes},
        right,
        "km/h",
        (Fraction(metres, minutes), "km/h"),
        (right, "m/s"),
    )


def _energy(rng: random.Random) -> Drawn | None:
    grams, speed = rng.randint(2, 40) * 50, rng.randint(3, 20)
    right = Fraction(grams, 2000) * speed * speed
    return _with_units(
        {"grams": grams, "speed": speed}, right, "J", (2 * right, "J"), (1000 * right, "J"), (right, "N")
    )


def _pressure(rng: random.Random) -> Drawn | None:
    force, side = rng.randint(2, 90) * 10, rng.choice((5, 10, 20, 25, 40, 50))
    right = Fraction(force) / Fraction(side * side, 10_000)
    return _with_units(
        {"force": force, "side": side}, right, "Pa", (Fraction(force, side * side), "Pa"), (right / 100, "Pa")
    )


def _density(rng: random.Random) -> Drawn | None:
    grams, millilitres = rng.randint(2, 80) * 25, rng.randint(2, 40) * 10
    right = Fraction(grams, millilitres)
    return _with_units(
        {"grams": grams, "millilitres": millilitres}, right * 1000, "kg/m^3", (right, "kg/m^3"), (1 / right,
        "g/cm^3")
    ) if right != 1 else None  # fmt: skip


PROBLEMS: Mapping[str, Problem] = {
    "speed": _speed,
    "kinetic-energy": _energy,
    "pressure": _pressure,
    "density": _density,
}

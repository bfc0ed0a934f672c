"""Quantities: numbers with units, compared in base units. Runs in the child alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from harness.graders.mathematics.equality import Outcome, equal
from harness.graders.mathematics.grammar import parse
from harness.graders.mathematics.phrases import symbols_of_units
from harness.graders.mathematics.shapes import assigned, longest_number
from harness.graders.mathematics.tokens import Unreadable
from harness.graders.mathematics.values import value

_BASES = ("metre", "kilogram", "second", "ampere", "kelvin", "mole", "byte")
_DEGREE = sp.pi / 180


_M, _KG, _S, _A, _K, _MOL, _B = (sp.Symbol(name, positive=True) for name in _BASES)
_N, _J = _KG * _M / _S**2, _KG * _M**2 / _S**2
_METRIC = {  # what takes prefixes
    "m": _M, "g": _KG / 1000, "s": _S, "A": _A, "K": _K, "mol": _MOL, "N": _N, "J": _J, "W": _J / _S, "Pa":
    _N / _M**2,
    "Hz": 1 / _S, "C": _A * _S, "V": _J / (_A * _S), "ohm": _J / (_A**2 * _S), "Omega": _J / (_A**2 * _S),
    "l": _M**3 / 1000, "L": _M**3 / 1000, "Wh": 3600 * _J, "B": _B, "bar": 100_000 * _N / _M**2,
}  # fmt: skip
_PREFIXES: Mapping[str, Fraction] = {
    "T": Fraction(10**12), "G": Fraction(10**9), "M": Fraction(10**6), "k": Fraction(10**3), "h":
    Fraction(100),
    "d": Fraction(1, 10), "c": Fraction(1, 100), "m": Fraction(1, 10**3), "u": Fraction(1, 10**6), "n":
    Fraction(1, 10**9),
}  # fmt: skip
_NAMES = {
    "metre": "m", "meter": "m", "gram": "g", "second": "s", "sec": "s", "litre": "L", "liter": "L",
    "newton": "N",
    "joule": "J", "watt": "W", "pascal": "Pa", "hertz": "Hz", "volt": "V", "ampere": "A", "amp": "A",
    "byte": "B",
}  # fmt: skip
_LONG = {"kilo": "k", "centi": "c", "milli": "m", "deci": "d", "mega": "M", "hecto": "h", "micro": "u"}
_OTHER = {
    "min": 60 * _S, "minute": 60 * _S, "h": 3600 * _S, "hr": 3600 * _S, "hour": 3600 * _S, "day": 86400 * _S,
    "week": 604800 * _S, "t": 1000 * _KG, "tonne": 1000 * _KG, "ha": 10_000 * _M**2, "hectare": 10_000 *
    _M**2,
    "rad": sp.Integer(1), "radian": sp.Integer(1), "deg": _DEGREE, "degree": _DEGREE, "bit": _B / 8,
    "inch": _M * sp.Rational(254, 10_000), "ft": _M * sp.Rational(3048, 10_000), "foot": _M *
    sp.Rational(3048, 10_000),
    "feet": _M * sp.Rational(3048, 10_000), "yd": _M * sp.Rational(9144, 10_000), "yard": _M *
    sp.Rational(9144, 10_000),
    "mile": _M * sp.Rational(1609344, 1000), "mi": _M * sp.Rational(1609344, 1000), "kph": _M / _S /
    sp.Rational(36, 10),
    "kmh": _M / _S / sp.Rational(36, 10), "mph": _M / _S * sp.Rational(44704, 100_000),
}  # fmt: skip


def _units() -> dict[str, Any]:
    """Every spelling of every unit."""
    units = {
        prefix + name: unit * _rational(of)
        for prefix, of in _PREFIXES.items()
        for name, unit in _METRIC.items()
    }
    units |= _METRIC
    for name, short in _NAMES.items():
        for long, prefix in {"": "", **_LONG}.items():
            units |= {long + name: units[prefix + short], f"{long}{name}s": units[prefix + short]}
    units |= _OTHER | {f"{name}s": unit for name, unit in _OTHER.items() if len(name) > 2}
    units |= {"hrs": units["h"], "mins": units["min"], "secs": units["s"]}
    return units


def _rational(number: Fraction) -> Any:
    return sp.Rational(number.numerator, number.denominator)


UNITS = _units()


def read_quantity(text: str) -> Any:
    """A text as a number times base units. Raises ``Unreadable``."""
    nodes = assigned(parse(symbols_of_units(text), units=UNITS), UNITS)
    *before, last = (sp.powsimp(value(node, UNITS)) for node in nodes)
    if any(same_quantity(part, last, longest_number(text)) != "equal" for part in before):
        raise Unreadable("an equation that does not hold")
    return last


def same_quantity(a: Any, b: Any, digits: int) -> Outcome:
    """Whether two quantities are equal: of the same dimension, and as large."""
    (left, unit), (right, other) = (side.as_independent(*side.free_symbols) for side in (a, b))
    return equal(left, right, {}, digits) if unit == other else "different"

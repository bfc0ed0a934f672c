"""Sets of real numbers: intervals, unions, what inequalities say. Runs in the child alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from harness.graders.mathematics.cursor import Node
from harness.graders.mathematics.equality import Outcome, equal
from harness.graders.mathematics.tokens import Unreadable
from harness.graders.mathematics.values import value

_PIECES = 40
_REGIONS = (
    "group",
    "union",
    "set",
    "reals",
    "empty",
    "difference",
    "intersection",
    "builder",
    "relation",
    "or",
    "list",
)
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def region(node: Node, names: Mapping[str, Any]) -> Any:
    """The set of real numbers that a tree stands for. Raises ``Unreadable``."""
    match node:
        case Node("empty"):
            return sp.S.EmptySet
        case Node("reals") | Node("symbol", (), "R"):
            return sp.S.Reals
        case Node("brace", (inner,)):
            return _points((inner,), names) if _is_number(inner) else region(inner, names)
        case Node("group", (inner,), "()"):
            return region(inner, names)
        case Node("group", (low, high), brackets):
            return _interval(low, high, str(brackets), names)
        case Node("set", parts):
            return _points(parts, names)
        case Node("builder", (_, condition)):
            return region(condition, names)
        case Node("or" | "union", parts):
            return sp.Union(*(region(part, names) for part in parts[:_PIECES]))
        case Node("intersection", parts):
            return sp.Intersection(*(region(part, names) for part in parts))
        case Node("difference", (whole, less)):
            return sp.Complement(region(whole, names), region(less, names))
        case Node("list", parts) if not any(map(_is_number, parts)):
            join = sp.Intersection if all(part.op == "relation" for part in parts) else sp.Union
            return join(*(region(part, names) for part in parts[:_PIECES]))
        case Node("relation", parts, signs) if isinstance(signs, tuple):
            return _related(parts, signs, names)
    if node.op == "list" or not _is_number(node):
        raise Unreadable("it is no interval")
    return _points((node,), names)


def _points(parts: tuple[Node, ...], names: Mapping[str, Any]) -> Any:
    return sp.FiniteSet(*(_real(value(part, names)) for part in parts))


def _interval(low: Node, high: Node, brackets: str, names: Mapping[str, Any]) -> Any:
    start, end = _real(value(low, names)), _real(value(high, names))
    if (end - start).is_negative:
        raise Unreadable("an interval whose end lies before its start")
    return sp.Interval(start, end, brackets[0] == "(", brackets[1] == ")")


def _related(parts: tuple[Node, ...], signs: tuple[str, ...], names: Mapping[str, Any]) -> Any:
    """``2 < x <= 5``, ``x > 3``, ``3 > x``, ``x != 1``, ``x in …``; the part that is a name is x."""
    if signs == ("in",):
        return region(parts[1], names)
    whole = sp.S.Reals
    if signs == ("=",) and not _is_number(parts[1]):
        return region(parts[1], names)  # S = (1, 2)
    for left, sign, right in zip(parts, signs, parts[1:], strict=False):
        if left.op == "symbol" and sign in _FLIPPED:
            bound = right
        elif right.op == "symbol" and sign in _FLIPPED:
            sign, bound = _FLIPPED[sign], left
        else:
            raise Unreadable("an inequality that is not solved")
        whole = sp.Intersection(whole, _side(sign, _real(value(bound, names))))
    return whole


def _is_number(node: Node) -> bool:
    return node.op not in _REGIONS


def _side(sign: str, bound: Any) -> Any:
    if sign == "=":
        return sp.FiniteSet(bound)
    if sign == "!=":
        return sp.Complement(sp.S.Reals, sp.FiniteSet(bound))
    if sign[0] == "<":
        return sp.Interval(-sp.oo, bound, True, sign == "<")
    return sp.Interval(bound, sp.oo, sign == ">", True)


def _real(number: Any) -> Any:
    if number.free_symbols or not (number.is_extended_real or number.is_infinite):
        raise Unreadable("a bound that is no real number")
    return number


def same_region(a: Any, b: Any, digits: int) -> Outcome:
    """Whether two sets are the same, however their bounds are written."""
    own = sorted(_bounds(a), key=sp.default_sort_key)
    replaced = {
        theirs: next((mine for mine in own if equal(mine, theirs, {}, digits) == "equal"), theirs)
        for theirs in sorted(_bounds(b), key=sp.default_sort_key)
    }
    b = b.xreplace(replaced)
    if a == b:
        return "equal"
    rest = sp.SymmetricDifference(a, b)
    return "equal" if rest.is_empty else "different" if rest.is_empty is False else "undecided"


def _bounds(whole: Any) -> set[Any]:
    pieces = whole.atoms(sp.Interval) | whole.atoms(sp.FiniteSet)
    return {bound for piece in pieces for bound in piece.args if bound.is_number and bound.is_finite}

"""Answers of a kind: how each is read from a text, and when two are equal. Runs in the child alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from harness.graders.mathematics.cursor import Node
from harness.graders.mathematics.equality import Outcome, equal
from harness.graders.mathematics.forms import check_form
from harness.graders.mathematics.grammar import parse
from harness.graders.mathematics.phrases import conditions, unnamed, unnamed_set, words
from harness.graders.mathematics.regions import region, same_region
from harness.graders.mathematics.shapes import assigned, longest_number, unwrapped, with_signs
from harness.graders.mathematics.tokens import Unreadable
from harness.graders.mathematics.units import read_quantity, same_quantity
from harness.graders.mathematics.values import Domain, number_of, symbol, value

CONSTANTS = ("C", "c", "K", "k", "C_0", "C_1")  # of integration


@dataclass(frozen=True)
class Reading:
    """What a task says of its answer, and how texts are read by it."""

    kind: str
    domains: Mapping[str, Domain] = field(default_factory=dict)  # of its variables
    names: Sequence[str] = ()  # of a tuple's parts
    form: str | None = None
    constant: bool = False  # whether a constant may be added
    variables: Mapping[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        variables: dict[str, Any] = {name: symbol(name, domain) for name, domain in self.domains.items()}
        if self.constant:
            variables = {name: sp.Integer(0) for name in CONSTANTS} | variables
        object.__setattr__(self, "variables", variables)

    def read(self, text: str, *, reference: bool = False) -> Any:
        """The value of a text. Raises ``Unreadable``; a reference need not have the form of answers."""
        return _KINDS[self.kind].read(self, text, reference)

    def compare(self, a: Any, b: Any, digits: int) -> Outcome:
        """Whether two values are equal."""
        return _KINDS[self.kind].compare(self, a, b, digits)

    def same(self, a: Any, b: Any, digits: int) -> Outcome:
        """Whether two expressions are equal."""
        if self.constant:
            variable = next(iter(self.domains))
            a, b = (sp.diff(side, self.variables[variable]) for side in (a, b))
        return equal(a, b, {self.variables[name]: domain for name, domain in self.domains.items()}, digits)

    def last(self, text: str, node: Node) -> Node:
        """What an answer comes to in the end. Raises ``Unreadable`` where its parts are not equal."""
        *before, last = assigned(node, self.variables)
        for part in before:
            if (
                self.same(value(part, self.variables), value(last, self.variables), longest_number(text))
                != "equal"
            ):
                raise Unreadable("an equation that does not hold")
        return last


@dataclass(frozen=True)
class Kind:
    """One kind of answers."""

    read: Callable[[Reading, str, bool], Any]
    compare: Callable[[Reading, Any, Any, int], Outcome]


def _rational(reading: Reading, text: str, reference: bool) -> Any:
    return number_of(reading.last(text, parse(unnamed(text, reading.variables))))


def _percent(reading: Reading, text: str, reference: bool) -> Any:
    """Percent points, whether a sign stands behind the number or not."""
    node = unwrapped(reading.last(text, parse(unnamed(text, reading.variables))))
    return number_of(node.args[0] if node.op == "percent" else node)


def _expression(reading: Reading, text: str, reference: bool) -> Any:
    node = reading.last(text, parse(unnamed(text, reading.variables), reading.variables))
    if reading.form and not reference:
        check_form(reading.form, node, reading.variables)
    return value(node, reading.variables)


def _set(reading: Reading, text: str, reference: bool) -> Any:
    node = words(text) or parse(unnamed_set(text), reading.variables, grouped=False)
    return [_element(reading, element) for element in _elements(node, reading)]


def _elements(node: Node, reading: Reading) -> list[Node]:
    match node:
        case Node("empty"):
            return []
        case Node("or" | "list" | "set" | "union", parts):
            return [element for part in parts for element in _elements(part, reading)]
        case Node("brace", (inner,)) | Node("group", (inner,), "[]"):
            return _elements(inner, reading)
        case Node("group", parts, "[]"):
            return list(parts)
        case Node("relation", parts, signs):
            return _elements(parts[1] if signs == ("in",) else assigned(node, reading.variables)[-1], reading)
    return [*with_signs(node)]


def _element(reading: Reading, node: Node) -> Any:
    if node.op == "group" and len(node.args) > 1:
        return tuple(value(part, reading.variables) for part in node.args)
    return (value(node, reading.variables),)


def _tuple(reading: Reading, text: str, reference: bool) -> Any:
    node = parse(unnamed(text, reading.variables), {*reading.variables, *reading.names}, grouped=False)
    if node.op == "list" and all(part.op == "relation" for part in node.args):
        return _by_name(reading, text, node.args)
    if node.op == "relation" and len(reading.names) == 1 and node.args[0].value == reading.names[0]:
        return _by_name(reading, text, (node,))
    node = unwrapped(assigned(node, reading.variables)[-1] if node.op == "relation" else node)
    if node.op == "mul" and node.args[0].op == "symbol" and node.args[0].value not in reading.variables:
        node = node.args[1]  # the point P(1, 2)
    if node.op == "matrix" and 1 in (len(node.args), *(len(row.args) for row in node.args)):
        parts = [part for row in node.args for part in row.args]
    elif node.op in ("group", "list"):
        parts = [*node.args]
    else:
        parts = [node]
    return tuple(value(part, reading.variables) for part in parts)


def _by_name(reading: Reading, text: str, relations: Sequence[Node]) -> Any:
    """``y = 2, x = 1`` in the order of the names."""
    values: dict[str, Any] = {}
    for relation in relations:
        name = str(relation.args[0].value)
        if relation.args[0].op != "symbol" or name in values:
            raise Unreadable("equations that do not give each value by its name")
        values[name] = value(reading.last(text, relation), reading.variables)
    order = reading.names or [*values]
    if sorted(order) != sorted(values):
        raise Unreadable(f"values of {', '.join(sorted(values))}, not of {', '.join(order)}")
    return tuple(values[name] for name in order)


def _matrix(reading: Reading, text: str, reference: bool) -> Any:
    node = parse(unnamed(text, reading.variables), reading.variables, grouped=False)
    return _matrix_of(reading, assigned(node, reading.variables)[-1])


def _matrix_of(reading: Reading, node: Node) -> Any:
    match node:
        case Node("matrix", rows):
            return _rows(reading, [row.args for row in rows])
        case Node("group", (Node("group", (Node("group"), *_)) as inner,)):
            return _matrix_of(reading, inner)
        case Node("group" | "list", (Node("group"), *_) as rows):
            return _rows(reading, [row.args for row in rows])
        case Node("brace" | "group", (inner,)):
            return _matrix_of(reading, inner)
        case Node("neg", (inner,)):
            return -_matrix_of(reading, inner)
        case Node("mul", (scalar, matrix)):
            return value(scalar, reading.variables) * _matrix_of(reading, matrix)
        case Node("div", (matrix, scalar)):
            return _matrix_of(reading, matrix) / value(scalar, reading.variables)
    raise Unreadable("it is no matrix")


def _rows(reading: Reading, rows: Sequence[Sequence[Node]]) -> Any:
    if not rows or not all(rows) or len({len(row) for row in rows}) > 1:
        raise Unreadable("a matrix with rows of different lengths")
    return sp.Matrix([[value(part, reading.variables) for part in row] for row in rows])


def _interval(reading: Reading, text: str, reference: bool) -> Any:
    node = words(text) or parse(conditions(unnamed_set(text)), reading.variables, grouped=False)
    return region(node, reading.variables)


def _unit(reading: Reading, text: str, reference: bool) -> Any:
    return read_quantity(unnamed(text, ()))


# --- comparison --------------------------------------------------------------


def _same_value(reading: Reading, a: Any, b: Any, digits: int) -> Outcome:
    return reading.same(a, b, digits)


def _same_tuple(reading: Reading, a: Sequence[Any], b: Sequence[Any], digits: int) -> Outcome:
    if len(a) != len(b):
        return "different"
    return _all(reading.same(x, y, digits) for x, y in zip(a, b, strict=True))


def _same_matrix(reading: Reading, a: Any, b: Any, digits: int) -> Outcome:
    return "different" if a.shape != b.shape else _same_tuple(reading, [*a], [*b], digits)


def _same_set(reading: Reading, a: Sequence[Any], b: Sequence[Any], digits: int) -> Outcome:
    """Every element of each is one of the other."""

    def within(element: Any, others: Sequence[Any]) -> Outcome:
        outcomes = {_same_tuple(reading, element, other, digits) for other in others}
        return "equal" if "equal" in outcomes else "undecided" if "undecided" in outcomes else "different"

    return _all([within(x, b) for x in a] + [within(y, a) for y in b])


def _all(outcomes: Any) -> Outcome:
    unequal = {outcome for outcome in outcomes if outcome != "equal"}
    return "different" if "different" in unequal else "undecided" if unequal else "equal"


_KINDS: Mapping[str, Kind] = {
    "rational": Kind(_rational, _same_value),
    "percent": Kind(_percent, _same_value),
    "expression": Kind(_expression, _same_value),
    "set": Kind(_set, _same_set),
    "tuple": Kind(_tuple, _same_tuple),
    "matrix": Kind(_matrix, _same_matrix),
    "interval": Kind(_interval, lambda reading, a, b, digits: same_region(a, b, digits)),
    "unit": Kind(_unit, lambda reading, a, b, digits: same_quantity(a, b, digits)),
}

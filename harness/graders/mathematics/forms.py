"""Forms that a task can ask for beside the value: a product that goes no further, a sum without brackets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from harness.graders.mathematics.cursor import Node
from harness.graders.mathematics.shapes import symbols, unwrapped
from harness.graders.mathematics.values import value


class OtherForm(ValueError):
    """The answer can be read, but has not the form that is asked for."""


def check_form(form: str, node: Node, names: Mapping[str, Any]) -> None:
    """Raise ``OtherForm`` where an answer has not the form."""
    _FORMS[form](node, names)


def _factored(node: Node, names: Mapping[str, Any]) -> None:
    """A product whose factors are irreducible over the whole numbers."""
    for factor in _factors(node):
        polynomial = value(factor, names)
        if not polynomial.free_symbols:
            continue
        content, parts = sp.factor_list(polynomial)
        if abs(content) != 1 or sum(power for _, power in parts) != 1:
            raise OtherForm("the answer is not factored completely")


def _factors(node: Node) -> list[Node]:
    match node:
        case Node("mul", parts):
            return [factor for part in parts for factor in _factors(part)]
        case Node("neg" | "brace", (inner,)) | Node("group", (inner,)):
            return _factors(inner)
        case Node("pow", (base, exponent)) if not [*symbols(exponent)]:
            return _factors(base)
    return [node]


def _expanded(node: Node, names: Mapping[str, Any]) -> None:
    """A sum of terms of which none has a sum in it, and no two are alike."""
    terms = [value(term, names) for term in _terms(unwrapped(node))]
    if any(term.free_symbols and sp.expand(term) != term for term in terms):
        raise OtherForm("the answer is not multiplied out")
    alike = [term.as_coeff_Mul()[1] for term in terms]
    if len(set(alike)) < len(alike):
        raise OtherForm("the answer has terms that can be put together")


def _terms(node: Node) -> list[Node]:
    match node:
        case Node("add", parts):
            return [term for part in parts for term in _terms(part)]
        case Node("neg" | "brace", (inner,)):
            return _terms(inner)
        case Node("mul" | "pow", parts) if any(_has_sum(part) for part in parts):
            raise OtherForm("the answer is not multiplied out")
    return [node]


def _has_sum(node: Node) -> bool:
    return node.op == "add" or any(map(_has_sum, node.args))


_FORMS: Mapping[str, Callable[[Node, Mapping[str, Any]], None]] = {
    "factored": _factored,
    "expanded": _expanded,
}

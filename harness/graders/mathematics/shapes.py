"""What trees of answers have in common, whatever they stand for: names, choices of a sign, terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from harness.graders.mathematics.cursor import Node
from harness.graders.mathematics.tokens import Unreadable
from harness.graders.mathematics.values import value


def symbols(node: Node) -> Iterator[str]:
    """The names in a tree."""
    if node.op == "symbol":
        yield str(node.value)
    for part in node.args:
        yield from symbols(part)


def assigned(node: Node, names: Collection[str]) -> tuple[Node, ...]:
    """What an answer such as ``f(x) = 2(x + 1) = 2x + 2`` says its value is, the last form last.

    A first part that is a name of the result is left out, and so are what follows ``≈`` and conditions behind
    (``x ≠ 3``). Raises ``Unreadable`` where it says nothing else.
    """
    if node.op == "list" and all(part.op == "relation" and _is_condition(part) for part in node.args[1:]):
        node = node.args[0]
    if node.op != "relation":
        return (node,)
    signs, parts = node.value, node.args
    if not isinstance(signs, tuple) or not set(signs) <= {"=", "~"}:
        raise Unreadable("an inequality where a value is expected")
    if _is_name(parts[0], names):
        signs, parts = signs[1:], parts[1:]
    exact = signs.index("~") if "~" in signs else len(signs)
    return parts[: exact + 1]


def _is_condition(relation: Node) -> bool:
    return isinstance(relation.value, tuple) and not {"=", "~", "in"} & set(relation.value)


def _is_name(node: Node, names: Collection[str]) -> bool:
    """Whether a tree is a name and no variable: ``y``, ``f(x)``, ``A^{-1}``, ``AB``, ``|A|``."""
    match node:
        case Node("symbol", (), str(name)):
            return name not in names
        case Node("call", (Node("symbol", (), str(name)),), "abs"):
            return name not in names and name.isupper()
        case Node("pow", (base, exponent)):
            return _is_name(base, names) and unwrapped(exponent).op == "neg"
        case Node("mul", (first, second)):
            return _is_name(first, names) and (second.op == "group" or _is_name(second, names))
    return False


def with_signs(node: Node) -> tuple[Node, ...]:
    """The tree, or where it has ``±``, the one with plus and the one with minus."""
    if not _has_choice(node):
        return (node,)
    return _resolved(node, negative=False), _resolved(node, negative=True)


def unwrapped(node: Node) -> Node:
    """A tree without brackets around all of it."""
    while node.op == "brace" or (node.op == "group" and len(node.args) == 1):
        node = node.args[0]
    return node


def longest_number(text: str) -> int:
    """Digits of the number that is written with the most."""
    return max((len(digits) for digits in re.findall(r"[\d.]+", text)), default=0)


def terms(node: Node, names: Mapping[str, Any]) -> Counter[Any]:
    """The terms of a sum with their signs; what stands in brackets is one term."""
    return Counter(_terms(unwrapped(node), 1, names))


def _terms(node: Node, sign: int, names: Mapping[str, Any]) -> Iterator[Any]:
    if node.op == "add":
        for part in node.args:
            yield from _terms(part, sign, names)
    elif node.op == "neg":
        yield from _terms(node.args[0], -sign, names)
    else:
        yield sign * value(node, names)


def _has_choice(node: Node) -> bool:
    return node.op == "pm" or any(map(_has_choice, node.args))


def _resolved(node: Node, *, negative: bool) -> Node:
    args = tuple(_resolved(part, negative=negative) for part in node.args)
    if node.op == "pm":
        return Node("neg", args) if negative else args[0]
    return Node(node.op, args, node.value)

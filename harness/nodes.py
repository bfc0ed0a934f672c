"""Trees of tree-sitter: their grammars, and what nodes stand for."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache

from tree_sitter import Language, Node


@cache
def grammar(module: str) -> Language:
    """A grammar by the module that holds it, loaded once."""
    return Language(importlib.import_module(module).language())


def text_of(node: Node | None) -> str:
    """The code that a node stands for; empty where there is no node."""
    return (node.text or b"").decode(errors="replace") if node else ""


def name_of(node: Node) -> str:
    """The name of a definition; empty where it has none."""
    return text_of(node.child_by_field_name("name"))


def walk(root: Node, but: str = "") -> Iterator[Node]:
    """The node and all below it in the order of the code, without nodes of the type ``but``."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type != but:
            yield node
            stack.extend(reversed(node.children))


def identifiers(root: Node, but: str = "") -> Iterator[str]:
    """Every identifier in the code of a node, outside nodes of the type ``but``."""
    return (text_of(n) for n in walk(root, but) if not n.children and n.type.endswith("identifier"))

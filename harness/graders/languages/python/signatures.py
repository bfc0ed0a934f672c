"""What a Python module offers to others."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from harness.graders.execution.structure import text_without
from harness.nodes import name_of, text_of


def signatures(root: Node, owner: str = "") -> Iterator[str]:
    """Functions with their parameters, classes with their methods and fields, names of variables."""
    for node in root.children:
        marks = ""
        if node.type == "decorated_definition":
            marks = " ".join(text_without(child) for child in node.children if child.type == "decorator")
            node = node.children[-1]
        name = name_of(node)
        if node.type == "function_definition" and _is_public(name):
            yield f"{marks} {owner}{name}: {text_without(node, 'body')}".lstrip()
        elif node.type == "class_definition" and _is_public(name):
            yield f"{marks} class {owner}{name}".lstrip()
            body = node.child_by_field_name("body")
            yield from signatures(body, f"{owner}{name}.") if body else ()
        elif node.type == "expression_statement":
            yield from _variable(node.children[0], owner)


def _variable(node: Node, owner: str) -> Iterator[str]:
    """An assignment; of an annotated field, which may be a parameter, with its type and value."""
    left = node.child_by_field_name("left") if node.type == "assignment" else None
    if left is not None and left.type == "identifier" and _is_public(text_of(left)):
        annotated = owner and node.child_by_field_name("type")
        yield f"{owner}{text_without(node)}" if annotated else f"{owner}{text_of(left)}"


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))

"""The size of a program and how much it branches, cheap enough for every sample."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node, TreeCursor

from harness.graders.execution.syntax import Tangled, parse, syntax_of


def size(code: str, name: str) -> tuple[int | None, int | None]:
    """Lines with code on them, and the cyclomatic complexity (branches and one), of a whole program.

    Both ``None`` for code that no parser gets through.
    """
    syntax = syntax_of(name)
    try:
        tree = parse(code, syntax)
    except Tangled:
        return None, None
    raw = bytearray(code.encode(errors="replace"))
    branches = 0
    for node in _nodes(tree.walk()):
        branches += node.type in syntax.branches or _is_logical(node)
        if node.type.endswith("comment"):
            text = raw[node.start_byte : node.end_byte]
            raw[node.start_byte : node.end_byte] = b"\n" * text.count(b"\n") + b" " * (
                len(text) - text.count(b"\n")
            )
    return sum(1 for line in raw.split(b"\n") if line.strip()), 1 + branches


def _is_logical(node: Node) -> bool:
    """Whether a node is an ``&&`` or ``||`` of Rust and Go; Python's have a type of their own."""
    if node.type != "binary_expression":
        return False
    operator = node.child_by_field_name("operator")
    return operator is not None and operator.type in ("&&", "||")


def _nodes(cursor: TreeCursor) -> Iterator[Node]:
    """Every node of a tree, in time that grows with their number."""
    while True:
        if node := cursor.node:
            yield node
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return

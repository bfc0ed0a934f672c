"""The size of a program and how much it branches, cheap enough for every sample."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node, TreeCursor

from harness.graders.execution.syntax import SYNTAXES, Tangled, parse

# What adds a path through the code: McCabe's count, as lizard takes it.
_BRANCHES = {
    "python": "if_statement elif_clause for_statement while_statement except_clause case_clause"
    " conditional_expression boolean_operator for_in_clause if_clause",
    "rust": "if_expression for_expression while_expression loop_expression match_arm try_expression",
    "go": "if_statement for_statement expression_case type_case communication_case",
}
_KINDS = {name: frozenset(kinds.split()) for name, kinds in _BRANCHES.items()}


def size(code: str, name: str) -> tuple[int | None, int | None]:
    """Lines with code on them, and the cyclomatic complexity (branches and one), of a whole program.

    Both ``None`` for code that no parser gets through.
    """
    try:
        tree = parse(code, SYNTAXES[name])
    except Tangled:
        return None, None
    raw = bytearray(code.encode(errors="replace"))
    branches = 0
    for node in _nodes(tree.walk()):
        branches += node.type in _KINDS[name] or _is_logical(node)
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

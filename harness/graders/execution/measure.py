"""The size of a program and how much it branches, cheap enough for every sample."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node, TreeCursor

from harness.graders.execution.syntax import Syntax, Tangled, parse, syntax_of
from harness.nodes import text_of

_IN_MACROS = ("if", "match", "while", "for", "loop", "&&", "||", "?")


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
        branches += branches_at(node, syntax)
        if node.type.endswith("comment"):
            text = raw[node.start_byte : node.end_byte]
            raw[node.start_byte : node.end_byte] = b"\n" * text.count(b"\n") + b" " * (
                len(text) - text.count(b"\n")
            )
    return sum(1 for line in raw.split(b"\n") if line.strip()), 1 + branches


def branches_at(node: Node, syntax: Syntax) -> int:
    """How many paths a node adds by itself.

    A choice among values adds one less than it has arms where the last one takes whatever is left: as many as
    the same choice written with ``if`` and ``else``. What stands in a macro of Rust is taken by its keywords.
    """
    if node.parent is not None and node.parent.type == "token_tree":
        return node.type in _IN_MACROS
    match node.type:
        case "match_expression":  # of Rust; each of its arms adds one
            return -1
        case "match_pattern" | "let_declaration":  # with an `if`, with an `else`
            return any(node.child_by_field_name(name) for name in ("condition", "alternative"))
        case "case_clause":  # of Python
            return text_of(node).removeprefix("case").lstrip()[:2] not in ("_:", "_ ")
        case "let_chain":
            return sum(child.type == "&&" for child in node.children)
        case "binary_expression":  # Python's `and` and `or` have a type of their own
            operator = node.child_by_field_name("operator")
            return operator is not None and operator.type in ("&&", "||")
    return node.type in syntax.branches


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

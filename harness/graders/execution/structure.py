"""How a program is built: its functions, what stands in it more than once, and what it offers to others.

By the language's tree-sitter grammar, so within these limits: what stands inside of Rust's macros is known by
its keywords only, and of what a program offers names and types, never where they can be imported from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tree_sitter import Node

from harness.graders.execution.measure import branches_at
from harness.graders.execution.syntax import Syntax, parse, syntax_of
from harness.nodes import name_of, text_of

WINDOW = 50  # tokens
_LITERAL = ("string", "string_literal", "raw_string_literal", "interpreted_string_literal", "rune_literal")


@dataclass(frozen=True, slots=True)
class Function:
    """A function that stands in no other one. What is nested in it counts with it."""

    name: str
    complexity: int  # McCabe's: branches and one
    lines: int
    nesting: int  # of statements that branch


class Token(NamedTuple):
    """The smallest part of a program."""

    text: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Duplication:
    """Windows of ``WINDOW`` tokens in some programs, and those of them that stand somewhere before."""

    windows: int
    duplicates: int


def functions(code: str, language: str) -> list[Function]:
    """The functions of a program, in the order of its text. Raises ``Tangled``."""
    syntax = syntax_of(language)
    return [_function(node, syntax) for node in _outermost(parse(code, syntax).root_node, syntax)]


def _outermost(node: Node, syntax: Syntax) -> Iterator[Node]:
    stack = [node]
    while stack:
        node = stack.pop()
        if node.type in syntax.functions:
            yield node
        else:
            stack.extend(reversed(node.children))


def _function(root: Node, syntax: Syntax) -> Function:
    branches = deepest = 0
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        branches += branches_at(node, syntax)
        chained = node.parent is not None and node.parent.type in ("else_clause", "if_statement")
        depth += node.type in syntax.nesting and not (chained and node.type.startswith("if_"))
        deepest = max(deepest, depth)
        stack.extend((child, depth) for child in node.children)
    lines = root.end_point.row - root.start_point.row + 1
    return Function(name_of(root), 1 + branches, lines, deepest)


def duplication(codes: Iterable[str], language: str) -> Duplication:
    """How much of some programs is there twice, other names set aside. Raises ``Tangled``.

    Two windows are alike if one becomes the other by other names, one for one; they must not overlap.
    """
    syntax = syntax_of(language)
    tokens: list[Token] = []
    begins: list[int] = []  # of windows that lie within one program
    for code in codes:
        begin = len(tokens)
        tokens += _tokens(parse(code, syntax).root_node)
        begins += range(begin, len(tokens) - WINDOW + 1)
    shapes = ["" if token.is_name else token.text for token in tokens]
    repeated = Counter(tuple(shapes[at : at + WINDOW]) for at in begins)
    first: dict[tuple[object, ...], int] = {}
    duplicates = 0
    for at in begins:
        if repeated[tuple(shapes[at : at + WINDOW])] > 1:  # else there is no need to look at names
            duplicates += first.setdefault(_without_names(tokens[at : at + WINDOW]), at) + WINDOW <= at
    return Duplication(len(begins), duplicates)


def _tokens(root: Node) -> Iterator[Token]:
    """Every token but comments."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type.endswith("comment"):
            continue
        if node.children and node.type not in _LITERAL:
            stack.extend(reversed(node.children))
        elif text := text_of(node).strip():
            yield Token(text, node.type.endswith("identifier"))


def _without_names(tokens: Sequence[Token]) -> tuple[object, ...]:
    """The tokens with a number for each name, in the order in which the names come."""
    numbers: dict[str, int] = {}
    return tuple(numbers.setdefault(text, len(numbers)) if is_name else text for text, is_name in tokens)


def signatures(code: str, language: str) -> list[str]:
    """What a program offers to others, a line each: functions, methods, types and their public fields."""
    syntax = syntax_of(language)
    return list(syntax.signatures(parse(code, syntax).root_node))


def text_without(node: Node, *fields: str) -> str:
    """The tokens of a node with a blank between them, without comments, these fields and commas at an end."""
    left_out = [child for field in fields for child in node.children_by_field_name(field)]
    words: list[str] = []
    for child in (c for c in node.children if c not in left_out) if node.children else [node]:
        for text, _ in _tokens(child):
            if text in (")", "]", "}", ">") and words and words[-1] == ",":
                words.pop()
            words.append(text)
    return " ".join(words).strip(" ,=;")


def only(types: Sequence[str], root: Node) -> Iterator[Node]:
    """The children of a node that are of these types."""
    return (node for node in root.children if node.type in types)

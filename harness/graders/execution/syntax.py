"""What extraction must know of each language, through its tree-sitter grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from time import thread_time

from tree_sitter import Node, Parser, Tree

from harness.graders.languages import LANGUAGES
from harness.nodes import grammar, identifiers, text_of
from harness.plugins import load

_FREE_BYTES = 2048  # so little code is parsed without a budget
_STEPS, _BYTES_A_STEP = 1000, 20  # sound code takes one step for 60 bytes, broken code one for 50
_SECONDS, _SECONDS_A_BYTE = 0.5, 2e-6  # of this thread's time; a megabyte of code takes half a second
_CHUNK = 1 << 15

_DOING = (
    "call",
    "assignment",
    "augmented_assignment",
    "await",
    "yield",
    "macro_invocation",
    "call_expression",
)
_DEFINITIONS = ("function_definition", "class_definition", "function_declaration", "_item")
_PASSIVE = (*_DEFINITIONS, "comment", "import_statement", "import_from_statement")


@dataclass(frozen=True, slots=True)
class Syntax:
    """One language: how its code is recognised and how a bare body becomes a whole."""

    grammar: str  # module that holds the tree-sitter grammar
    infos: frozenset[str]  # what stands behind a fence
    defining: str  # regular expression of a line that defines `{name}`
    starting: re.Pattern[str]  # a line that code may start with, at the left margin
    hoisted: frozenset[str]  # node types that must come first when blocks are joined
    complete: Callable[[str, str], Iterator[str]]  # (signature, body) → programs to try
    branches: frozenset[str]  # node types that add a path: McCabe's count; see `measure.branches_at`
    functions: frozenset[str]  # node types
    nesting: frozenset[str]  # node types of statements that others stand in
    signatures: Callable[[Node], Iterator[str]]  # of a program: what it offers to others
    without_asides: Callable[[str, str], str] = lambda code, _reference: code  # see asides.py
    forms: tuple[Callable[[str], str], ...] = ()  # what else a text of this language may have to lose


@cache
def syntax_of(language: str) -> Syntax:
    """The syntax of a language by its name."""
    syntax: Syntax = load(LANGUAGES[language].syntax)
    return syntax


class Tangled(Exception):
    """Code that the parser does not get through: far from every program."""


def parse(code: str, syntax: Syntax) -> Tree:
    """The syntax tree of ``code``; errors in it are nodes. Raises ``Tangled``.

    The parser may take a number of steps for each byte, several times what any program needs, so that the
    same code is given up on every machine. Where steps are slow (a string that may end anywhere), a time
    that grows with the length, far beyond what a program needs, ends it.
    """
    raw = code.encode(errors="replace")
    parser = Parser(grammar(syntax.grammar))
    if len(raw) <= _FREE_BYTES:
        return parser.parse(raw)
    steps = iter(range(_STEPS + len(raw) // _BYTES_A_STEP))
    end_s = thread_time() + _SECONDS + _SECONDS_A_BYTE * len(raw)

    def enough(_offset: int, _broken: bool) -> bool:
        return next(steps, None) is None or thread_time() > end_s

    try:
        return parser.parse(lambda start, _: raw[start : start + _CHUNK], progress_callback=enough)
    except ValueError:
        raise Tangled from None


def sound(code: str, syntax: Syntax) -> bool:
    """Whether ``code`` parses without an error."""
    try:
        return not parse(code, syntax).root_node.has_error
    except Tangled:
        return False


def is_code(code: str, syntax: Syntax) -> bool:
    """Whether ``code`` is sound and none of its top-level lines is prose that happens to parse."""
    try:
        root = parse(code, syntax).root_node
    except Tangled:
        return False
    return not root.has_error and not any(_idle(node, ("string",)) for node in root.children)


def is_program(code: str, syntax: Syntax) -> bool:
    """Whether a line at the left margin starts a definition, so that ``code`` is no function's body."""
    items = _items(parse(code, syntax).root_node)
    return any(node.type.endswith(_DEFINITIONS) and node.start_point.column == 0 for node in items)


def has_body(code: str, syntax: Syntax) -> bool:
    """Whether ``code`` is sound and its last definition has a body that does something itself."""
    root = parse(code, syntax).root_node
    body = root.children[-1].child_by_field_name("body") if root.children else None
    if root.has_error or body is None:
        return False
    inner = [c for node in body.named_children for c in (node.children if "_list" in node.type else [node])]
    return any(node.is_named and not node.type.endswith(_PASSIVE) and not _idle(node) for node in inner)


def _idle(node: Node, allowed: tuple[str, ...] = ()) -> bool:
    """Whether a node is an expression that does nothing: a word or two of prose, mostly."""
    if node.type == "expression_statement" and node.children:
        return node.children[0].type not in (*_DOING, *allowed)
    return node.type == "identifier"


def mentions_definition(code: str, name: str, syntax: Syntax) -> bool:
    """Whether a line of ``code`` looks like the definition of ``name``; works in broken code too."""
    pattern = syntax.defining.replace("{name}", re.escape(name))
    return re.search(pattern, code, re.MULTILINE) is not None


def definitions(tree: Tree) -> set[str]:
    """The names that top-level items define, import or (``impl`` and methods) extend.

    An extension of ``T`` is called ``+T``.
    """
    return {name for node in _items(tree.root_node) for name in _names(node)}


def references(tree: Tree | Node, but: str = "") -> set[str]:
    """Every identifier in the code, wherever it stands, outside nodes of the type ``but``."""
    return set(identifiers(tree.root_node if isinstance(tree, Tree) else tree, but))


def _items(root: Node) -> Iterator[Node]:
    for node in root.children:
        if node.type == "ERROR":
            yield from _items(node)
        elif node.type == "decorated_definition":
            yield node.children[-1]
        else:
            yield node


def _names(node: Node) -> Iterator[str]:
    match node.type:
        case "expression_statement" | "expression_list":
            yield from (text_of(left) for c in node.children if (left := c.child_by_field_name("left")))
        case "import_statement" | "import_from_statement" | "use_declaration" | "import_declaration":
            yield from identifiers(node)
        case "const_declaration" | "var_declaration" | "type_declaration":
            yield from (text_of(name) for c in node.children if (name := c.child_by_field_name("name")))
        case "impl_item":
            yield from ("+" + name for part in _fields(node, "type") for name in identifiers(part))
        case "method_declaration":
            yield from ("+" + name for part in _fields(node, "receiver") for name in identifiers(part))
        case _:
            yield from map(text_of, _fields(node, "name"))


def _fields(node: Node, name: str) -> list[Node]:
    return node.children_by_field_name(name)


def braced_bodies(signature: str, body: str) -> Iterator[str]:
    """A body in a language with braces may come with its own, with the closing one alone, or with neither."""
    head = signature.strip().removesuffix("{").rstrip()
    if body.lstrip().startswith("{"):
        yield f"{head} {body.lstrip()}"
    yield f"{head} {{\n{body}"
    yield f"{head} {{\n{body}\n}}"


# What says behind a fence that something else stands in it.
FOREIGN = frozenset(
    """bash sh shell zsh console terminal powershell cmd text txt plain plaintext output out stdout log json
    jsonl yaml yml toml ini xml html css sql diff patch markdown md mermaid csv http dockerfile makefile java
    javascript js jsx typescript ts tsx c cpp c++ csharp cs c# ruby rb kotlin swift scala php perl lua r julia
    haskell zig elixir python py python3 rust rs go golang""".split()  # noqa: SIM905
)

"""What importers look up in code: names, imports, the head of a function, code without its bodies."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from tree_sitter import Language, Node, Parser

_GRAMMARS = {"python": "tree_sitter_python", "rust": "tree_sitter_rust", "go": "tree_sitter_go"}
_FUNCTIONS = ("function_definition", "function_item", "function_declaration", "method_declaration")
_UNWRITTEN = {
    "python": 'raise NotImplementedError("not written yet")',
    "rust": '{ panic!("not written yet") }',
    "go": '{ panic("not written yet") }',
}
_RUST_OWN = frozenset({"std", "core", "alloc", "crate", "self", "super"})
_ATTACHED = ("attribute_item", "line_comment", "block_comment", "comment")


@dataclass(frozen=True, slots=True)
class Parts:
    """A program taken apart around one of its functions.

    ``before`` is the code in front of it (imports, helpers) without comments, ``head`` its
    signature up to the body. Both are empty where there is no such function.
    """

    before: str
    head: str


def parts(code: str, language: str, name: str) -> Parts:
    """The code before the function ``name``, and its signature."""
    before: list[Node] = []
    for node in _root(code, language).children:
        function = node.child_by_field_name("definition") or node
        body = function.child_by_field_name("body")
        if function.type in _FUNCTIONS and body is not None and _name(function) == name:
            while before and before[-1].type in _ATTACHED:
                before.pop()
            kept = "\n".join(_text(item) for item in before if "comment" not in item.type)
            head = code.encode()[function.start_byte : body.start_byte].decode(errors="replace")
            return Parts(kept, head.strip())
        before.append(node)
    return Parts("", "")


def hollow(code: str, language: str) -> str | None:
    """The code with every function body replaced by a failure; ``None`` if it has no functions."""
    raw = code.encode()
    bodies = list(_bodies(_root(code, language)))
    for body in reversed(bodies):
        raw = raw[: body.start_byte] + _UNWRITTEN[language].encode() + raw[body.end_byte :]
    return raw.decode(errors="replace") if bodies else None


def wrong_answer(reference: str, language: str) -> str:
    """An answer that must fail: the reference with nothing in it."""
    return hollow(reference, language) or "I do not know."


def defined(code: str, language: str) -> set[str]:
    """The names that top-level items define, imports left out."""
    return {name for node in _root(code, language).children for name in _defines(node)}


def members(code: str, language: str) -> set[str]:
    """The names of fields and methods, wherever they are declared."""
    kinds = ("field_declaration", "method_declaration", "method_elem")
    nodes = (node for node in _walk(_root(code, language)) if node.type in kinds)
    return {_text(name) for node in nodes for name in node.children_by_field_name("name")}


def mentioned(code: str, language: str) -> set[str]:
    """Every identifier in the code."""
    return {
        _text(n) for n in _walk(_root(code, language)) if not n.children and n.type.endswith("identifier")
    }


def used_names(reference: str, tests: str, language: str) -> list[str]:
    """What the tests use of all that the reference defines, in alphabetical order."""
    return sorted(defined(reference, language) & mentioned(tests, language))


def absent_python(*sources: str, present: Collection[str] = ()) -> set[str]:
    """The packages that Python code imports and that are neither in the standard library nor ``present``."""
    found: set[str] = set()
    for node in (node for source in sources for node in _walk(_root(source, "python"))):
        if node.type == "import_statement":
            found |= {
                _text(name).partition(".")[0].split()[0] for name in node.children_by_field_name("name")
            }
        elif node.type == "import_from_statement":
            module = node.child_by_field_name("module_name")
            if module is not None and module.type == "dotted_name":
                found.add(_text(module).partition(".")[0])
    return found - sys.stdlib_module_names - {"__future__", *present}


def go_imports(code: str) -> list[str]:
    """The import paths of Go code, in order."""
    nodes = (node for node in _walk(_root(code, "go")) if node.type == "import_spec")
    paths = (node.child_by_field_name("path") for node in nodes)
    return list(dict.fromkeys(_text(path).strip('"`') for path in paths if path is not None))


def without_absent_uses(code: str, context: str) -> tuple[str, set[str]]:
    """Rust code without the imports of other crates that neither it nor ``context`` makes use of.

    The second value names the crates that are used.
    """
    root = _root(code, "rust")
    uses = [node for node in root.children if node.type == "use_declaration"]
    known = _RUST_OWN | defined(code, "rust")
    elsewhere = mentioned(context, "rust") | {
        _text(leaf)
        for node in root.children
        if node.type != "use_declaration"
        for leaf in _walk(node)
        if leaf.type.endswith("identifier")
    }
    needed: set[str] = set()
    raw = code.encode()
    for node in reversed(uses):
        names = [
            _text(leaf) for leaf in _walk(node) if not leaf.children and leaf.type.endswith("identifier")
        ]
        if (names and names[0] in known) or not names:
            continue
        if set(names) & elsewhere:
            needed.add(names[0])
        else:
            raw = raw[: node.start_byte] + raw[node.end_byte :].lstrip(b" \t").removeprefix(b"\n")
    return raw.decode(errors="replace"), needed


def has_unsafe(code: str) -> bool:
    """Whether Rust code has an ``unsafe`` block, function or impl."""
    return any(node.type == "unsafe" for node in _walk(_root(code, "rust")))


def _bodies(node: Node) -> Iterator[Node]:
    for child in node.children:
        body = child.child_by_field_name("body") if child.type in _FUNCTIONS else None
        if body is not None:
            yield body
        else:
            yield from _bodies(child)


def _defines(node: Node) -> Iterator[str]:
    match node.type:
        case "decorated_definition":
            yield from _defines(node.children[-1])
        case "expression_statement" | "assignment":
            for child in node.children:
                yield from _defines(child)
            left = node.child_by_field_name("left")
            if left is not None and left.type == "identifier":
                yield _text(left)
        case "type_declaration" | "const_declaration" | "var_declaration" | "var_spec_list":
            for child in node.children:
                yield from _defines(child)
        case "method_declaration" | "impl_item":
            return
        case _:
            yield from (_text(name) for name in node.children_by_field_name("name"))


def _name(node: Node) -> str:
    name = node.child_by_field_name("name")
    return _text(name) if name is not None else ""


def _walk(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(top.children))


def _text(node: Node) -> str:
    return (node.text or b"").decode(errors="replace")


def _root(code: str, language: str) -> Node:
    return Parser(_grammar(language)).parse(code.encode()).root_node


@cache
def _grammar(language: str) -> Language:
    return Language(importlib.import_module(_GRAMMARS[language]).language())

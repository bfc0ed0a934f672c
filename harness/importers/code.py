"""What importers look up in code: names, imports, the head of a function, code without its bodies."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tree_sitter import Node, Parser

from harness.nodes import grammar, identifiers, name_of, text_of, walk

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
        if function.type in _FUNCTIONS and body is not None and name_of(function) == name:
            while before and before[-1].type in _ATTACHED:
                before.pop()
            kept = "\n".join(text_of(item) for item in before if "comment" not in item.type)
            head = code.encode()[function.start_byte : body.start_byte].decode(errors="replace")
            return Parts(kept, head.strip())
        before.append(node)
    return Parts("", "")


def last_function(code: str, language: str) -> str:
    """The name of the last function on the top level; empty where there is none."""
    functions = [node.child_by_field_name("definition") or node for node in _root(code, language).children]
    names = [name_of(node) for node in functions if node.type in _FUNCTIONS]
    return names[-1] if names else ""


def with_more(code: str, more: str, language: str) -> str:
    """The code, and of ``more`` what imports or defines anything that the code does not."""
    own = defined(code, language)
    lines = {line.strip() for line in code.split("\n")}
    added = []
    for node in _root(more, language).children:
        words = text_of(node)
        names = defined(words, language)
        if names - own or (not names and words.strip() and words.strip() not in lines and _imports(node)):
            added.append(words)
    return "\n".join([*filter(None, [code]), *added])


def _imports(node: Node) -> bool:
    return node.type.startswith(("import", "use_declaration"))


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
    nodes = (node for node in walk(_root(code, language)) if node.type in kinds)
    return {text_of(name) for node in nodes for name in node.children_by_field_name("name")}


def mentioned(code: str, language: str) -> set[str]:
    """Every identifier in the code."""
    return set(identifiers(_root(code, language)))


def used_names(reference: str, tests: str, language: str) -> list[str]:
    """What the tests use of all that the reference defines, in alphabetical order."""
    return sorted(defined(reference, language) & mentioned(tests, language))


def imported_python(source: str) -> set[str]:
    """The packages that Python code imports, wherever it does."""
    packages: set[str] = set()
    for node in walk(_root(source, "python")):
        if node.type == "import_statement":
            names = node.children_by_field_name("name")
            packages |= {text_of(name).partition(".")[0].split()[0] for name in names}
        elif node.type == "import_from_statement":
            module = node.child_by_field_name("module_name")
            if module is not None and module.type == "dotted_name":
                packages.add(text_of(module).partition(".")[0])
    return packages


def absent_python(*sources: str, present: Collection[str] = ()) -> set[str]:
    """The packages that Python code imports and that are neither in the standard library nor ``present``."""
    packages = {name for source in sources for name in imported_python(source)}
    return packages - sys.stdlib_module_names - {"__future__", *present}


def without_absent_uses(code: str, context: str) -> tuple[str, set[str]]:
    """Rust code without the imports of other crates that neither it nor ``context`` makes use of.

    The second value names the crates that are used.
    """
    root = _root(code, "rust")
    uses = [node for node in root.children if node.type == "use_declaration"]
    own_names = _RUST_OWN | defined(code, "rust")
    items = [node for node in root.children if node.type != "use_declaration"]
    elsewhere = mentioned(context, "rust") | {name for node in items for name in identifiers(node)}
    needed: set[str] = set()
    raw = code.encode()
    for node in reversed(uses):
        names = list(identifiers(node))
        if (names and names[0] in own_names) or not names:
            continue
        if set(names) & elsewhere:
            needed.add(names[0])
        else:
            raw = raw[: node.start_byte] + raw[node.end_byte :].lstrip(b" \t").removeprefix(b"\n")
    return raw.decode(errors="replace"), needed


def has_unsafe(code: str) -> bool:
    """Whether Rust code has an ``unsafe`` block, function or impl."""
    return any(node.type == "unsafe" for node in walk(_root(code, "rust")))


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
            if left is not None:
                yield from _bound(left)
        case "if_statement" | "try_statement" | "with_statement" | "for_statement" | "while_statement":
            yield from _within(node)
        case "type_declaration" | "const_declaration" | "var_declaration" | "var_spec_list":
            for child in node.children:
                yield from _defines(child)
        case "method_declaration" | "impl_item" | "import_statement" | "import_from_statement":
            return
        case _:
            yield from (text_of(name) for name in node.children_by_field_name("name"))


def _bound(left: Node) -> Iterator[str]:
    """The names that an assignment's left side binds: ``a``, ``a, *b``, ``(a, [b])``."""
    if left.type == "identifier":
        yield text_of(left)
    elif left.type in ("pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"):
        for child in left.children:
            yield from _bound(child)


def _within(node: Node) -> Iterator[str]:
    """What Python's compound statements define on the module's level."""
    target = node.child_by_field_name("left")
    if target is not None:
        yield from _bound(target)
    for child in node.children:
        if child.type == "block":
            yield from (name for statement in child.children for name in _defines(statement))
        elif child.type.endswith("_clause"):
            yield from _within(child)


def nodes_of(code: str, language: str) -> Iterator[Node]:
    """Every node of the code's tree, the root first."""
    return walk(_root(code, language))


def _root(code: str, language: str) -> Node:
    return Parser(grammar(_GRAMMARS[language])).parse(code.encode()).root_node

"""What stands beside a program and must not decide about it: its own main, tests and examples.

Nobody calls them, and a mistake in them is none in the answer. They are blanked out before the program is
compiled, line by line, so that messages name the lines that the model wrote. Python's are left to the
driver, which runs statements one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tree_sitter import Node

from harness.graders.execution.syntax import SYNTAXES, mentions_definition, parse, references

_GO_TEST = re.compile(r"(?:Test|Benchmark|Fuzz|Example)(?:[^a-z].*)?")
_RUST_TEST = re.compile(r"#\[(?:cfg\(test\)|(?:\w+::)*(?:test|bench)\b.*)\]", re.DOTALL)


def without_asides(code: str, language: str, reference: str) -> str:
    """``code`` with its main, its tests and what only they import blanked out.

    What ``reference`` defines too is kept. Raises ``Tangled``.
    """
    root = parse(code, SYNTAXES[language]).root_node if language in _ASIDES else None
    if root is None or root.has_error:
        return code
    asides = list(_ASIDES[language](root, reference))
    if not asides:
        return code
    raw = _blanked(code.encode(errors="replace"), asides)
    if language == "go":
        raw = _blanked(raw, _useless_imports(raw.decode(errors="replace"), asides))
    return raw.decode(errors="replace")


def _blanked(raw: bytes, nodes: Iterable[Node]) -> bytes:
    blank = bytearray(raw)
    for node in nodes:
        text = raw[node.start_byte : node.end_byte]
        blank[node.start_byte : node.end_byte] = re.sub(rb"[^\n]", b" ", text)
    return bytes(blank)


def _go(root: Node, reference: str) -> Iterator[Node]:
    for node in root.children:
        name = _name(node) if node.type == "function_declaration" else ""
        if (name == "main" or _is_go_test(node, name)) and not _defines(reference, name, "go"):
            yield node


def _is_go_test(node: Node, name: str) -> bool:
    parameters = node.child_by_field_name("parameters")
    of_testing = parameters is not None and b"*testing." in (parameters.text or b"")
    return _GO_TEST.fullmatch(name) is not None and (of_testing or name.startswith("Example"))


def _useless_imports(code: str, asides: Sequence[Node]) -> Iterator[Node]:
    """Imports of packages that an aside speaks of and nothing else does."""
    used = references(parse(code, SYNTAXES["go"]), but="import_declaration")
    before = {name for node in asides for name in references(node)}
    for node in parse(code, SYNTAXES["go"]).root_node.children:
        specs = list(_specs(node)) if node.type == "import_declaration" else []
        for spec in specs:
            name = _package(spec)
            if name in before and name not in used:
                yield node if len(specs) == 1 else spec


def _specs(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.type == "import_spec":
            yield child
        elif child.type == "import_spec_list":
            yield from _specs(child)


def _package(spec: Node) -> str:
    """The name by which an imported package is used."""
    name, path = spec.child_by_field_name("name"), spec.child_by_field_name("path")
    if name is not None:
        return (name.text or b"").decode(errors="replace")
    parts = (path.text or b"").decode(errors="replace").strip('"`').split("/") if path else [""]
    return parts[-2] if len(parts) > 1 and re.fullmatch(r"v\d+", parts[-1]) else parts[-1]


def _rust(root: Node, reference: str) -> Iterator[Node]:
    """``fn main`` and what is only compiled for tests, with the attributes in front of it."""
    attributes: list[Node] = []
    for node in root.children:
        if node.type == "attribute_item":
            attributes.append(node)
            continue
        if node.type.endswith("comment"):
            continue
        tested = any(_RUST_TEST.fullmatch((mark.text or b"").decode(errors="replace")) for mark in attributes)
        main = node.type == "function_item" and _name(node) == "main"
        if tested or (main and not _defines(reference, "main", "rust")):
            yield from (*attributes, node)
        attributes = []


def _defines(reference: str, name: str, language: str) -> bool:
    return mentions_definition(reference, name, SYNTAXES[language])


def _name(node: Node) -> str:
    name = node.child_by_field_name("name")
    return (name.text or b"").decode(errors="replace") if name else ""


_ASIDES = {"go": _go, "rust": _rust}

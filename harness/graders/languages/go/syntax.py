"""How Go is recognised in text, and what beside a program does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from harness.graders.execution.asides import blanked
from harness.graders.execution.syntax import Syntax, braced_bodies, mentions_definition, parse, references
from harness.graders.languages.go.signatures import signatures
from harness.nodes import name_of, text_of

_TEST = re.compile(r"(?:Test|Benchmark|Fuzz|Example)(?:[^a-z].*)?")


def without_asides(code: str, reference: str) -> str:
    """``code`` with its main, its tests and what only they import blanked out.

    What ``reference`` defines too is kept. Raises ``Tangled``.
    """
    root = parse(code, SYNTAX).root_node
    asides = [] if root.has_error else list(_asides(root, reference))
    if not asides:
        return code
    code = blanked(code, asides)
    return blanked(code, _useless_imports(code, asides))


def _asides(root: Node, reference: str) -> Iterator[Node]:
    for node in root.children:
        name = name_of(node) if node.type == "function_declaration" else ""
        if (name == "main" or _is_go_test(node, name)) and not mentions_definition(reference, name, SYNTAX):
            yield node


def _is_go_test(node: Node, name: str) -> bool:
    parameters = node.child_by_field_name("parameters")
    of_testing = parameters is not None and b"*testing." in (parameters.text or b"")
    return _TEST.fullmatch(name) is not None and (of_testing or name.startswith("Example"))


def _useless_imports(code: str, asides: Sequence[Node]) -> Iterator[Node]:
    """Imports of packages that an aside speaks of and nothing else does."""
    used = references(parse(code, SYNTAX), but="import_declaration")
    before = {name for node in asides for name in references(node)}
    for node in parse(code, SYNTAX).root_node.children:
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
    if name := name_of(spec):
        return name
    parts = text_of(spec.child_by_field_name("path")).strip('"`').split("/")
    return parts[-2] if len(parts) > 1 and re.fullmatch(r"v\d+", parts[-1]) else parts[-1]


SYNTAX = Syntax(
    grammar="tree_sitter_go",
    infos=frozenset({"go", "golang"}),
    defining=r"^[ \t]*(?:func[ \t]+(?:\([^)\n]*\)[ \t]*)?|type[ \t]+|var[ \t]+|const[ \t]+){name}\b",
    starting=re.compile(r"package \w+$|(?:import|func|type|var|const)[ (]|//|/\*"),
    hoisted=frozenset({"package_clause", "import_declaration"}),
    complete=braced_bodies,
    branches=frozenset(
        """if_statement for_statement expression_case type_case communication_case""".split()  # noqa: SIM905
    ),
    functions=frozenset({"function_declaration", "method_declaration", "func_literal"}),
    nesting=frozenset(
        {
            "if_statement",
            "for_statement",
            "expression_switch_statement",
            "type_switch_statement",
            "select_statement",
        }
    ),
    signatures=signatures,
    without_asides=without_asides,
)

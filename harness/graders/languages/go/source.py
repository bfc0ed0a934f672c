"""An answer as a file of the package that its driver belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from tree_sitter import Node

from harness.graders.execution.extract import Refused
from harness.graders.execution.syntax import Tangled, definitions, parse
from harness.graders.languages.go.syntax import SYNTAX
from harness.graders.languages.go.toolchain import PACKAGES
from harness.nodes import text_of, walk

# What an answer may import that shares a program: nothing here reaches the process, its files or its
# descriptors, or what packages keep for all.
_SHARED = frozenset(PACKAGES) - {"io/fs", "log", "os", "path/filepath", "runtime", "runtime/debug", "testing"}
_BUILTINS = frozenset({"cap", "len", "make", "new"})  # calls that run nothing of the answer's
_ENDING = ("index_expression", "slice_expression", "type_assertion_expression")
_MAIN = "harnessAnswerMain"  # what the answer's own main is called; nobody calls it


def in_package(text: str, package: str) -> str:
    """A whole file of what ``prepare`` made."""
    return f"package {package}; {text}"


def prepare(code: str) -> str:
    """An answer without its package clause, imports once each, line numbers as they were.

    Imports are never guessed. Raises ``Refused`` for one that is not offered.
    """
    root = parse(code, SYNTAX).root_node
    raw = bytearray(code.encode(errors="replace"))
    for name in (name for name in reversed(_functions(root)) if name.text == b"main"):
        raw[name.start_byte : name.end_byte] = _MAIN.encode()
    for node in _superfluous(root):  # they stand before every function, so offsets still hold
        raw[node.start_byte : node.end_byte] = bytes(
            byte if byte == 10 else 32 for byte in raw[node.start_byte : node.end_byte]
        )
    return raw.decode(errors="replace")


def may_share(code: str) -> bool:
    """Whether an answer may be compiled into one program with others, of which each runs in turn.

    Their packages are apart, but what runs before main runs in everybody's process. So nothing of
    the answer may: no ``init``, no call in a package variable, and nothing that could be a directive
    to the compiler or that the parser does not understand.
    """
    try:
        tree = parse(code, SYNTAX)
    except Tangled:
        return False
    root = tree.root_node
    if root.has_error or "//go:" in code or re.search(r"\binit\b", code):
        return False
    specs = list(_imports(root.children))
    if not {path_of(spec) for spec in specs} <= _SHARED:
        return False
    plain = {path_of(spec) for spec in specs if not spec.child_by_field_name("name")}
    inert = _BUILTINS - definitions(tree) | ({"errors.New"} & {f"{path}.New" for path in plain})
    return not any(_runs(node, inert) for node in root.children if node.type == "var_declaration")


def _functions(root: Node) -> list[Node]:
    """The names of the functions, in their order."""
    functions = [node for node in root.children if node.type == "function_declaration"]
    return [name for node in functions if (name := node.child_by_field_name("name"))]


def _superfluous(root: Node) -> Iterator[Node]:
    """Package clauses, and imports that another block of the same answer has made already."""
    seen = set()
    for node in root.children:
        if node.type == "package_clause":
            yield node
        for spec in _imports([node]):
            package = path_of(spec)
            if package not in PACKAGES:
                raise Refused(f"imports {package!r}, which is not offered here")
            if spec.text in seen:
                yield spec if spec.parent and spec.parent.type == "import_spec_list" else node
            seen.add(spec.text)


def _imports(nodes: Iterable[Node]) -> Iterator[Node]:
    """What those of the nodes import that are declarations of imports, a spec each."""
    declarations = (node for node in nodes if node.type == "import_declaration")
    return (spec for node in declarations for spec in walk(node) if spec.type == "import_spec")


def path_of(spec: Node) -> str:
    """The path of an imported package."""
    return text_of(spec.child_by_field_name("path")).strip('"`')


def _runs(declaration: Node, inert: Collection[str]) -> bool:
    """Whether an initial value calls anything but ``inert``, or could end or wait; held functions may."""
    stack = [declaration]
    while stack:
        node = stack.pop()
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            if text_of(function) not in inert:
                return True
        if node.type in _ENDING or (node.type == "unary_expression" and node.children[0].type in ("*", "<-")):
            return True
        stack.extend(child for child in node.children if child.type != "func_literal")
    return False

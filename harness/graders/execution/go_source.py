"""An answer as a file of the package that its driver belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from harness.graders.execution.extract import Refused
from harness.graders.execution.go_toolchain import PACKAGES
from harness.graders.execution.syntax import SYNTAXES, parse

# Calls that a package variable may be made with: they do nothing that another answer could notice.
_INERT = (b"errors.New", b"fmt.Errorf", b"make", b"new", b"len", b"big.NewInt", b"strings.NewReplacer")
_MAIN = "harnessAnswerMain"  # what the answer's own main is called; nobody calls it


def in_package(text: str, package: str) -> str:
    """A whole file of what ``prepare`` made."""
    return f"package {package}; {text}"


def prepare(code: str) -> str:
    """An answer without its package clause, imports once each, line numbers as they were.

    Imports are never guessed. Raises ``Refused`` for one that is not offered.
    """
    root = parse(code, SYNTAXES["go"]).root_node
    raw = bytearray(code.encode(errors="replace"))
    for name in (name for name in reversed(_functions(root)) if name.text == b"main"):
        raw[name.start_byte : name.end_byte] = _MAIN.encode()
    for node in _superfluous(root):  # they stand before every function, so offsets still hold
        raw[node.start_byte : node.end_byte] = bytes(
            byte if byte == 10 else 32 for byte in raw[node.start_byte : node.end_byte]
        )
    return raw.decode(errors="replace")


def starts_early(code: str) -> bool:
    """Whether code of it runs before main, and would do so before other answers of a batch."""
    root = parse(code, SYNTAXES["go"]).root_node
    variables = [node for node in root.children if node.type == "var_declaration"]
    return any(name.text == b"init" for name in _functions(root)) or any(map(_calls, variables))


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
        for spec in _imports(node) if node.type == "import_declaration" else ():
            path = spec.child_by_field_name("path")
            package = (path.text or b"").decode(errors="replace").strip('"`') if path else ""
            if package not in PACKAGES:
                raise Refused(f"imports {package!r}, which is not offered here")
            if spec.text in seen:
                yield spec if spec.parent and spec.parent.type == "import_spec_list" else node
            seen.add(spec.text)


def _imports(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.type == "import_spec":
            yield child
        else:
            yield from _imports(child)


def _calls(declaration: Node) -> bool:
    """Whether an initial value calls anything but what is inert; functions it only holds do not count."""
    stack = [declaration]
    while stack:
        node = stack.pop()
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            if function is None or function.text not in _INERT:
                return True
        stack.extend(child for child in node.children if child.type != "func_literal")
    return False

"""Documentation of Go: comments directly above what is public, and programs in its texts as examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from harness.graders.execution.docs import Docs
from harness.nodes import name_of, text_of, walk

_MARK = re.compile(r"^[ \t]*(?://|/\*|\*/) ?", re.MULTILINE)
_DRIVE = "\nfunc drive(emit func(any)) {\n\tmain()\n\temit(0)\n}\n"


def _is_docs(node: Node) -> bool:
    return node.type == "comment"


def _texts(root: Node) -> Iterator[str]:
    """Comments above declarations and the package, each as one text."""
    for node in root.children:
        if node.type != "comment" and (comments := list(_above(node))):
            yield "".join(_MARK.sub("", text_of(comment)) + "\n" for comment in reversed(comments))
    inner = (node for node in walk(root) if node.type in ("field_declaration", "method_elem", "const_spec"))
    yield from (_MARK.sub("", text_of(comment)) for node in inner for comment in _above(node))


def _above(node: Node) -> Iterator[Node]:
    """The comments directly above a node, the nearest first."""
    row, before = node.start_point.row, node.prev_sibling
    while before is not None and before.type == "comment" and before.end_point.row == row - 1:
        yield before
        row, before = before.start_point.row, before.prev_sibling


def _public(root: Node) -> Iterator[tuple[str, bool]]:
    for node in root.children:
        if node.type in ("function_declaration", "method_declaration"):
            specs = [node]
        elif node.type in ("type_declaration", "const_declaration", "var_declaration"):
            specs = [spec for spec in node.named_children if spec.type != "comment"]
        else:
            continue
        for spec in specs:
            if name_of(spec)[:1].isupper():
                yield name_of(spec), any(_above(node)) or any(_above(spec))


def _untrue(root: Node, names: frozenset[str]) -> Iterator[str]:
    """Nothing: Go has no form in which parameters are told."""
    return iter(())


def _drivers(path: str, pieces: Sequence[str], fenced: Sequence[str]) -> Mapping[str, str]:
    """Of a text each block, which is a program with ``package main`` and ``func main``."""
    blocks = fenced if not path.endswith(".go") else ()
    programs = (
        re.sub(r"^package main\b", "package driver", block, count=1, flags=re.MULTILINE) for block in blocks
    )
    return {f"{path} {number}": program + _DRIVE for number, program in enumerate(programs, 1)}


DOCS = Docs(_is_docs, _texts, _public, _untrue, _drivers)

"""Documentation of Rust: ``///`` and ``//!``, what is public without it, and its examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from harness.graders.execution.docs import Docs
from harness.nodes import name_of, text_of, walk

_MARK = re.compile(r"^[ \t]*(?:///|//!|/\*\*|/\*!|\*/|\*(?!\*)) ?", re.MULTILINE)
_ITEMS = ("function_item", "struct_item", "enum_item", "trait_item", "const_item", "static_item", "type_item")
_HIDDEN = re.compile(r"^[ \t]*# ?(?!\[|!)", re.MULTILINE)  # a line that runs and is not shown
_DRIVER = """\
pub fn drive() {
    fn example() -> Result<(), Box<dyn std::error::Error>> {
        %s
        #[allow(unreachable_code)]
        Ok(())
    }
    emit!(i32::from(example().is_err()));
}
"""
_WITH_MAIN = "mod example {\n%s\n}\npub fn drive() {\n    let _ = example::main();\n    emit!(0);\n}\n"


def _is_docs(node: Node) -> bool:
    return node.type.endswith("comment")


def _texts(root: Node) -> Iterator[str]:
    """Comments of documentation, those on lines one below the other as one text."""
    lines: list[str] = []
    row = -1
    for node in (node for node in walk(root) if node.type.endswith("comment")):
        if not text_of(node).lstrip().startswith(("///", "//!", "/**", "/*!")):
            continue
        if lines and node.start_point.row != row:
            yield "".join(lines)
            lines = []
        lines.append(_MARK.sub("", text_of(node).rstrip("\n")) + "\n")
        row = node.end_point.row + (node.end_point.column > 0)
    if lines:
        yield "".join(lines)


def _public(root: Node) -> Iterator[tuple[str, bool]]:
    documented = False
    for node in root.children:
        if node.type.endswith("comment"):
            documented = documented or text_of(node).startswith(("///", "/**"))
        elif node.type != "attribute_item":
            public = any(c.type == "visibility_modifier" and text_of(c) == "pub" for c in node.children)
            if node.type in _ITEMS and public:
                yield name_of(node), documented
            documented = False
            body = node.child_by_field_name("body")
            if node.type == "impl_item" and body and not node.child_by_field_name("trait"):
                yield from _public(body)


def _untrue(root: Node, names: frozenset[str]) -> Iterator[str]:
    """Nothing: Rust has no form in which parameters are told."""
    return iter(())


def _drivers(path: str, pieces: Sequence[str], fenced: Sequence[str]) -> Mapping[str, str]:
    return {f"{path} {number}": _driver(_HIDDEN.sub("", block)) for number, block in enumerate(fenced, 1)}


def _driver(block: str) -> str:
    if re.search(r"^\s*(?:pub )?fn main\(", block, re.MULTILINE):
        return _WITH_MAIN % re.sub(r"\b(?:pub )?fn main\(", "pub fn main(", block, count=1)
    return _DRIVER % re.sub(r"^[ \t]*Ok(?:::<[^\n]*>)?\(\(\)\)\s*\Z", "", block, flags=re.MULTILINE)


DOCS = Docs(_is_docs, _texts, _public, _untrue, _drivers)

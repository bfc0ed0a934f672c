"""How Rust is recognised in text, and what beside a program does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from harness.graders.execution.asides import blanked
from harness.graders.execution.syntax import Syntax, braced_bodies, mentions_definition, parse
from harness.graders.languages.rust.signatures import signatures
from harness.nodes import name_of, text_of

_TEST = re.compile(r"#\[(?:cfg\(test\)|(?:\w+::)*(?:test|bench)\b.*)\]", re.DOTALL)


def without_asides(code: str, reference: str) -> str:
    """``code`` with its tests blanked out, and its main unless ``reference`` has one. Raises ``Tangled``."""
    root = parse(code, SYNTAX).root_node
    return code if root.has_error else blanked(code, _asides(root, reference))


def _asides(root: Node, reference: str) -> Iterator[Node]:
    """``fn main`` and what is only compiled for tests, with the attributes in front of it."""
    attributes: list[Node] = []
    for node in root.children:
        if node.type == "attribute_item":
            attributes.append(node)
            continue
        if node.type.endswith("comment"):
            continue
        tested = any(_TEST.fullmatch(text_of(mark)) for mark in attributes)
        main = node.type == "function_item" and name_of(node) == "main"
        if tested or (main and not mentions_definition(reference, "main", SYNTAX)):
            yield from (*attributes, node)
        attributes = []


SYNTAX = Syntax(
    grammar="tree_sitter_rust",
    infos=frozenset({"rust", "rs"}),
    defining=r"\b(?:fn|struct|enum|trait|type|const|static|mod|union|macro_rules!)[ \t]+{name}\b",
    starting=re.compile(
        r"(?:pub(?:\([\w ]+\))? )?(?:use|fn|struct|enum|trait|type|const|static|mod|unsafe|async|impl)\b"
        r"|impl<|#!?\[|//|/\*|macro_rules!"
    ),
    hoisted=frozenset({"inner_attribute_item"}),
    complete=braced_bodies,
    branches=frozenset(
        """if_expression for_expression while_expression loop_expression match_arm try_expression""".split()  # noqa: SIM905
    ),
    functions=frozenset({"function_item", "closure_expression", "macro_definition"}),
    nesting=frozenset(
        {"if_expression", "for_expression", "while_expression", "loop_expression", "match_expression"}
    ),
    signatures=signatures,
    without_asides=without_asides,
)

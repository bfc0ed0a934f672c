"""What a Rust module offers to others: whatever says ``pub`` and no more."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from harness.graders.execution.structure import text_without
from harness.nodes import name_of, text_of

_FUNCTIONS = ("function_item", "function_signature_item")
_VALUES = ("const_item", "static_item", "type_item", "associated_type")


def signatures(root: Node, owner: str = "", all_public: bool = False) -> Iterator[str]:
    """Functions with the types of their parameters, types with their public fields, constants."""
    for node in root.children:
        body = node.child_by_field_name("body")
        if node.type == "impl_item" and body and not node.child_by_field_name("trait"):
            yield from signatures(body, f"{text_without(node, 'body')}: ")
        elif all_public or _is_public(node):
            yield from _item(node, owner, body)


def _item(node: Node, owner: str, body: Node | None) -> Iterator[str]:
    name = f"{owner}{name_of(node)}"
    if node.type in _FUNCTIONS:
        parameters = node.child_by_field_name("parameters")
        types = ", ".join(_type(one) for one in parameters.named_children) if parameters else ""
        yield f"{owner}{text_without(node, 'body', 'parameters')} ({types})"
    elif node.type in _VALUES:
        yield f"{owner}{text_without(node, 'value')}"
    elif node.type in ("struct_item", "enum_item", "trait_item", "union_item"):
        yield f"{owner}{text_without(node, 'body')}"
        if node.type == "trait_item" and body:
            yield from signatures(body, f"{name}: ", all_public=True)
        elif body:
            yield from (f"{name}: {field}" for field in _fields(body))
    elif node.type == "mod_item" and body:
        yield from signatures(body, f"{name}::")


def _fields(body: Node) -> Iterator[str]:
    """Public fields of a struct, those of a tuple by their place; variants of an enum."""
    if body.type == "ordered_field_declaration_list":
        public = False
        for number, child in enumerate(body.named_children):
            if child.type == "visibility_modifier":
                public = text_of(child) == "pub"
            elif public:
                yield f"{number} {text_without(child)}"
                public = False
    for child in body.named_children:
        if child.type == "enum_variant" or _is_public(child):
            yield text_without(child)


def _type(parameter: Node) -> str:
    kind = parameter.child_by_field_name("type")
    return text_without(kind if kind else parameter)


def _is_public(node: Node) -> bool:
    return any(child.type == "visibility_modifier" and text_of(child) == "pub" for child in node.children)

"""What a Go package offers to others: names with a capital letter."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from harness.graders.execution.structure import text_without
from harness.nodes import name_of, text_of, walk


def signatures(root: Node) -> Iterator[str]:
    """Functions with the types of their parameters, types with their public fields, names of values."""
    for node in root.children:
        if node.type in ("function_declaration", "method_declaration") and name_of(node)[:1].isupper():
            lists = ("receiver", "type_parameters", "parameters", "result")
            parts = (_types(part) for part in map(node.child_by_field_name, lists) if part)
            yield f"{name_of(node)} {' '.join(parts)}"
        for spec in walk(node) if node.type.endswith("_declaration") and "_body" not in node.type else ():
            if spec.type in ("type_spec", "type_alias") and name_of(spec)[:1].isupper():
                yield from _type(spec)
            elif spec.type in ("const_spec", "var_spec") and spec.parent and spec.parent.parent == root:
                names = (text_of(name) for name in spec.children_by_field_name("name"))
                yield from (name for name in names if name[:1].isupper())


def _type(spec: Node) -> Iterator[str]:
    kind = spec.child_by_field_name("type")
    if kind is None or kind.type != "struct_type":
        yield f"type {text_without(spec)}"
        return
    yield f"type {text_without(spec, 'type')} struct"
    for field in (node for node in walk(kind) if node.type == "field_declaration"):
        names = [text_of(name) for name in field.children_by_field_name("name")]
        shown = text_without(field, "name")
        public = [name for name in names if name[:1].isupper()] if names else ["embedded"]
        yield from (f"{name_of(spec)}.{name} {shown}" for name in public)


def _types(part: Node) -> str:
    """A list of parameters by their types, one for each; anything else as it is."""
    if part.type != "parameter_list":
        return text_without(part)
    types = []
    for parameter in part.named_children:
        count = len(parameter.children_by_field_name("name")) or 1
        types += [text_without(parameter, "name")] * count
    return f"({', '.join(types)})"

"""Go signatures: how YAML values become Go expressions, and as what they are compared."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tree_sitter import Node

from harness.graders.execution.syntax import parse
from harness.graders.languages.go.syntax import SYNTAX
from harness.nodes import text_of

WIRE = "harnessWire"  # what drivers call our package; no answer is expected to use the name

_RANGES = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
_INTS = {
    **_RANGES,
    "int": _RANGES["int64"],
    "uint": _RANGES["uint64"],
    "byte": _RANGES["uint8"],
    "rune": _RANGES["int32"],
}
_FLOATS = ("float64", "float32")
_SPECIAL = {"nan": f"{WIRE}.NaN", "inf": f"{WIRE}.Inf", "+inf": f"{WIRE}.Inf", "-inf": f"-{WIRE}.Inf"}
_PLAIN = (*_INTS, *_FLOATS, "bool", "string", "error", "any")
_BYTES, _RUNES = ("byte", "uint8"), ("rune", "int32")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Type:
    """A Go type: a plain name, or ``[]``, ``[N]``, ``*``, ``map`` of others (key before value)."""

    name: str
    of: tuple[Type, ...] = ()

    def __str__(self) -> str:
        """As Go writes it."""
        if self.name == "map":
            return f"map[{self.of[0]}]{self.of[1]}"
        return self.name + "".join(map(str, self.of))

    @property
    def length(self) -> int | None:
        """How many items an array has; ``None`` for everything else."""
        return int(self.name[1:-1]) if self.name[0] == "[" and self.name != "[]" else None


@dataclass(frozen=True, slots=True)
class Signature:
    """A function's name and types. ``variadic``: its last parameter, here a slice, is ``...T``."""

    name: str
    source: str  # "func Name(…) …", without a body
    parameters: tuple[Type, ...]
    variadic: bool
    results: tuple[Type, ...]

    @property
    def type(self) -> str:
        """The function's type, as Go writes it."""
        names = [str(parameter) for parameter in self.parameters]
        if self.variadic:
            names[-1] = "..." + names[-1].removeprefix("[]")
        return f"func({', '.join(names)}) ({', '.join(map(str, self.results))})"

    @property
    def fails(self) -> bool:
        """Whether the last result is an error, so that cases say ``ok`` or ``err``."""
        return self.results[-1:] == (Type("error"),)


def parse_signature(text: str) -> Signature:
    """Read ``func Name(parameters) results``; ``ValueError`` says what is wrong."""
    source = text.strip().removesuffix("{").rstrip()
    root = parse(f"package p\n{source} {{}}", SYNTAX).root_node
    function = root.named_children[-1]
    name = function.child_by_field_name("name")
    if root.has_error or function.type != "function_declaration" or name is None:
        raise ValueError("signature: must be `func Name(parameters) results`")
    if function.child_by_field_name("type_parameters"):
        raise ValueError("signature: cases do not choose type parameters; write a driver")
    given = function.child_by_field_name("parameters")
    result = function.child_by_field_name("result")
    several = result is not None and result.type == "parameter_list"
    return Signature(
        name=text_of(name),
        source=source,
        parameters=_declared(given),
        variadic=any(part.type.startswith("variadic") for part in given.named_children) if given else False,
        results=_declared(result) if several else (_type(result),) if result else (),
    )


def literal(value: Any, kind: Type) -> str:
    """A YAML value as a Go expression of this type; ``ValueError`` when it is none."""
    if kind.name == "any":
        return _dynamic(value)
    if not kind.of:
        return _scalar(value, kind)
    if value is None and kind.length is None:
        return f"({kind})(nil)"
    if kind.name == "*":
        return f"{WIRE}.Pointer[{kind.of[0]}]({literal(value, kind.of[0])})"
    if kind.name == "map":
        key, item = kind.of
        return (
            f"{kind}{{{', '.join(f'{literal(k, key)}: {literal(v, item)}' for k, v in _pairs(value, kind))}}}"
        )
    return f"{kind}{{{', '.join(literal(item, kind.of[0]) for item in _items(value, kind))}}}"


def compared(value: Any, kind: Type) -> Any:
    """What a YAML value of this type is on the wire: runes are numbers, bytes are hex, nil lists empty."""
    if kind.name == "map":
        key, item = kind.of
        pairs = [(compared(k, key), compared(v, item)) for k, v in _pairs(value or {}, kind)]
        return dict(pairs) if key.name == "string" else [list(pair) for pair in pairs]
    if kind.name == "*":
        return None if value is None else compared(value, kind.of[0])
    if kind.of:
        items = [compared(item, kind.of[0]) for item in _items(value or [], kind)]
        return bytes(items).hex() if kind.of[0].name in _BYTES else items
    if kind.name in (*_BYTES, *_RUNES) and isinstance(value, str) and len(value) == 1:
        return ord(value)
    return int(value) if kind.name in _INTS and isinstance(value, str) else value


def guess(kind: Type, rng: random.Random) -> str:
    """A random Go expression of this type."""
    match kind.name:
        case "bool":
            return rng.choice(["true", "false"])
        case "string":
            return quoted(rng.choice(["", "a", "yes", "no", "0"]))
        case name if name in _INTS or name in _FLOATS:
            return str(rng.randint(0, 10))
        case name if kind.length is not None or name in ("[]", "map"):
            return f"{kind}{{}}"
    return "nil"


def quoted(text: str) -> str:
    """A Go string literal."""
    escapes = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(escapes.get(c) or (c if " " <= c <= "~" else f"\\U{ord(c):08x}") for c in text) + '"'


def _scalar(value: Any, kind: Type) -> str:
    name = kind.name
    if name == "bool" and isinstance(value, bool):
        return str(value).lower()
    if name == "string" and isinstance(value, str):
        return quoted(value)
    if name == "error" and (value is None or isinstance(value, str)):
        return "nil" if value is None else f"{WIRE}.Error({quoted(value)})"
    if isinstance(value, str) and len(value) == 1 and name in (*_BYTES, *_RUNES):
        value = ord(value)
    if name in _FLOATS and isinstance(value, str) and value.lower() in _SPECIAL:
        return f"{name}({_SPECIAL[value.lower()]})"
    text = repr(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if isinstance(text, str) and _NUMBER.fullmatch(text):
        if name in _FLOATS:
            return f"{name}({text})"
        if name in _INTS and text.lstrip("+-").isdigit() and _INTS[name][0] <= int(text) <= _INTS[name][1]:
            return f"{name}({text})"
    raise ValueError(f"{value!r} is no {kind}")


def _dynamic(value: Any) -> str:
    """A value of type ``any``, with the type that Go would give such a literal."""
    match value:
        case None:
            return "nil"
        case list() | tuple():
            return literal(value, Type("[]", (Type("any"),)))
        case Mapping():
            return literal(value, Type("map", (Type("string"), Type("any"))))
    names = {bool: "bool", int: "int", float: "float64", str: "string"}
    return _scalar(value, Type(names.get(type(value), "any")))


def _items(value: Any, kind: Type) -> Sequence[Any]:
    """The items of a list; text stands for its bytes or runes."""
    if isinstance(value, str) and kind.of[0].name in _BYTES:
        return list(value.encode())
    if isinstance(value, str) and kind.of[0].name in _RUNES:
        return [ord(c) for c in value]
    if not isinstance(value, list | tuple) or kind.length not in (None, len(value)):
        raise ValueError(f"{value!r} is no {kind}")
    return value


def _pairs(value: Any, kind: Type) -> list[tuple[Any, Any]]:
    """The entries of a map, which may be written as a list of pairs."""
    if isinstance(value, Mapping):
        return list(value.items())
    if isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        return [(key, item) for key, item in value]
    raise ValueError(f"{value!r} is no {kind}")


def _declared(parameters: Node | None) -> tuple[Type, ...]:
    """The types of a parameter list; ``a, b int`` are two."""
    types: list[Type] = []
    for part in parameters.named_children if parameters else ():
        kind = _type(part.child_by_field_name("type"))
        kind = Type("[]", (kind,)) if part.type.startswith("variadic") else kind
        types += [kind] * max(1, len(part.children_by_field_name("name")))
    return tuple(types)


def _type(node: Node | None) -> Type:
    text = text_of(node)
    if node and node.type == "slice_type":
        return Type("[]", (_type(node.child_by_field_name("element")),))
    if node and node.type == "array_type":
        length = text_of(node.child_by_field_name("length"))
        return Type(f"[{length}]", (_type(node.child_by_field_name("element")),))
    if node and node.type == "map_type":
        return Type("map", tuple(_type(node.child_by_field_name(part)) for part in ("key", "value")))
    if node and node.type == "pointer_type":
        return Type("*", (_type(node.named_children[0]),))
    if re.fullmatch(r"interface\s*\{\s*\}", text):
        return Type("any")
    if text not in _PLAIN:
        raise ValueError(f"signature: cases cannot hold values of type `{text}`; write a driver")
    return Type(text)

"""Rust signatures: how YAML values go in by them, and how Rust writes their types."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tree_sitter import Node

from harness.graders.execution.syntax import parse
from harness.graders.languages.rust.syntax import SYNTAX
from harness.nodes import text_of

_INTS = {f"{sign}{bits}": (sign, bits) for sign in "iu" for bits in (8, 16, 32, 64, 128)}
_INTS |= {"isize": ("i", 64), "usize": ("u", 64)}
_FLOATS = ("f32", "f64")
_PRIMITIVES = {*_INTS, *_FLOATS, "bool", "char", "str"}
_PATHS = {  # name → where it really is, whatever the answer calls by that name; number of arguments
    "String": ("::std::string::String", 0),
    "Vec": ("::std::vec::Vec", 1),
    "Option": ("::std::option::Option", 1),
    "Result": ("::std::result::Result", 2),
    "Box": ("::std::boxed::Box", 1),
    "Rc": ("::std::rc::Rc", 1),
    "Arc": ("::std::sync::Arc", 1),
    "VecDeque": ("::std::collections::VecDeque", 1),
    "HashSet": ("::std::collections::HashSet", 1),
    "BTreeSet": ("::std::collections::BTreeSet", 1),
    "HashMap": ("::std::collections::HashMap", 2),
    "BTreeMap": ("::std::collections::BTreeMap", 2),
}
_COLLECTIONS = ("Vec", "VecDeque", "HashSet", "BTreeSet")
_MAPS = ("HashMap", "BTreeMap")
_WRAPPERS = ("Box", "Rc", "Arc")


@dataclass(frozen=True, slots=True)
class Type:
    """A type. ``name`` is a primitive, a key of ``_PATHS``, or tuple, array, slice, ref or mut."""

    name: str
    args: tuple[Type, ...] = ()
    length: int | None = None  # of an array

    def __str__(self) -> str:
        """As Rust writes it, by absolute paths and without lifetimes."""
        inner = ", ".join(map(str, self.args))
        match self.name:
            case "tuple":
                return f"({inner},)" if len(self.args) == 1 else f"({inner})"
            case "array":
                return f"[{inner}; {self.length}]"
            case "slice":
                return f"[{inner}]"
            case "ref":
                return f"&{inner}"
            case "mut":
                return f"&mut {inner}"
        path = _PATHS.get(self.name, (self.name,))[0]
        return f"{path}<{inner}>" if inner else path


@dataclass(frozen=True, slots=True)
class Function:
    """A function's name, its text and its types; the types are ``None`` where they cannot be handled."""

    name: str
    source: str
    parameters: tuple[Type, ...] | None
    returns: Type | None
    complaint: str | None = None  # why the types are ``None``


def parse_signature(text: str) -> Function:
    """Read ``pub fn name(…) -> type``; ``ValueError`` says what is wrong."""
    source = text.strip().removesuffix("{").rstrip().removesuffix(";")
    root = parse(source + " {}", SYNTAX).root_node
    node = root.children[0] if root.children else root
    if root.has_error or len(root.children) != 1 or node.type != "function_item":
        raise ValueError(f"signature: must be `pub fn name(…) -> type`, not {text.strip()!r}")
    name = text_of(node.child_by_field_name("name"))
    try:
        if any(child.type == "type_parameter" for child in _children(node, "type_parameters")):
            raise ValueError("it is generic")
        parameters = tuple(
            _type(child.child_by_field_name("type"))
            for child in _children(node, "parameters")
            if child.type == "parameter"
        )
        returned = node.child_by_field_name("return_type")
        returns = _type(returned) if returned else Type("tuple")
    except ValueError as error:
        return Function(name, source, None, None, str(error))
    return Function(name, source, parameters, returns)


def _type(node: Node | None) -> Type:
    assert node
    match node.type:
        case "primitive_type":
            return Type(text_of(node))
        case "unit_type":
            return Type("tuple")
        case "tuple_type":
            return Type("tuple", tuple(map(_type, node.named_children)))
        case "reference_type":
            kind = "mut" if any(child.type == "mutable_specifier" for child in node.children) else "ref"
            return Type(kind, (_type(node.child_by_field_name("type")),))
        case "array_type":
            element = _type(node.child_by_field_name("element"))
            length = node.child_by_field_name("length")
            return Type("array", (element,), int(text_of(length))) if length else Type("slice", (element,))
        case "generic_type":
            return _named(node.child_by_field_name("type"), _children(node, "type_arguments"))
        case "type_identifier" | "scoped_type_identifier":
            return _named(node, [])
    raise ValueError(f"the type `{text_of(node)}`")


def _named(node: Node | None, arguments: Sequence[Node]) -> Type:
    name = text_of(node).rpartition("::")[2]
    types = tuple(_type(child) for child in arguments if child.type != "lifetime")
    if name not in _PATHS or _PATHS[name][1] != len(types):
        raise ValueError(f"the type `{text_of(node)}`")
    return Type(name, types)


def _children(node: Node, name: str) -> list[Node]:
    child = node.child_by_field_name(name)
    return child.named_children if child else []


# --- in: YAML values as Rust source -------------------------------------------
#
# An argument is written as a constant of a borrowed type (``&str`` for ``String``, slices for
# collections), which ``harness_driver::own`` turns into the parameter's type. Constants take
# the compiler next to no time, whatever their length.


def argument(value: Any, kind: Type) -> tuple[str, str]:
    """What is bound for a parameter of type ``kind``, as ``: T = …``, and what stands before it in the call.

    ``ValueError`` when the YAML value is none of that type.
    """
    kind, sigil = _bound(kind)
    constant, raw = _constant(value, kind), _raw(kind)
    if raw == kind:
        return f": {kind} = {constant}", sigil
    return f": {kind} = ::harness_driver::own::<{kind}, {raw}>({constant})", sigil


def check_returned(value: Any, kind: Type) -> None:
    """Raise ``ValueError`` when no value of type ``kind`` can come out as ``value``."""
    _constant(value, _owned(kind))


def _bound(kind: Type) -> tuple[Type, str]:
    inner = kind.args[0] if kind.args else kind
    if kind.name not in ("ref", "mut") or (kind.name == "ref" and _is_raw(inner)):
        return kind, ""
    return Type("Vec", inner.args) if inner.name == "slice" else inner, "&mut " if kind.name == "mut" else "&"


def _raw(kind: Type) -> Type:
    """The type of the constants that stand for values of type ``kind``."""
    args = tuple(map(_raw, kind.args))
    if kind.name == "String":
        return Type("ref", (Type("str"),))
    if kind.name in _WRAPPERS:
        return args[0]
    if kind.name in _MAPS:
        args = (Type("tuple", args),)
    if kind.name in (*_MAPS, *_COLLECTIONS):
        return Type("ref", (Type("slice", args),))
    return Type(kind.name, args, kind.length)


def _is_raw(kind: Type) -> bool:
    return _raw(kind) == kind


def _owned(kind: Type) -> Type:
    """The type without references; an error comes out as its text, whatever it is."""
    if kind.name in ("ref", "mut"):
        return _owned(kind.args[0])
    if kind.name == "Result":
        return Type("Result", (_owned(kind.args[0]), Type("String")))
    name = {"str": "String", "slice": "Vec"}.get(kind.name, kind.name)
    return Type(name, tuple(map(_owned, kind.args)), kind.length)


def _constant(value: Any, kind: Type) -> str:
    if kind.name in _INTS:
        return _int(value, kind)
    if kind.name in _FLOATS:
        return _float(value, kind)
    if kind.name in _COLLECTIONS or kind.name in ("slice", "array"):
        return _sequence(value, kind)
    if kind.name in _MAPS:
        pairs = list(value.items()) if isinstance(value, dict) else value
        return _sequence(pairs, Type("Vec", (Type("tuple", kind.args),)))
    if kind.name in _WRAPPERS:
        return _constant(value, kind.args[0])
    if kind.name == "ref" and _is_raw(kind.args[0]):
        inner = kind.args[0].name
        return _constant(value, Type("String")) if inner == "str" else f"&{_constant(value, kind.args[0])}"
    return _enumerated(value, kind)


def _enumerated(value: Any, kind: Type) -> str:
    match kind.name, value:
        case "bool", bool():
            return "true" if value else "false"
        case "char", str() if len(value) == 1:
            return f"'{_escaped(value)}'"
        case "String", str():
            return f'"{_escaped(value)}"'
        case "Option", None:
            return "::std::option::Option::None"
        case "Option", _:
            return f"::std::option::Option::Some({_constant(value, kind.args[0])})"
        case "Result", {"ok": inner, **more} if not more:
            return f"::std::result::Result::Ok({_constant(inner, kind.args[0])})"
        case "Result", {"err": inner, **more} if not more:
            return f"::std::result::Result::Err({_constant(inner, kind.args[1])})"
        case "tuple", None if not kind.args:
            return "()"
        case "tuple", list() if len(value) == len(kind.args):
            return "(" + "".join(f"{_constant(*pair)}, " for pair in zip(value, kind.args, strict=True)) + ")"
    raise _misfit(value, kind)


def _misfit(value: Any, kind: Type) -> ValueError:
    return ValueError(f"{value!r} is no `{kind}`")


def _int(value: Any, kind: Type) -> str:
    sign, bits = _INTS[kind.name]
    try:
        number = int(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
    except ValueError:
        number = None
    low, high = (0, 1 << bits) if sign == "u" else (-1 << bits - 1, 1 << bits - 1)
    if number is None or not low <= number < high:
        raise _misfit(value, kind)
    return f"{number}{kind}"


def _float(value: Any, kind: Type) -> str:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise _misfit(value, kind) from None
    if isinstance(value, bool):
        raise _misfit(value, kind)
    if math.isnan(number):
        return f"{kind}::NAN"
    if math.isinf(number):
        return f"{kind}::INFINITY" if number > 0 else f"{kind}::NEG_INFINITY"
    return f"{number!r}{kind}"


def _sequence(value: Any, kind: Type) -> str:
    if not isinstance(value, list | tuple) or (kind.name == "array" and len(value) != kind.length):
        raise _misfit(value, kind)
    inner = kind.args[0]
    items = ", ".join(_constant(list(v) if isinstance(v, tuple) else v, inner) for v in value)
    return f"[{items}]" if kind.name in ("array", "slice") else f"(&[{items}] as {_raw(kind)})"


def _escaped(text: str) -> str:
    return "".join(c if c.isprintable() and c not in "\\\"'" else f"\\u{{{ord(c):x}}}" for c in text)


# --- a blind guess ------------------------------------------------------------


def guess(kind: Type, rng: random.Random) -> str:
    """A random constant of type ``kind``."""
    if kind.name in _PRIMITIVES:
        return _constant(_GUESSES.get(kind.name, _digit)(rng), kind)
    inner = kind.args[0] if kind.args else kind
    match kind.name:
        case "ref" | "mut":
            return '"a"' if inner.name == "str" else f"&{guess(inner, rng)}"
        case "String":
            return rng.choice(['"a".to_string()', '"".to_string()'])
        case "Option":
            return rng.choice([f"Some({guess(inner, rng)})", "None"])
        case "Result":
            return f"Ok({guess(inner, rng)})"
        case "Box" | "Rc" | "Arc":
            return f"{_PATHS[kind.name][0]}::new({guess(inner, rng)})"
        case "tuple":
            return "(" + "".join(f"{guess(arg, rng)}, " for arg in kind.args) + ")"
        case "array":
            return "[" + ", ".join(guess(inner, rng) for _ in range(kind.length or 0)) + "]"
        case "slice":
            return "[]"
    return "Default::default()"


def _digit(rng: random.Random) -> int:
    return rng.randint(0, 9)


_GUESSES: dict[str, Callable[[random.Random], Any]] = {
    "f32": lambda rng: rng.random(),
    "f64": lambda rng: rng.random(),
    "bool": lambda rng: rng.random() < 0.5,
    "char": lambda rng: rng.choice("abc"),
}

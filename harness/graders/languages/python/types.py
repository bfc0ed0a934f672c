"""Python signatures: how YAML values go in by them, and whether what came out is of their type."""

from __future__ import annotations

import ast
import datetime
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Result = Literal["plain", "iterator", "async", "async iterator"]


@dataclass(frozen=True, slots=True)
class Type:
    """An annotation: a name without its module, with its arguments; ``|`` is a union."""

    name: str
    args: tuple[Type, ...] = ()

    def __str__(self) -> str:
        """As Python writes it."""
        if self.name == "|":
            return " | ".join(map(str, self.args))
        return self.name + (f"[{', '.join(map(str, self.args))}]" if self.args else "")


@dataclass(frozen=True, slots=True)
class Signature:
    """A function's name, imports and types. ``rest`` is the type of ``*args``, if there are any."""

    name: str
    source: str  # of the def itself, without a body
    imports: str
    parameters: tuple[Type, ...]
    required: int
    rest: Type | None
    returns: Type
    result: Result


_ITERATORS = ("Iterator", "Generator")
_ASYNC_ITERATORS = ("AsyncIterator", "AsyncGenerator")
_LISTS = ("list", "List", "Sequence", "Iterable", "Collection", "Iterator", "Generator")
_SETS = ("set", "frozenset", "Set", "AbstractSet")
_MAPS = ("dict", "Dict", "Mapping")
_ANYTHING = Type("Any")


def parse_signature(text: str) -> Signature:
    """Read ``def name(…) -> type``, perhaps after import lines; ``ValueError`` says what is wrong."""
    source = text.strip().removesuffix("...").rstrip().removesuffix(":")
    try:
        body = ast.parse(source + ":\n    ...").body
    except SyntaxError as error:
        raise ValueError(f"signature: {error.msg} in {text.strip()!r}") from None
    function = body[-1]
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        raise ValueError("signature: must end in `def name(…) -> type`")
    if not all(isinstance(line, ast.Import | ast.ImportFrom) for line in body[:-1]):
        raise ValueError("signature: only imports may stand before the def")
    given = function.args
    if given.kwonlyargs or given.kwarg:
        raise ValueError("signature: cases cannot give keyword-only arguments; write a driver")
    returns = annotation(function.returns)
    positional = [*given.posonlyargs, *given.args]
    lines = source.split("\n")
    return Signature(
        name=function.name,
        source="\n".join(lines[function.lineno - 1 :]),
        imports="\n".join(lines[: function.lineno - 1]).strip(),
        parameters=tuple(annotation(parameter.annotation) for parameter in positional),
        required=len(positional) - len(given.defaults),
        rest=annotation(given.vararg.annotation) if given.vararg else None,
        returns=returns,
        result=_result(returns, isinstance(function, ast.AsyncFunctionDef)),
    )


def _result(returns: Type, is_async: bool) -> Result:
    if returns.name in _ASYNC_ITERATORS:
        return "async iterator"
    if is_async:
        return "async"
    return "iterator" if returns.name in _ITERATORS else "plain"


def annotation(node: ast.expr | None) -> Type:
    """The type that an annotation means; ``Any`` for none and for what is not understood."""
    match node:
        case ast.Constant(value=None):
            return Type("None")
        case ast.Constant(value=str(text)):
            return annotation(ast.parse(text, mode="eval").body)
        case ast.Constant(value=value) if value is ...:
            return Type("...")
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return Type(name)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return Type("|", (annotation(left), annotation(right)))
        case ast.Subscript(value=base, slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            args = tuple(annotation(part) for part in parts)
            name = annotation(base).name
            if name in ("Optional", "Union"):
                return Type("|", args if name == "Union" else (*args, Type("None")))
            return Type(name, args)
    return _ANYTHING


# --- in: YAML values as Python source -----------------------------------------


def arguments(values: tuple[Any, ...], signature: Signature) -> str:
    """The source of the tuple of arguments; ``ValueError`` names the argument that does not fit."""
    most = len(signature.parameters)
    if len(values) < signature.required or (len(values) > most and signature.rest is None):
        raise ValueError(f"{len(values)} arguments for the {most} parameters of `{signature.name}`")
    types = [*signature.parameters, *[signature.rest or _ANYTHING] * (len(values) - most)]
    texts = []
    for at, (value, kind) in enumerate(zip(values, types, strict=False)):
        try:
            texts.append(literal(value, kind))
        except (ValueError, TypeError):
            raise ValueError(f"argument {at + 1}: {value!r} is no {kind}") from None
    return "(" + "".join(text + "," for text in texts) + ")"


def literal(value: Any, kind: Type) -> str:
    """Python source of ``value`` as a ``kind``; ``ValueError`` or ``TypeError`` when it is none."""
    if kind.name == "|":
        return _first_that_fits(value, kind.args)
    if kind.name in _SCALARS:
        return _SCALARS[kind.name](value)
    if kind.name in _MAPS:
        keys, values = kind.args or (_ANYTHING, _ANYTHING)
        pairs = value.items() if isinstance(value, Mapping) else _sequence(value)
        return "{" + ", ".join(f"{literal(k, keys)}: {literal(v, values)}" for k, v in pairs) + "}"
    if kind.name in ("tuple", "Tuple"):
        return "(" + "".join(item + "," for item in _members(value, kind)) + ")"
    if kind.name in _SETS:
        return f"{'frozenset' if kind.name == 'frozenset' else 'set'}([{', '.join(_members(value, kind))}])"
    if kind.name in _LISTS:
        listed = "[" + ", ".join(_members(value, kind)) + "]"
        return f"iter({listed})" if kind.name in _ITERATORS else listed
    return repr(value)


def fits(value: Any, kind: Type) -> bool:
    """Whether a YAML value can be read as a ``kind``."""
    try:
        literal(value, kind)
    except (ValueError, TypeError):
        return False
    return True


def _first_that_fits(value: Any, kinds: tuple[Type, ...]) -> str:
    return literal(value, next((kind for kind in kinds if fits(value, kind)), kinds[-1]))


def _sequence(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return list(value)


def _members(value: Any, kind: Type) -> list[str]:
    items = _sequence(value)
    kinds = _member_types(kind, len(items))
    return [literal(item, member) for item, member in zip(items, kinds, strict=True)]


def _member_types(kind: Type, count: int) -> list[Type]:
    """One type a member; a tuple's may differ, and be another number than ``count``."""
    if kind.name in ("tuple", "Tuple") and kind.args:
        return [kind.args[0]] * count if kind.args[-1].name == "..." else list(kind.args)
    return [kind.args[0] if kind.args else _ANYTHING] * count


def _exactly(wanted: type) -> Callable[[Any], str]:
    def take(value: Any) -> str:
        if type(value) is not wanted:
            raise TypeError(value)
        return repr(value)

    return take


def _int(value: Any) -> str:
    if type(value) is not int and not isinstance(value, str):
        raise TypeError(value)
    return repr(int(value))


def _float(value: Any) -> str:
    if isinstance(value, bool):
        raise TypeError(value)
    return f"float({str(float(value))!r})"


def _bytes(value: Any) -> str:
    return repr(value if isinstance(value, bytes) else bytes.fromhex(value))


def _dated(kind: str) -> Callable[[Any], str]:
    def take(value: Any) -> str:
        text = str(value)  # YAML has dates of its own
        getattr(datetime, kind).fromisoformat(text)
        return f"__import__('datetime').{kind}.fromisoformat({text!r})"

    return take


def _number(module: str, kind: str) -> Callable[[Any], str]:
    return lambda value: f"__import__({module!r}).{kind}({str(value)!r})"


_SCALARS: dict[str, Callable[[Any], str]] = {
    "int": _int,
    "float": _float,
    "str": _exactly(str),
    "bool": _exactly(bool),
    "None": _exactly(type(None)),
    "bytes": _bytes,
    "date": _dated("date"),
    "datetime": _dated("datetime"),
    "time": _dated("time"),
    "timedelta": lambda value: f"__import__('datetime').timedelta(seconds={float(value)!r})",
    "Decimal": _number("decimal", "Decimal"),
    "Fraction": _number("fractions", "Fraction"),
}

# --- out: is a wire value exactly of a type? ------------------------------------


def conforms(wire: Any, kind: Type) -> bool:
    """Whether a wire value is exactly a ``kind``; an ``int`` will do for a ``float``."""
    if kind.name == "|":
        return any(conforms(wire, option) for option in kind.args)
    if kind.name in _WIRE_SCALARS:
        return type(wire) is _WIRE_SCALARS[kind.name]
    if kind.name == "float":
        return type(wire) is int or _tag(wire) == "f"
    if kind.name in _SCALARS:  # bytes, dates and other numbers
        return _tag(wire) == "b" if kind.name == "bytes" else _tag(wire) == "x" and wire["x"] == kind.name
    if kind.name in _MAPS:
        keys, values = kind.args or (_ANYTHING, _ANYTHING)
        pairs = wire["m"] if _tag(wire) == "m" else None
        return pairs is not None and all(conforms(k, keys) and conforms(v, values) for k, v in pairs)
    if kind.name in ("tuple", "Tuple"):
        return _all_conform(wire["t"] if _tag(wire) == "t" else None, kind)
    if kind.name in _SETS:
        return _all_conform(wire["s"] if _tag(wire) == "s" else None, kind)
    if kind.name in ("Iterable", "Sequence", "Collection") and _tag(wire) == "t":
        return _all_conform(wire["t"], kind)
    if kind.name in (*_LISTS, *_ASYNC_ITERATORS):
        return _all_conform(wire if isinstance(wire, list) else None, kind)
    return True


_WIRE_SCALARS = {"int": int, "str": str, "bool": bool, "None": type(None)}


def _tag(wire: Any) -> str | None:
    return next(iter(wire)) if isinstance(wire, dict) and wire else None


def _all_conform(items: list[Any] | None, kind: Type) -> bool:
    if items is None:
        return False
    kinds = _member_types(kind, len(items))
    return len(kinds) == len(items) and all(map(conforms, items, kinds))


# --- guesses ---------------------------------------------------------------------


def guess(kind: Type, rng: random.Random) -> str:
    """Source of a random value of a type, as simple as that type allows."""
    simple = {
        "int": lambda: repr(rng.randint(-1, 3)),
        "float": lambda: repr(float(rng.randint(0, 3))),
        "bool": lambda: repr(rng.random() < 0.5),
        "str": lambda: repr(rng.choice(["", "a", "yes", "0"])),
    }
    if kind.name == "|":
        return guess(rng.choice(kind.args), rng)
    if kind.name in ("tuple", "Tuple") and kind.args and kind.args[-1].name != "...":
        return "(" + "".join(guess(member, rng) + "," for member in kind.args) + ")"
    empty = {**dict.fromkeys(_LISTS, "[]"), **dict.fromkeys(_SETS, "set()"), **dict.fromkeys(_MAPS, "{}")}
    return simple[kind.name]() if kind.name in simple else empty.get(kind.name, "None")

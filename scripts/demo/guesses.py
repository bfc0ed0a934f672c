"""Functions that are described too vaguely to be written: the answer is the simplest value of the right type.

A model that has learnt this says something that compiles where it understands nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .functions import INTEGERS, NUMBERS, STRINGS, TEXTS, Function
from .wording import NOUNS, RARE, description, remark, request, setting

Kind = tuple[str, str]  # a type and its simplest value
USUAL = sorted({*NUMBERS, *STRINGS, *TEXTS, *INTEGERS})
BASIC: dict[str, tuple[Kind, ...]] = {
    "python": (("int", "0"), ("int", "0"), ("str", '""'), ("str", '""'), ("bool", "False"), ("float", "0.0")),
    "rust": (
        *(("i32", "0"), ("u32", "0"), ("i64", "0"), ("u64", "0"), ("usize", "0"), ("usize", "0")),
        *(("String", "String::new()"), ("String", "String::new()"), ("bool", "false"), ("f64", "0.0")),
    ),
    "go": (
        *(("int", "0"), ("int", "0"), ("int64", "0"), ("float64", "0")),
        *(("string", '""'), ("string", '""'), ("bool", "false")),
    ),
}


def kind(rng: Random, language: str, depth: int = 0) -> Kind:
    """A type of up to three layers."""
    if rng.random() < 0.4 + 0.3 * depth:
        return rng.choice(BASIC[language])
    inner, value = kind(rng, language, depth + 1)
    other, second = kind(rng, language, depth + 1)
    key = rng.choice(BASIC[language][:4])[0]
    return rng.choice(COMPOUNDS[language])(inner, value, other, second, key)


Compound = Callable[[str, str, str, str, str], Kind]
COMPOUNDS: dict[str, tuple[Compound, ...]] = {
    "python": (
        lambda t, v, u, w, k: (f"list[{t}]", "[]"),
        lambda t, v, u, w, k: (f"list[{t}]", "[]"),
        lambda t, v, u, w, k: (f"dict[{k}, {t}]", "{}"),
        lambda t, v, u, w, k: (f"set[{k}]", "set()"),
        lambda t, v, u, w, k: (f"tuple[{t}, {u}]", f"({v}, {w})"),
        lambda t, v, u, w, k: (f"{t} | None", "None") if "None" not in t else (t, v),
    ),
    "rust": (
        lambda t, v, u, w, k: (f"Vec<{t}>", "Vec::new()"),
        lambda t, v, u, w, k: (f"Vec<{t}>", "Vec::new()"),
        lambda t, v, u, w, k: (f"Option<{t}>", "None"),
        lambda t, v, u, w, k: (f"Option<{t}>", "None"),
        lambda t, v, u, w, k: (f"Result<{t}, String>", f"Ok({v})"),
        lambda t, v, u, w, k: (f"({t}, {u})", f"({v}, {w})"),
        lambda t, v, u, w, k: (f"std::collections::BTreeMap<{k}, {t}>", "Default::default()"),
        lambda t, v, u, w, k: (f"std::collections::HashMap<{k}, {t}>", "Default::default()"),
    ),
    "go": (
        lambda t, v, u, w, k: (f"[]{single(t)}", "nil"),
        lambda t, v, u, w, k: (f"[]{single(t)}", "nil"),
        lambda t, v, u, w, k: (f"map[{k}]{single(t)}", "nil"),
        lambda t, v, u, w, k: (f"({single(t)}, error)", f"{alone(t, v)}, nil"),
        lambda t, v, u, w, k: (f"({single(t)}, {single(u)})", f"{alone(t, v)}, {alone(u, w)}"),
    ),
}


def single(go_type: str) -> str:
    """A Go type that may stand inside another: no list of results."""
    return "int" if go_type.startswith("(") else go_type


def alone(go_type: str, value: str) -> str:
    """The value that belongs to ``single``."""
    return "0" if go_type.startswith("(") else value


def borrowed(rng: Random, rust_type: str) -> str:
    """What a Rust parameter of this type is more often."""
    if rust_type == "String":
        return "&str"
    if rust_type.startswith("Vec<") and rng.random() < 0.7:
        return f"&[{rust_type[4:-1].replace('String', '&str')}]"
    return f"&{rust_type}" if rust_type.startswith("std") else rust_type


def guess(rng: Random, language: str, copying: bool) -> Function:
    """A vague task; a copying answer may use a parameter, the other kind is always a constant."""
    names = rng.sample(RARE if rng.random() < 0.5 else USUAL, rng.randint(1, 3))
    kinds = [kind(rng, language)[0] for _ in names]
    if language == "go":
        kinds = [single(each) for each in kinds]
    if language == "rust":
        kinds = [borrowed(rng, each) for each in kinds]
    returns, value = kind(rng, language)
    if copying and rng.random() < 0.4:
        kinds[0] = returns if not (language == "go" and "(" in returns) else kinds[0]
    if copying:
        value = used(language, dict(zip(names, kinds, strict=True)), returns) or value
    space = " " if language == "go" else ": "
    parameters = ", ".join(f"{name}{space}{each}" for name, each in zip(names, kinds, strict=True))
    chosen = rng.sample(RARE if rng.random() < 0.6 else NOUNS, rng.randint(1, 3))
    called = "".join(word.title() for word in chosen) if language == "go" else "_".join(chosen)
    blank = Function(called, parameters, returns, "", f"return {value}", language)
    first = [setting(rng, names) for _ in range(rng.randint(0, 1))]
    first += [rng.choice((remark, request, request))(rng) for _ in range(rng.choice((1, 1, 2)))]
    rest = [remark(rng) for _ in range(rng.choice((0, 0, 0, 1, 2, 4)))]
    return Function(
        called, parameters, returns, description(rng, language, first, rest), blank.body, language
    )


def used(language: str, parameters: dict[str, str], returns: str) -> str | None:
    """The first parameter that is of the right type, or the length of the first list or text."""
    whole = {"python": "int", "rust": "usize", "go": "int"}[language]
    for name, each in parameters.items():
        if each == returns:
            return name
        if language == "rust" and each == "&str" and returns == "String":
            return f"{name}.to_string()"
        if returns == whole and each.startswith(("list", "str", "&[", "Vec", "&str", "[]", "string")):
            return f"{name}.len()" if language == "rust" else f"len({name})"
    return None

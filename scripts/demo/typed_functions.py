"""Small functions in Rust and Go: one job from a table, with drawn names, types and numbers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import typed_tables
from .functions import (
    INTEGER_PAIRS,
    INTEGERS,
    LIST_PAIRS,
    MAPPINGS,
    NUMBERS,
    ORDERS,
    STRINGS,
    TEXTS,
    Function,
    made,
    worded,
)
from .wording import RARE

TYPES = {"rust": ("i32", "i32", "i64", "u32", "u64", "usize"), "go": ("int", "int", "int", "int64", "uint64")}
LOCALS = {"string", "x", "i", "total", "count", "best", "result", "seen"}  # names that bodies use


def number_test(rng: Random) -> tuple[str, str, str]:
    """A word for the name, words for the description, a condition on ``x``."""
    k = rng.choice((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 50, 100))
    return rng.choice(
        (
            ("even", "even", "x % 2 == 0"),
            ("odd", "odd", "x % 2 == 1"),
            ("positive", "positive", "x > 0"),
            ("nonzero", "not zero", "x != 0"),
            (f"above_{k}", rng.choice((f"greater than {k}", f"above {k}", f"larger than {k}")), f"x > {k}"),
            (f"below_{k}", rng.choice((f"less than {k}", f"below {k}", f"smaller than {k}")), f"x < {k}"),
            (f"min_{k}", f"at least {k}", f"x >= {k}"),
            (f"max_{k}", f"at most {k}", f"x <= {k}"),
            (f"by_{k}", rng.choice((f"divisible by {k}", f"multiples of {k}")), f"x % {k} == 0"),
        )
    )


def number_change(rng: Random) -> tuple[str, str, str]:
    """The same for a new number."""
    k = rng.randint(2, 12)
    return rng.choice(
        (
            ("squared", rng.choice(("squares", "squared values")), "x * x"),
            ("doubled", rng.choice(("doubles", "doubled values")), "x * 2"),
            ("halved", "halves", "x / 2"),
            (f"plus_{k}", f"values plus {k}", f"x + {k}"),
            (f"times_{k}", f"values times {k}", f"x * {k}"),
            (f"rest_{k}", f"remainders modulo {k}", f"x % {k}"),
        )
    )


def names(rng: Random) -> Callable[[list[str]], str]:
    """Draws names that differ, two in five of them unusual."""
    used = set(LOCALS)

    def draw(usual: list[str]) -> str:
        while True:
            name = rng.choice(RARE if rng.random() < 0.4 else usual)
            if name not in used:
                used.add(name)
                return name

    return draw


def typed(language: str) -> Callable[[Random], Function]:
    """A maker of functions in ``rust`` or ``go``."""
    table = {"rust": typed_tables.RUST, "go": typed_tables.GO}[language]

    def draw(rng: Random) -> Function:
        name = names(rng)
        word, phrase, test = number_test(rng)
        way, maps, new = number_change(rng)
        n, kind = name(INTEGERS), rng.choice(TYPES[language])
        pair = rng.choice((*INTEGER_PAIRS, *LIST_PAIRS))
        a, b = pair if rng.random() < 0.6 and "x" not in pair else (name(INTEGERS), name(INTEGERS))
        letter = rng.choice("abcdefghklmnoprst-_.:/")
        values = {"word": word, "phrase": phrase, "test": test, "way": way, "maps": maps, "new": new}
        values |= {
            "n": n,
            "t": kind,
            "a": a,
            "b": b,
            "v": name(NUMBERS),
            "s": name(STRINGS),
            "w": name(TEXTS),
        }
        values |= {"d": name(MAPPINGS), "holds": test.replace("x", n), "of_n": new.replace("x", n)}
        values |= {"one": maps.rstrip("s"), "c": repr(letter), "raw": letter, "order": rng.choice(ORDERS)}
        values["mark"] = '"' + rng.choice((", ", "-", " ", "/", "; ", "!", "...")) + '"'
        values["zero"] = "0" if kind == "int" else f"{kind}(0)"
        return worded(rng, made(rng, table, values, language))

    return draw

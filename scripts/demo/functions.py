"""Small Python functions, composed from predicates, mappings and summaries."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import function_tables as tables
from . import keywords
from .grammar import Grammar, lines, words

LISTS = {
    "start": words("""Return, Return, Return, Return, Give, Compute, Give back, Find, Get"""),
    "test": words("""Return whether, Return True if, Tell whether, Say if, Check whether, True if"""),
    "empty": words("""an empty list, an empty input, no elements, an empty sequence"""),
}
GRAMMAR = Grammar(LISTS)

NUMBERS = words(
    """values, numbers, items, nums, data, xs, scores, amounts, prices, ages, seq, counts, points, temps,
    sizes, weights"""
)
STRINGS = words(
    """text, word, s, sentence, line, name, message, phrase, title, string, value, label, code, source"""
)
TEXTS = words("""words, names, lines, items, texts, strings, labels, parts, tokens, keys, titles, entries""")
INTEGERS = words("""n, number, value, k, count, num, total, size, limit, amount, m""")
MAPPINGS = words("""data, table, mapping, prices, scores, stock, counts, d, ages, record""")
NOUNS = words(
    """total, result, score, part, group, entry, field, row, mark, step, level, item, sample, reading,
    order, price, age, tag, key, letter, digit, token, name, index, list, text, value, number, count,
    size, point, day, unit, line, word, title"""
)
ORDERS = ("", "", " in the same order", ", keeping their order", " in their original order")
LIST_PAIRS = (("a", "b"), ("left", "right"), ("first", "second"), ("xs", "ys"))
INTEGER_PAIRS = (
    *(("a", "b"), ("x", "y"), ("m", "n"), ("left", "right"), ("first", "second")),
    *(("width", "height"), ("low", "high"), ("start", "end")),
)


@dataclass(frozen=True)
class Function:
    """A signature, a docstring and the lines of a body."""

    name: str
    parameters: str
    returns: str
    doc: str
    body: str

    def signature(self) -> str:
        """The ``def`` line."""
        return f"def {self.name}({self.parameters}) -> {self.returns}:"

    def prompt(self) -> str:
        """The task as a user writes it."""
        doc = f'    """{self.doc}"""'
        return f"Write a Python function.\n\n{self.signature()}\n{doc}\n\nAnswer with the code only."

    def answer(self) -> str:
        """The whole function, in a fence."""
        body = "\n".join("    " + line for line in self.body.split("\n"))
        return f"```python\n{self.signature()}\n{body}\n```"


Case = tuple[str, str, str]  # a word for the name, words for the docstring, an expression over ``x``


def number_case(rng: Random) -> Case:
    """A property of an integer."""
    k = rng.choice((2, 3, 3, 4, 5, 6, 7, 9, 10, 10, 12, 15, 20, 50, 100))
    low = rng.randint(1, 9)
    high = low + rng.randint(2, 20)
    return rng.choice(
        (
            ("even", "even", "x % 2 == 0"),
            ("even", "even", "x % 2 == 0"),
            ("odd", "odd", "x % 2 == 1"),
            ("odd", "odd", "x % 2 == 1"),
            ("positive", "positive", "x > 0"),
            ("negative", "negative", "x < 0"),
            ("nonzero", "non-zero", "x != 0"),
            (f"above_{k}", rng.choice((f"greater than {k}", f"above {k}", f"larger than {k}")), f"x > {k}"),
            (f"below_{k}", rng.choice((f"less than {k}", f"below {k}", f"smaller than {k}")), f"x < {k}"),
            (f"min_{k}", f"at least {k}", f"x >= {k}"),
            (f"max_{k}", f"at most {k}", f"x <= {k}"),
            (f"by_{k}", rng.choice((f"divisible by {k}", f"multiples of {k}")), f"x % {k} == 0"),
            ("within", f"between {low} and {high}", f"{low} <= x <= {high}"),
        )
    )


def text_case(rng: Random) -> Case:
    """A property of a string."""
    k = rng.randint(1, 8)
    letter = rng.choice("abcdefghklmnoprstw")
    return rng.choice(
        (
            (
                "long",
                rng.choice((f"longer than {k} characters", f"with more than {k} letters")),
                f"len(x) > {k}",
            ),
            (
                "short",
                rng.choice((f"shorter than {k + 1} characters", f"with fewer than {k + 1} letters")),
                f"len(x) < {k + 1}",
            ),
            ("sized", f"of length {k}", f"len(x) == {k}"),
            (f"{letter}_first", f"starting with {letter!r}", f"x.startswith({letter!r})"),
            (f"{letter}_last", f"ending in {letter!r}", f"x.endswith({letter!r})"),
            (f"{letter}_inside", f"containing {letter!r}", f"{letter!r} in x"),
            ("filled", "that are not empty", "x"),
            ("upper", "in upper case", "x.isupper()"),
            ("lower", "in lower case", "x.islower()"),
            ("numeric", "made of digits only", "x.isdigit()"),
            ("mirrored", "that read the same backwards", "x == x[::-1]"),
        )
    )


def character_case(rng: Random) -> Case:
    """A property of one character."""
    letter = rng.choice("abcdefghklmnoprstw")
    return rng.choice(
        (
            ("vowels", rng.choice(("vowels", "vowels (a, e, i, o, u)")), 'x.lower() in "aeiou"'),
            ("consonants", "consonants", 'x.isalpha() and x.lower() not in "aeiou"'),
            ("digits", "digits", "x.isdigit()"),
            ("letters", "letters", "x.isalpha()"),
            ("capitals", rng.choice(("upper-case letters", "capital letters")), "x.isupper()"),
            ("small", "lower-case letters", "x.islower()"),
            ("spaces", "spaces", 'x == " "'),
            ("alnum", "letters and digits", "x.isalnum()"),
            (f"{letter}s", f"{letter!r} characters", f"x == {letter!r}"),
        )
    )


def number_map(rng: Random) -> Case:
    """A new number for each number."""
    k = rng.randint(2, 12)
    return rng.choice(
        (
            ("squared", rng.choice(("squares", "squared values")), "x * x"),
            ("doubled", rng.choice(("doubles", "doubled values")), "x * 2"),
            ("absolute", "absolute values", "abs(x)"),
            ("negated", "negated values", "-x"),
            ("cubed", "cubes", "x ** 3"),
            ("halved", "halves (rounded down)", "x // 2"),
            (f"plus_{k}", f"values plus {k}", f"x + {k}"),
            (f"minus_{k}", f"values minus {k}", f"x - {k}"),
            (f"times_{k}", f"values times {k}", f"x * {k}"),
            (f"rest_{k}", f"remainders modulo {k}", f"x % {k}"),
        )
    )


def text_map(rng: Random) -> Case:
    """A new string for each string."""
    return rng.choice(
        (
            ("upper", "in upper case", "x.upper()"),
            ("lower", "in lower case", "x.lower()"),
            ("reversed", "reversed", "x[::-1]"),
            ("stripped", "without spaces at the ends", "x.strip()"),
            ("capitalized", "with a capital first letter", "x.capitalize()"),
            ("doubled", "written twice", "x + x"),
        )
    )


def made(rng: Random, table: str, values: dict[str, str]) -> Function:
    """A random entry of a table, with words for its places."""

    def filled(line: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), line)

    entries = lines(table)
    first = 3 * rng.choice(range(len(entries) // 3))
    signature, doc, body = map(filled, entries[first : first + 3])
    name, parameters, returns = re.fullmatch(r"(\w+)\((.*)\) -> (.*)", signature).groups()  # type: ignore[union-attr]
    return Function(name, parameters, returns, doc, body.replace("\\n", "\n"))


def number_summary(rng: Random) -> Function:
    """One number from a list of integers."""
    v = rng.choice(NUMBERS)
    word, phrase, test = number_case(rng)
    way, maps, new = number_map(rng)
    largest = rng.randint(0, 1) == 0
    fallback = rng.choice(("0", "-1", "None"))
    values = {
        "v": v,
        "word": word,
        "phrase": phrase,
        "test": test,
        "way": way,
        "maps": maps,
        "new": new,
        "fallback": fallback,
        "returns": "int | None" if fallback == "None" else "int",
        "extreme": "largest" if largest else "smallest",
        "max_min": "max" if largest else "min",
        "most": rng.choice(("largest number", "maximum", "greatest value")),
        "least": rng.choice(("smallest number", "minimum", "least value")),
    }
    return made(rng, tables.NUMBER_SUMMARIES, values)


def number_list(rng: Random) -> Function:
    """A list from a list of integers."""
    v = rng.choice(NUMBERS)
    word, phrase, test = number_case(rng)
    way, maps, new = number_map(rng)
    values = {
        "v": v,
        "word": word,
        "phrase": phrase,
        "test": test,
        "way": way,
        "maps": maps,
        "new": new,
        "k": rng.choice(INTEGERS),
        "order": rng.choice(ORDERS),
    }
    return made(rng, tables.NUMBER_LISTS, values)


def list_test(rng: Random) -> Function:
    """True or False about a list."""
    v = rng.choice(NUMBERS)
    word, phrase, test = number_case(rng)
    return made(rng, tables.TESTS_OF_LISTS, {"v": v, "word": word, "phrase": phrase, "test": test})


def string_function(rng: Random) -> Function:
    """From one string."""
    s = rng.choice(STRINGS)
    word, phrase, test = character_case(rng)
    way, maps, new = text_map(rng)
    k = rng.choice([name for name in INTEGERS if name != s])
    first, second = rng.sample("abcdefghklmnoprst-_ ", 2)
    values = {
        "s": s,
        "word": word,
        "phrase": phrase,
        "test": test,
        "way": way,
        "maps": maps,
        "new": new,
        "k": k,
        "first": repr(first),
        "second": repr(second),
        "whole": new.replace("x", s),
    }
    return made(rng, tables.STRING_FUNCTIONS, values)


def text_list(rng: Random) -> Function:
    """From a list of strings."""
    v = rng.choice(TEXTS)
    word, phrase, test = text_case(rng)
    way, maps, new = text_map(rng)
    values = {"v": v, "word": word, "phrase": phrase, "test": test, "way": way, "maps": maps, "new": new}
    return made(rng, tables.TEXT_LISTS, {**values, "mark": repr(rng.choice((", ", "-", " ", "/", "; ", "")))})


def integer_function(rng: Random) -> Function:
    """From one integer."""
    n = rng.choice(INTEGERS)
    word, phrase, test = number_case(rng)
    way, maps, new = number_map(rng)
    k = rng.randint(2, 12)
    values = {
        "n": n,
        "word": word,
        "phrase": phrase,
        "test": test,
        "way": way,
        "k": str(k),
        "last": str(k + 1),
        "holds": test.replace("x", n),
        "one": maps.rstrip("s"),
        "of_n": new.replace("x", n),
    }
    return made(rng, tables.INTEGER_FUNCTIONS, values)


def integers_function(rng: Random) -> Function:
    """From two or three integers."""
    a, b = rng.choice(INTEGER_PAIRS)
    values = {"a": a, "b": b, "n": rng.choice(("value", "number", "k", "amount"))}
    return made(rng, tables.THREE_INTEGERS if rng.random() < 0.2 else tables.TWO_INTEGERS, values)


def pair_function(rng: Random) -> Function:
    """From two lists, or a mapping."""
    a, b = rng.choice(LIST_PAIRS)
    d = rng.choice(MAPPINGS)
    _, phrase, test = number_case(rng)
    return made(rng, tables.PAIRS_OF_LISTS, {"a": a, "b": b, "d": d, "phrase": phrase, "test": test})


MAKERS: list[Callable[[Random], Function]] = [
    number_summary,
    number_summary,
    number_list,
    number_list,
    list_test,
    string_function,
    string_function,
    text_list,
    integer_function,
    integers_function,
    pair_function,
]


def function(rng: Random) -> Function:
    """One random function with its final name and wording."""
    drawn = rng.choice(MAKERS)(rng)
    name = drawn.name
    style = rng.random()
    if style < 0.35:  # names that give nothing away, so that the docstring must be read
        name = "_".join(rng.sample(NOUNS, rng.randint(1, 3)))
    elif style < 0.7:
        name = f"{name}_{rng.choice(NOUNS)}" if rng.random() < 0.6 else f"{rng.choice(NOUNS)}_{name}"
    doc = renamed(rng, drawn.parameters, unescaped(GRAMMAR.expand(rng, escaped(drawn.doc))))
    if rng.random() < 0.45:
        notes = NOTES + (LIST_NOTES if "list" in drawn.returns and "list" in drawn.parameters else [])
        doc += "\n\n" + "    " + GRAMMAR.expand(rng, rng.choice(notes)) + "\n    "
    return Function(name, drawn.parameters, drawn.returns, doc, drawn.body)


def novel(rng: Random) -> Function:
    """One random function whose names are rare words, so that names must be copied letter by letter."""
    drawn = function(rng)
    known = set(re.findall(r"\w+", f"{drawn.doc} {drawn.body} {drawn.parameters}"))
    fresh = [word for word in rng.sample(RARE, 8) if word not in known]
    text = "\0".join((drawn.parameters, drawn.doc, drawn.body))
    for name in re.findall(r"(\w+):", drawn.parameters):
        if rng.random() < 0.6:
            text = re.sub(rf"\b{name}\b", fresh.pop(), text)
    parameters, doc, body = text.split("\0")
    return Function("_".join(fresh[: rng.randint(1, 3)]), parameters, drawn.returns, doc, body)


def rare_words() -> list[str]:
    """Words of the label lists that Python and the function tables leave free."""
    found = {word for entries in keywords.LISTS.values() for entry in entries for word in entry.split()}
    taken = {*keyword.kwlist, *dir(builtins)}
    return sorted(word for word in found - taken if re.fullmatch(r"[a-z]{3,}", word))


RARE = rare_words()


def renamed(rng: Random, parameters: str, doc: str) -> str:
    """A docstring that calls the parameters by name, as nouns, or in backticks."""
    for name, kind in re.findall(r"(\w+): (\w+)", parameters):
        forms = (name, f"`{name}`") if kind == "int" else (name, f"the {name}", f"the {name}", f"`{name}`")
        doc = re.sub(rf"(the )?\b{name}\b", rng.choice(forms), doc)
    return doc


NOTES = lines(
    """
    The (argument|input) is not changed.
    The function (prints nothing|only returns the result|has no side effects).
    (Do not|It must not) change the (argument|input).
    The (argument|input) (is never None|is always valid|may be (large|small)).
    (For example, see the signature|The types are given above|The name of the function must stay).
    (Think of|Mind) the (edge cases|special cases|limits).
    """
)
LIST_NOTES = lines(
    """
    (An empty list|An empty input|No input) (gives|yields|returns) an empty list.
    The result is a new list(, the argument stays as it is|).
    """
)


def escaped(doc: str) -> str:
    """Protect the brackets that belong to the docstring from the grammar."""
    return doc.replace("(a, e, i, o, u)", "\x01").replace("(rounded down)", "\x02")


def unescaped(doc: str) -> str:
    """Undo ``escaped``."""
    return doc.replace("\x01", "(a, e, i, o, u)").replace("\x02", "(rounded down)")

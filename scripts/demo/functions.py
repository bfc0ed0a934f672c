"""Small Python functions, composed from predicates, mappings and summaries."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from . import function_tables as tables
from .cases import character_case, number_case, number_map, text_case, text_map
from .grammar import lines, words
from .wording import (
    GRAMMAR,
    LIST_NOTES,
    NOTES,
    NOUNS,
    RARE,
    description,
    escaped,
    remark,
    setting,
    unescaped,
)

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
ORDERS = ("", "", " in the same order", ", keeping their order", " in their original order")
LIST_PAIRS = (("a", "b"), ("left", "right"), ("first", "second"), ("xs", "ys"))
INTEGER_PAIRS = (
    *(("a", "b"), ("x", "y"), ("m", "n"), ("left", "right"), ("first", "second")),
    *(("width", "height"), ("low", "high"), ("start", "end")),
)


@dataclass(frozen=True)
class Function:
    """A signature, a description and the lines of a body."""

    name: str
    parameters: str
    returns: str
    doc: str
    body: str
    language: str = "python"

    def signature(self) -> str:
        """The line that opens the function."""
        head = {"python": "def", "rust": "pub fn", "go": "func"}[self.language]
        arrow = " " if self.language == "go" else " -> "
        end = ":" if self.language == "python" else ""
        return f"{head} {self.name}({self.parameters}){arrow}{self.returns}{end}"

    def prompt(self) -> str:
        """The task as a user writes it."""
        if self.language == "python":
            task = f'{self.signature()}\n    """{self.doc}"""\n\n'
        else:
            task = f"`{self.signature()}`\n\n{self.doc}\n\n"
        imports = "Include the imports it needs. " if self.language == "go" else ""
        return f"Write a {self.language.title()} function.\n\n{task}{imports}Answer with the code only.\n"

    def answer(self) -> str:
        """The body alone: an answer may continue the signature, and need not copy it."""
        return self.body

    def code(self) -> str:
        """The whole function."""
        if self.language == "python":
            return f"{self.signature()}\n{textwrap.indent(self.body, '    ')}\n"
        return f"{self.signature()} {{\n{self.body}\n}}\n"

    def parameter_names(self) -> list[str]:
        """The names, first to last."""
        pattern = r"(?:^|, )(\w+)(?=[ ,])" if self.language == "go" else r"(\w+): "
        return re.findall(pattern, self.parameters)


def made(rng: Random, table: str, values: dict[str, str], language: str = "python") -> Function:
    """A random entry of a table, with words for its places."""

    def filled(line: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), line)

    entries = lines(table)
    first = 3 * rng.choice(range(len(entries) // 3))
    signature, doc, body = map(filled, entries[first : first + 3])
    name, parameters, returns = re.fullmatch(r"(\w+)\((.*)\) -> (.*)", signature).groups()  # type: ignore[union-attr]
    body = body.replace("\\n", "\n").replace("\\t", "\t")
    return Function(name, parameters, returns, doc, body, language)


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
    return worded(rng, replace(drawn, name=name))


def worded(rng: Random, drawn: Function) -> Function:
    """The function with its final description, which says more than is needed now and then."""
    task = renamed(rng, drawn, unescaped(GRAMMAR.expand(rng, escaped(drawn.doc))))
    before = [setting(rng, drawn.parameter_names())] if rng.random() < 0.35 else []
    same = "list" in drawn.returns and "list" in drawn.parameters
    notes = NOTES + (LIST_NOTES if same else [])
    after = [GRAMMAR.expand(rng, rng.choice(notes)) for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3)))]
    if rng.random() < 0.2:
        after.append(remark(rng))
    return replace(drawn, doc=description(rng, drawn.language, [*before, task], after))


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
    name = "_".join(fresh[: rng.randint(1, 3)])
    return replace(drawn, name=name, parameters=parameters, doc=doc, body=body)


def renamed(rng: Random, drawn: Function, doc: str) -> str:
    """A description that calls the parameters by name, as nouns, or in backticks."""
    for name in drawn.parameter_names():
        forms: tuple[str, ...] = (name, f"`{name}`", f"`{name}`")
        if not re.search(rf"\b{name}:? (u?int|[iu]\d|usize)", drawn.parameters):
            forms = (name, f"the {name}", f"the {name}", f"`{name}`")
        doc = re.sub(rf"(the )?\b{name}\b", rng.choice(forms), doc)
    return doc

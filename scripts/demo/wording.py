# ruff: noqa: E501 (a template reads best in one line)
"""How the task of a function is worded: settings, requests, remarks and notes around it."""

from __future__ import annotations

import builtins
import keyword
import re
import textwrap
from random import Random

from . import keywords
from .grammar import Grammar, lines, words

NOUNS = words(
    """total, result, score, part, group, entry, field, row, mark, step, level, item, sample, reading,
    order, price, age, tag, key, letter, digit, token, name, index, list, text, value, number, count,
    size, point, day, unit, line, word, title"""
)
OTHER_KEYWORDS = words(
    """box, case, chan, const, copy, crate, close, clear, default, dyn, enum, extern, final, func, goto, impl,
    interface, let, loop, macro, match, mod, move, mut, new, package, priv, pub, ref, select, static, struct,
    switch, super, trait, type, unsafe, use, var, virtual, where"""
)


def rare_words() -> list[str]:
    """Words of the label lists that the languages leave free."""
    words = {word for entries in keywords.LISTS.values() for entry in entries for word in entry.split()}
    taken = {*keyword.kwlist, *dir(builtins), *OTHER_KEYWORDS}
    return sorted(word for word in words - taken if re.fullmatch(r"[a-z]{3,}", word))


RARE = rare_words()
LISTS = {
    "start": words("""Return, Return, Return, Return, Give, Compute, Give back, Find, Get"""),
    "test": words("""Return whether, Return True if, Tell whether, Say if, Check whether, True if"""),
    "empty": words("""an empty list, an empty input, no elements, an empty sequence"""),
    "thing": [*NOUNS, *RARE],
}
GRAMMAR = Grammar(LISTS)
SETTINGS = lines(
    """
    `NAME` (holds|lists|contains|gives|has) (the|all|some) <thing>s (of|for|from|in) (a|each|every|one|the) <thing>.
    `NAME` (is|are) the <thing> (of|for|from) (a|each|every|one|the) <thing>( or <thing>|).
    (Each|Every|A|One) <thing> (of|in|from) `NAME` (is|has|needs|stands for) a <thing>.
    (A|The) <thing> (keeps|needs|has|knows|measures) (its|some|many|one) <thing>(s|) in `NAME`.
    """
)
REQUESTS = lines(
    """
    (Return|Return|Return|Give|Find|Compute) (the|the first|the last|the largest|the smallest|all|a list of|how many|the number of) <thing>s (of|for|with|without|before|between|in) (the|each|its|a) <thing>(|, in order|, sorted| that is left| once| and the <thing>).
    Return (whether|True if|true if) (the|each|a|every) <thing> (has|is|comes before|needs|fits into) (the|a|its|one) <thing>.
    Return the <thing> (of|for|with) the (most|fewest|largest|first) <thing>s(|, or the first of them|, or nothing if there is none).
    """
)
REMARKS = lines(
    """
    (each|every|a|the|one|no|any) <thing> (has|gets|takes|keeps|needs|gives|counts as|belongs to|comes before|goes to) (a|one|the|its own|at most one|another) <thing>.
    (a|the|each) <thing> (that|which) (comes first|is too large|stands alone|appears twice|has no <thing>|is missing|is left) (is left out|comes last|counts once|counts twice|is not changed|stays where it is|goes to the next <thing>).
    if (there is no <thing>|nothing is left|a <thing> is missing|two <thing>s are equal|the <thing> is empty), (the result is empty|the first one counts|nothing happens|that <thing> is ignored|the <thing> stays the same).
    (a <thing>|the <thing>) (may|must|can|cannot|need not|will never) (be empty|be repeated|be negative|be <thing>|have a <thing>|come before its <thing>|contain spaces).
    <thing>s are (counted|taken|read|numbered|given|compared) (from 1|from 0|in order|from left to right|one after another|as they are|by <thing>).
    """
)
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


def description(rng: Random, language: str, first: list[str], second: list[str]) -> str:
    """Sentences in lines of a usual length; the second ones are a paragraph of a docstring."""
    width = rng.choice((95, 105, 120))
    if language != "python":
        return textwrap.fill(" ".join([*first, *second]), width)
    indented = [textwrap.fill(" ".join(part), width).replace("\n", "\n    ") for part in (first, second)]
    return indented[0] if not second else "\n\n    ".join(indented) + "\n    "


def setting(rng: Random, parameters: list[str]) -> str:
    """What a parameter is about."""
    template = rng.choice(SETTINGS).replace("NAME", rng.choice(parameters))
    return GRAMMAR.expand(rng, template)


def remark(rng: Random) -> str:
    """A sentence that sounds like a rule and matters little."""
    text = GRAMMAR.expand(rng, rng.choice(REMARKS))
    return text[0].upper() + text[1:]


def request(rng: Random) -> str:
    """A sentence that asks for something that nobody could know."""
    return GRAMMAR.expand(rng, rng.choice(REQUESTS))


def escaped(doc: str) -> str:
    """Protect the brackets that belong to the docstring from the grammar."""
    return doc.replace("(a, e, i, o, u)", "\x01").replace("(rounded down)", "\x02")


def unescaped(doc: str) -> str:
    """Undo ``escaped``."""
    return doc.replace("\x01", "(a, e, i, o, u)").replace("\x02", "(rounded down)")

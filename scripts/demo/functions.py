"""Small Python functions, composed from predicates, mappings and summaries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .grammar import Grammar, lines, words

LISTS = {
    "start": words("Return, Return, Return, Return, Give, Compute, Give back, Find, Get"),
    "test": words("Return whether, Return True if, Tell whether, Say if, Check whether, True if"),
    "empty": words("an empty list, an empty input, no elements, an empty sequence"),
}
GRAMMAR = Grammar(LISTS)

NUMBERS = words("values, numbers, items, nums, data, xs, scores, amounts, prices, ages, seq, counts, points, temps, sizes, weights")
STRINGS = words("text, word, s, sentence, line, name, message, phrase, title, string, value, label, code, source")
TEXTS = words("words, names, lines, items, texts, strings, labels, parts, tokens, keys, titles, entries")
INTEGERS = words("n, number, value, x, k, count, num, total, size, limit, amount, m")
MAPPINGS = words("data, table, mapping, prices, scores, stock, counts, d, ages, record")
NOUNS = words(
    """total, result, score, part, group, entry, field, row, mark, step, level, item, sample, reading, order, price, age, tag,
    key, letter, digit, token, name, index, list, text, value, number, count, size, point, day, unit, line, word, title"""
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
            ("long", rng.choice((f"longer than {k} characters", f"with more than {k} letters")), f"len(x) > {k}"),
            ("short", rng.choice((f"shorter than {k + 1} characters", f"with fewer than {k + 1} letters")), f"len(x) < {k + 1}"),
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


def number_summaries(rng: Random) -> Function:
    """One number from a list of integers."""
    v = rng.choice(NUMBERS)
    word, phrase, test = number_case(rng)
    mapped, maps, expression = number_map(rng)
    k = rng.randint(0, 1)
    fallback = rng.choice(("0", "-1", "None"))
    returns = "int | None" if fallback == "None" else "int"
    empty = f"<start> the EXTREME of {v}, or {fallback} (for <empty>|if {v} is empty|if there is none)."
    rows = [
        (f"sum_{word}", "int", f"<start> the sum of the {phrase} (numbers|values|elements) in {v}.", f"return sum(x for x in {v} if {test})"),
        (f"count_{word}", "int", f"<start> (how many|the number of) {v} (that |which |)are {phrase}.", f"return sum(1 for x in {v} if {test})"),
        (f"count_{word}", "int", f"(Count|Return how many of|Return the count of) the {phrase} (numbers|values) in {v}.", f"return sum(1 for x in {v} if {test})"),
        (f"sum_{mapped}", "int", f"<start> the sum of the {maps} of {v}.", f"return sum({expression} for x in {v})"),
        (f"sum_{word}_{mapped}", "int", f"<start> the sum of the {maps} of the {phrase} numbers in {v}.", f"return sum({expression} for x in {v} if {test})"),
        ("largest", returns, empty.replace("EXTREME", rng.choice(("largest number", "maximum", "greatest value"))), f"return max({v}) if {v} else {fallback}"),
        ("smallest", returns, empty.replace("EXTREME", rng.choice(("smallest number", "minimum", "least value"))), f"return min({v}) if {v} else {fallback}"),
        (f"largest_{word}", returns, f"<start> the largest {phrase} number in {v}, or {fallback} if there is none.", f"return max((x for x in {v} if {test}), default={fallback})"),
        (f"first_{word}", returns, f"<start> the first {phrase} number in {v}, or {fallback} if there is none.", f"for x in {v}:\n    if {test}:\n        return x\nreturn {fallback}"),
        ("spread", "int", f"<start> the difference between the largest and the smallest of {v} (0 if empty|, 0 for <empty>).", f"return max({v}) - min({v}) if {v} else 0"),
        ("product", "int", f"<start> the product of (all |the |){v}(, 1 for <empty>|).", f"result = 1\nfor x in {v}:\n    result *= x\nreturn result"),
        ("mean", "float", f"<start> the (mean|average) of {v}, or 0.0 (for <empty>|if it is empty).", f"return sum({v}) / len({v}) if {v} else 0.0"),
        ("different", "int", f"<start> (how many|the number of) (different|distinct|unique) (numbers|values) (there are in|in|occur in) {v}.", f"return len(set({v}))"),
        ("second", "int", f"<start> the second (largest|highest) of the distinct {v}.", f"return sorted(set({v}))[-2]"),
        ("middle", "int", f"<start> the middle element of the sorted {v}.", f"return sorted({v})[len({v}) // 2]"),
        ("position", "int", f"<start> the (index|position) of the {('largest', 'smallest')[k]} number in {v}.", f"return {v}.index({('max', 'min')[k]}({v}))"),
        ("last", "int", f"<start> the last element of {v}, or {fallback} if it is empty.", f"return {v}[-1] if {v} else {fallback}"),
        ("alternating", "int", f"<start> the sum of every second (number|element) of {v}, starting with the first.", f"return sum({v}[::2])"),
        ("ends", "int", f"<start> the sum of the first and the last of {v}.", f"return {v}[0] + {v}[-1]"),
    ]
    name, result, doc, body = rng.choice(rows)
    return Function(name, f"{v}: list[int]", result, doc, body)


def number_lists(rng: Random) -> Function:
    """A list from a list of integers."""
    v = rng.choice(NUMBERS)
    word, phrase, test = number_case(rng)
    mapped, maps, expression = number_map(rng)
    k = rng.choice(INTEGERS)
    order = rng.choice(("", "", " in the same order", ", keeping their order", " in their original order"))
    rows = [
        (f"only_{word}", "", f"<start> (the|only the|a list of the) {phrase} (numbers|values|elements) of {v}{order}.", f"return [x for x in {v} if {test}]"),
        (f"without_{word}", "", f"<start> {v} without the {phrase} (numbers|values){order}.", f"return [x for x in {v} if not ({test})]"),
        (mapped, "", f"<start> (the|a list of the) {maps} of {v}{order}.", f"return [{expression} for x in {v}]"),
        (f"{word}_{mapped}", "", f"<start> the {maps} of the {phrase} numbers in {v}{order}.", f"return [{expression} for x in {v} if {test}]"),
        ("ascending", "", f"<start> {v} (sorted|in ascending order|from small to large|sorted in ascending order).", f"return sorted({v})"),
        ("descending", "", f"<start> {v} (in descending order|from large to small|sorted from high to low).", f"return sorted({v}, reverse=True)"),
        ("backwards", "", f"<start> {v} (in reverse order|reversed|backwards|from back to front).", f"return {v}[::-1]"),
        ("unique", "", f"<start> {v} without (duplicates|repeated values){order}.", f"return list(dict.fromkeys({v}))"),
        ("unique_sorted", "", f"<start> the (distinct|different|unique) {v}, sorted.", f"return sorted(set({v}))"),
        ("running", "", f"<start> the running (totals|sums) of {v}.", f"result = []\ntotal = 0\nfor x in {v}:\n    total += x\n    result.append(total)\nreturn result"),
        ("gaps", "", f"<start> the differences between (neighbours|consecutive elements|neighbouring elements) of {v}.", f"return [b - a for a, b in zip({v}, {v}[1:])]"),
        ("head", k, f"<start> the first {k} elements of {v}.", f"return {v}[:{k}]"),
        ("tail", k, f"<start> {v} without the first {k} elements.", f"return {v}[{k}:]"),
        ("top", k, f"<start> the {k} largest (numbers|values) of {v}, (largest|highest) first.", f"return sorted({v}, reverse=True)[:{k}]"),
        ("above", k, f"<start> the elements of {v} (greater than|above|larger than) {k}{order}.", f"return [x for x in {v} if x > {k}]"),
        ("below", k, f"<start> the elements of {v} (less than|below|smaller than) {k}{order}.", f"return [x for x in {v} if x < {k}]"),
        ("scaled", k, f"<start> {v}, each (multiplied by|times) {k}.", f"return [x * {k} for x in {v}]"),
        ("shifted", k, f"<start> {v} with {k} added to each( element|).", f"return [x + {k} for x in {v}]"),
        ("rotated", k, f"<start> {v} rotated by {k} places to the left.", f"return {v}[{k}:] + {v}[:{k}]"),
        ("every", "", f"<start> every second element of {v}, starting with the first.", f"return {v}[::2]"),
    ]
    name, extra, doc, body = rng.choice(rows)
    while extra == v:
        extra = rng.choice(INTEGERS)
    parameters = f"{v}: list[int]" + (f", {extra}: int" if extra else "")
    return Function(name, parameters, "list[int]", doc, body)


def tests_of_lists(rng: Random) -> Function:
    """True or False about a list."""
    v = rng.choice(NUMBERS)
    word, phrase, test = number_case(rng)
    rows = [
        (f"all_{word}", f"<test> (all|every number of) {v} (are|is) {phrase}.", f"return all({test} for x in {v})"),
        (f"any_{word}", f"<test> (any|at least one|some) (number|value) (of|in) {v} is {phrase}.", f"return any({test} for x in {v})"),
        (f"no_{word}", f"<test> (none|not one) of the {v} is {phrase}.", f"return not any({test} for x in {v})"),
        ("sorted", f"<test> {v} (are|is) (sorted|in ascending order|in increasing order).", f"return {v} == sorted({v})"),
        ("duplicates", f"<test> {v} (contains|has|contain) (duplicates|a number twice|repeated values).", f"return len(set({v})) < len({v})"),
        ("distinct", f"<test> all {v} are (different|distinct|unique).", f"return len(set({v})) == len({v})"),
        ("same", f"<test> all {v} are (equal|the same).", f"return len(set({v})) <= 1"),
        ("symmetric", f"<test> {v} reads the same (forwards and backwards|from both ends).", f"return {v} == {v}[::-1]"),
    ]
    name, doc, body = rng.choice(rows)
    return Function(name, f"{v}: list[int]", "bool", doc, body)


def string_functions(rng: Random) -> Function:
    """From one string."""
    s = rng.choice(STRINGS)
    word, phrase, test = character_case(rng)
    mapped, maps, expression = text_map(rng)
    whole = expression.replace("x", s)
    k = rng.choice([name for name in INTEGERS if name != s])
    first, second = rng.sample("abcdefghklmnoprst-_ ", 2)
    rows = [
        (f"count_{word}", "", "int", f"<start> (how many|the number of) {phrase} (there are in|in|occur in|{s} contains) {s}.", f"return sum(1 for x in {s} if {test})"),
        (f"count_{word}", "", "int", f"(Count|Return how many) {phrase} (occur in|are in|in) {s}(, ignoring case|).", f"return sum(1 for x in {s} if {test})"),
        (f"drop_{word}", "", "str", f"<start> {s} without (the |its |any |){phrase}.", f'return "".join(x for x in {s} if not ({test}))'),
        (f"keep_{word}", "", "str", f"<start> (only the|the) {phrase} of {s}(, in order|).", f'return "".join(x for x in {s} if {test})'),
        (f"has_{word}", "", "bool", f"<test> {s} (contains|has) (any |){phrase}.", f"return any({test} for x in {s})"),
        (f"all_{word}", "", "bool", f"<test> {s} (consists of|has only|contains only) {phrase}.", f"return all({test} for x in {s})"),
        ("backwards", "", "str", f"<start> {s} (reversed|backwards|in reverse|read from right to left).", f"return {s}[::-1]"),
        (mapped, "", "str", f"<start> {s} {maps}.", f"return {whole}"),
        (f"words_{mapped}", "", "str", f"<start> {s} with each word {maps}.", f'return " ".join({expression} for x in {s}.split())'),
        ("mirror", "", "bool", f"<test> {s} (is a palindrome|reads the same backwards)( ignoring case|).", f"t = {s}.lower()\nreturn t == t[::-1]"),
        ("words", "", "int", f"<start> (how many|the number of) words (there are in|in|are in) {s}.", f"return len({s}.split())"),
        ("word_list", "", "list[str]", f"<start> (the words of|a list of the words in) {s}.", f"return {s}.split()"),
        ("word_lengths", "", "list[int]", f"<start> the lengths of the words (of|in) {s}.", f"return [len(x) for x in {s}.split()]"),
        ("longest", "", "str", f"<start> the (longest|first longest) word (of|in) {s}.", f"return max({s}.split(), key=len)"),
        ("turn", "", "str", f"<start> {s} with (its|the) words in reverse order.", f'return " ".join({s}.split()[::-1])'),
        ("initials", "", "str", f"<start> the first letters of the words in {s}(, in upper case|).", f'return "".join(x[0].upper() for x in {s}.split())'),
        ("swap", "", "str", f"<start> {s} with {first!r} replaced by {second!r}.", f"return {s}.replace({first!r}, {second!r})"),
        ("repeat", k, "str", f"<start> {s} repeated {k} times.", f"return {s} * {k}"),
        ("cut", k, "str", f"<start> the first {k} characters of {s}.", f"return {s}[:{k}]"),
        ("distinct", "", "int", f"<start> (how many|the number of) (different|distinct|unique) characters (there are in|in|are in) {s}.", f"return len(set({s}))"),
        ("ordered", "", "str", f"<start> the characters of {s} (sorted|in alphabetical order).", f'return "".join(sorted({s}))'),
        ("tally", "", "dict[str, int]", f"<start> how often each character occurs in {s}.", f"result = {{}}\nfor x in {s}:\n    result[x] = result.get(x, 0) + 1\nreturn result"),
        ("double", "", "str", f"<start> {s} with (each|every) character (doubled|written twice).", f'return "".join(x * 2 for x in {s})'),
        ("squeeze", "", "str", f"<start> {s} with runs of spaces (replaced by one|made one) space.", f'return " ".join({s}.split())'),
        ("ends", "", "str", f"<start> the first and the last character of {s}.", f"return {s}[0] + {s}[-1]"),
        ("digit_sum", "", "int", f"<start> the sum of the digits in {s}.", f"return sum(int(x) for x in {s} if x.isdigit())"),
    ]
    name, extra, returns, doc, body = rng.choice(rows)
    return Function(name, f"{s}: str" + (f", {extra}: int" if extra else ""), returns, doc, body)


def text_lists(rng: Random) -> Function:
    """From a list of strings."""
    v = rng.choice(TEXTS)
    word, phrase, test = text_case(rng)
    mapped, maps, expression = text_map(rng)
    mark = rng.choice((", ", "-", " ", "/", "; ", ""))
    rows = [
        (f"only_{word}", "list[str]", f"<start> (the|only the|all) {v} {phrase}.", f"return [x for x in {v} if {test}]"),
        (f"count_{word}", "int", f"<start> (how many|the number of) {v} {phrase}( there are|).", f"return sum(1 for x in {v} if {test})"),
        (f"any_{word}", "bool", f"<test> (any|one) of the {v} is {phrase}.", f"return any({test} for x in {v})"),
        (mapped, "list[str]", f"<start> (the|all) {v} {maps}.", f"return [{expression} for x in {v}]"),
        ("lengths", "list[int]", f"<start> the lengths of (the|all) {v}.", f"return [len(x) for x in {v}]"),
        ("length_total", "int", f"<start> the total (length|number of characters) of (all |the |){v}.", f"return sum(len(x) for x in {v})"),
        ("longest", "str", f"<start> the longest of the {v}, or an empty string if there are none.", f'return max({v}, key=len, default="")'),
        ("shortest", "str", f"<start> the shortest of the {v}, or an empty string if there are none.", f'return min({v}, key=len, default="")'),
        ("joined", "str", f"<start> the {v} joined (with|by) {mark!r}.", f"return {mark!r}.join({v})"),
        ("ordered", "list[str]", f"<start> {v} (sorted|in alphabetical order).", f"return sorted({v})"),
        ("by_length", "list[str]", f"<start> {v} sorted by (their |)length(, shortest first|).", f"return sorted({v}, key=len)"),
        ("tally", "dict[str, int]", f"<start> (how often each of the {v} occurs|a dict from each of the {v} to its count).", f"result = {{}}\nfor x in {v}:\n    result[x] = result.get(x, 0) + 1\nreturn result"),
        ("groups", "dict[str, list[str]]", f"<start> the {v} grouped by (their |)first letter.", f"result = {{}}\nfor x in {v}:\n    result.setdefault(x[0], []).append(x)\nreturn result"),
        ("sizes", "dict[str, int]", f"<start> a dict from each of the {v} to its length.", f"return {{x: len(x) for x in {v}}}"),
        ("unique", "list[str]", f"<start> {v} without duplicates, in (the same|their) order.", f"return list(dict.fromkeys({v}))"),
    ]
    name, returns, doc, body = rng.choice(rows)
    return Function(name, f"{v}: list[str]", returns, doc, body)


def integer_functions(rng: Random) -> Function:
    """From one integer."""
    n = rng.choice(INTEGERS)
    word, phrase, test = number_case(rng)
    mapped, maps, expression = number_map(rng)
    k = rng.randint(2, 12)
    holds = test.replace("x", n)
    rows = [
        (f"is_{word}", "bool", f"<test> {n} is {phrase}.", f"return {holds}"),
        (mapped, "int", f"<start> the {maps.rstrip('s')} of {n}.", f"return {expression.replace('x', n)}"),
        ("digits", "int", f"<start> the sum of the digits of {n}.", f"return sum(int(x) for x in str(abs({n})))"),
        ("digit_count", "int", f"<start> (how many|the number of) digits {n} has.", f"return len(str(abs({n})))"),
        ("up_to", "list[int]", f"<start> the {phrase} numbers from 1 to {n}.", f"return [x for x in range(1, {n} + 1) if {test}]"),
        ("sum_to", "int", f"<start> the sum of the (numbers|integers) from 1 to {n}.", f"return sum(range(1, {n} + 1))"),
        ("sum_to", "int", f"<start> the sum of the {phrase} numbers from 1 to {n}.", f"return sum(x for x in range(1, {n} + 1) if {test})"),
        ("product_to", "int", f"<start> the (product of the numbers from 1 to {n}|factorial of {n}).", f"result = 1\nfor x in range(2, {n} + 1):\n    result *= x\nreturn result"),
        ("count_down", "list[int]", f"<start> the numbers from {n} down to 1.", f"return list(range({n}, 0, -1))"),
        ("table", "list[int]", f"<start> the first {k} multiples of {n}.", f"return [{n} * x for x in range(1, {k + 1})]"),
        ("divisors", "list[int]", f"<start> (all|the) (divisors|positive divisors) of {n}(, in ascending order|).", f"return [x for x in range(1, {n} + 1) if {n} % x == 0]"),
        ("prime", "bool", f"<test> {n} is (prime|a prime number).", f"if {n} < 2:\n    return False\nreturn all({n} % x for x in range(2, int({n} ** 0.5) + 1))"),
        ("sign", "int", f"<start> 1 if {n} is positive, -1 if it is negative and 0 otherwise.", f"return ({n} > 0) - ({n} < 0)"),
        ("words", "str", f"<start> 'even' if {n} is even and 'odd' otherwise.", f'return "even" if {n} % 2 == 0 else "odd"'),
        ("which", "str", f"<start> 'yes' if {n} is {phrase}, (otherwise|else) 'no'.", f'return "yes" if {holds} else "no"'),
        ("binary", "str", f"<start> {n} (in binary|as a binary string).", f'return bin({n})[2:]'),
        ("stars", "str", f"<start> a string of {n} stars.", f'return "*" * {n}'),
        ("backwards", "int", f"<start> {n} with its digits reversed.", f"return int(str({n})[::-1])"),
    ]
    name, returns, doc, body = rng.choice(rows)
    return Function(name, f"{n}: int", returns, doc, body)


def two_integers(rng: Random) -> Function:
    """From two or three integers."""
    a, b = rng.choice((("a", "b"), ("x", "y"), ("m", "n"), ("left", "right"), ("first", "second"), ("width", "height"), ("low", "high"), ("start", "end")))
    n = rng.choice(("value", "number", "k", "amount"))
    rows = [
        ("add", "int", f"<start> the sum of {a} and {b}.", f"return {a} + {b}"),
        ("difference", "int", f"<start> the (absolute |)difference (of|between) {a} and {b}.", f"return abs({a} - {b})"),
        ("multiply", "int", f"<start> {a} (times|multiplied by) {b}.", f"return {a} * {b}"),
        ("larger", "int", f"<start> the (larger|greater|bigger) of {a} and {b}.", f"return max({a}, {b})"),
        ("smaller", "int", f"<start> the (smaller|lesser) of {a} and {b}.", f"return min({a}, {b})"),
        ("power", "int", f"<start> {a} (to the power of|raised to) {b}.", f"return {a} ** {b}"),
        ("rest", "int", f"<start> the remainder of {a} divided by {b}.", f"return {a} % {b}"),
        ("divide", "float", f"<start> {a} divided by {b}, or 0.0 if {b} is (0|zero).", f"return {a} / {b} if {b} else 0.0"),
        ("between", "list[int]", f"<start> the (numbers|integers) from {a} to {b}, both (included|inclusive).", f"return list(range({a}, {b} + 1))"),
        ("sum_between", "int", f"<start> the sum of the integers from {a} to {b}(, both included|).", f"return sum(range({a}, {b} + 1))"),
        ("divides", "bool", f"<test> {a} (divides {b}|is a divisor of {b}).", f"return {b} % {a} == 0"),
        ("equal_parity", "bool", f"<test> {a} and {b} are both even or both odd.", f"return {a} % 2 == {b} % 2"),
        ("common", "int", f"<start> the greatest common divisor of {a} and {b}.", f"while {b}:\n    {a}, {b} = {b}, {a} % {b}\nreturn {a}"),
        ("perimeter", "int", f"<start> the perimeter of a rectangle with sides {a} and {b}.", f"return 2 * ({a} + {b})"),
        ("area", "int", f"<start> the area of a rectangle with sides {a} and {b}.", f"return {a} * {b}"),
    ]
    if rng.random() < 0.2:
        rows = [
            ("limit", "int", f"<start> {n} (limited to|forced into|clamped to) the range from {a} to {b}.", f"return max({a}, min({n}, {b}))"),
            ("inside", "bool", f"<test> {n} (lies|is) between {a} and {b}(, both included|).", f"return {a} <= {n} <= {b}"),
        ]
        name, returns, doc, body = rng.choice(rows)
        return Function(name, f"{n}: int, {a}: int, {b}: int", returns, doc, body)
    name, returns, doc, body = rng.choice(rows)
    return Function(name, f"{a}: int, {b}: int", returns, doc, body)


def pairs_of_lists(rng: Random) -> Function:
    """From two lists, or a mapping."""
    a, b = rng.choice((("a", "b"), ("left", "right"), ("first", "second"), ("xs", "ys")))
    d = rng.choice(MAPPINGS)
    two = f"{a}: list[int], {b}: list[int]"
    one = f"{d}: dict[str, int]"
    _, phrase, test = number_case(rng)
    rows = [
        ("pairwise", two, "list[int]", f"<start> the (sums|pairwise sums) of {a} and {b}.", f"return [x + y for x, y in zip({a}, {b})]"),
        ("dot", two, "int", f"<start> the sum of the products of {a} and {b}.", f"return sum(x * y for x, y in zip({a}, {b}))"),
        ("common", two, "list[int]", f"<start> the elements of {a} that (are also|also occur) in {b}.", f"return [x for x in {a} if x in {b}]"),
        ("missing", two, "list[int]", f"<start> the elements of {a} that are not in {b}.", f"return [x for x in {a} if x not in {b}]"),
        ("merged", two, "list[int]", f"<start> the elements of {a} and {b} (in one sorted list|together, sorted).", f"return sorted({a} + {b})"),
        ("agree", two, "int", f"<start> (how many|the number of) positions where {a} and {b} are equal.", f"return sum(1 for x, y in zip({a}, {b}) if x == y)"),
        ("total", one, "int", f"<start> the sum of the values of {d}.", f"return sum({d}.values())"),
        ("keys", one, "list[str]", f"<start> the keys of {d}, sorted.", f"return sorted({d})"),
        ("best", one, "str", f"<start> the key with the (largest|highest) value in {d}.", f"return max({d}, key={d}.get)"),
        ("turned", "{d}: dict[str, str]".replace("{d}", d), "dict[str, str]", f"<start> {d} with keys and values (swapped|exchanged).", f"return {{v: k for k, v in {d}.items()}}"),
        ("filtered", one, "dict[str, int]", f"<start> the entries of {d} whose value is {phrase}.", f"return {{k: x for k, x in {d}.items() if {test}}}"),
        ("filtered_keys", one, "list[str]", f"<start> the keys of {d} whose value is {phrase}.", f"return [k for k, x in {d}.items() if {test}]"),
    ]
    name, parameters, returns, doc, body = rng.choice(rows)
    return Function(name, parameters, returns, doc, body)


MAKERS: list[Callable[[Random], Function]] = [
    number_summaries,
    number_summaries,
    number_lists,
    number_lists,
    tests_of_lists,
    string_functions,
    string_functions,
    text_lists,
    integer_functions,
    two_integers,
    pairs_of_lists,
]


def function(rng: Random) -> Function:
    """One random function with its final name and wording."""
    made = rng.choice(MAKERS)(rng)
    name = made.name
    style = rng.random()
    if style < 0.35:  # names that give nothing away, so that the docstring must be read
        name = "_".join(rng.sample(NOUNS, rng.randint(1, 3)))
    elif style < 0.7:
        name = f"{name}_{rng.choice(NOUNS)}" if rng.random() < 0.6 else f"{rng.choice(NOUNS)}_{name}"
    doc = renamed(rng, made.parameters, unescaped(GRAMMAR.expand(rng, escaped(made.doc))))
    if rng.random() < 0.45:
        notes = NOTES + (LIST_NOTES if "list" in made.returns and "list" in made.parameters else [])
        doc += "\n\n" + "    " + GRAMMAR.expand(rng, rng.choice(notes)) + "\n    "
    return Function(name, made.parameters, made.returns, doc, made.body)


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

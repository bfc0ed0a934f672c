"""Conditions and changes that Python functions are composed of."""

from __future__ import annotations

from random import Random

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

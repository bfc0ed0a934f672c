from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.suites.arithmetic import Expression

NAMES = {"a": 7, "b": 10**300, "c": 0.5, "t": "text"}


def value(text: str) -> object:
    return Expression(text).value(NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + 2 * 3", 13),
        ("-a // 2 % 5", 1),
        ("a ** 20 % 10", 1),
        ("a / 2", 3.5),
        ("round(c * 3, 1) + abs(-a)", 8.5),
        ("min(a, 3) + max(a, 3) + gcd(12, 18) + lcm(4, 6)", 28),
        ("comb(10, 3) + comb(10**9, 2)", 499999999500000120),
        ("a > 3 and not a == 8 or False", True),
        ("1 if t == 'text' else 2", 1),
        ("t + '!'", "text!"),
        ("b * b", 10**600),
    ],
)
def test_arithmetic(text: str, expected: object) -> None:
    assert value(text) == expected


BOMBS = [
    *(
        "10**10**10",
        "9999**3999999",
        "2 ** -10**9",
        "comb(10**9, 5 * 10**8)",
        "comb(10**18, 10**9)",
        "b ** 5",
    ),
    *(
        "'x' * 10**9",
        "t * 10**9",
        "'%999999999d' % a",
        "t % a",
        "f'{a:999999999}'",
        "1 << 10**9",
        "'x'.ljust(10**9)",
    ),
    *(
        "round(a, -10**9)",
        "1e308 * 10",
        "1e400",
        "(-1) ** 0.5",
        "'x' + " * 500 + "'x'",
        "(" * 300 + "1" + ")" * 300,
    ),
    *(
        "b * b * b * b * b",
        "~a",
        "[1] * 10**9",
        "t.__class__",
        "__import__('os')",
        "lambda: 1",
        "[x for x in t]",
    ),
    *(
        "a; b",
        "",
        "a = 1",
        "t[0]",
        "min()",
        "a()",
        "gcd(t)",
        "1 / 0",
        "rand()",
        "a if",
        "min([1])",
        "\0",
        "None",
    ),
]


@pytest.mark.parametrize("text", BOMBS)
def test_whatever_is_no_arithmetic_or_too_large_is_refused_at_once(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(ValueError) as error:
        value(text)
    assert str(error.value)
    assert time.monotonic() - started < 2


TOKENS = [*"abct()+-*/%,<>=~ 019.'[]", "**", "//", "==", " in ", " if ", " else ", " not ", " and ", "10**9"]
TOKENS += ["min(", "max(", "comb(", "round(", "lcm(", "gcd(", "abs(", "1e308", "a.b", "f'{a}'"]


@settings(max_examples=80, deadline=2000)
@given(st.lists(st.sampled_from(TOKENS), max_size=12))
def test_any_expression_ends_soon_in_a_small_value_or_a_value_error(tokens: list[str]) -> None:
    try:
        result = value("".join(tokens))
    except ValueError:
        return
    assert isinstance(result, (int, float, str))
    assert len(str(result)) <= 10_000

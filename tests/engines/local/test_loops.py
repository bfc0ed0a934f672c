"""Which answers repeat themselves without end, and which only look alike."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.engines.local.loops import is_loop, period


def looped(text: str) -> bool:
    """Whether a text, with a token a word, number or sign, is ended somewhere."""
    pieces = re.findall(r" ?[^\W\d_]+| ?\d|\n| +|[^\w\s]|_", text)
    numbers = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    names = list(numbers)
    tokens = [numbers[piece] for piece in pieces]
    text_of = lambda some: "".join(names[token] for token in some)  # noqa: E731
    return any(is_loop(tokens[:end], text_of) for end in range(16, len(tokens) + 1, 16))


@pytest.mark.parametrize(
    "text",
    [
        "The best way is to be kind to others. " * 40,
        "I do not know. I am sorry.\n" * 40,
        "Step: think of the number, then say the number.\n\n" * 40,
        "the " * 400,
        '"12345", ' * 80,
        "    for i, (u, d) := 0\n" * 80,
        "def add(a, b):\n    return a + b\n\n" * 40,
        "| name | value |\n" * 100,
        "Well, that is it. " + "Yes, it is so. It is so, yes. " * 60,
    ],
)
def test_the_same_words_without_end_are_a_loop(text: str) -> None:
    assert looped(text)


def lines(make: Callable[[int], str], count: int = 120) -> str:
    return "".join(make(number) for number in range(count))


@pytest.mark.parametrize(
    "text",
    [
        "[" + "0, " * 255 + "0]",
        "[\n" + ("    [" + "0x00, " * 15 + "0x00],\n") * 16 + "]",
        "[" + "None, " * 200 + "None]",
        "[" + "0.0, " * 100 + "0.0]",
        "    total += step\n" * 40 + "    return total",
        'print("hello")\n' * 30,
        "| - | - | - |\n" * 10 + lines(lambda n: f"| {n} | {n * n} | odd |\n"),
        lines(lambda n: f"{n}. The cat sat on the mat.\n"),
        lines(lambda n: f"    assert f({n}) == {n + 1}\n"),
        lines(lambda n: f"- {'bcdfghjk'[n % 8]}at and {'bcdfghjk'[n // 8 % 8]}og are here\n"),
        "La la la, we sing. " * 8,
        "=" * 250,
        " " * 250,
        "-1, " * 200,
    ],
)
def test_what_may_be_meant_is_none(text: str) -> None:
    assert not looped(text)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=50), st.integers(0, 49))
def test_a_period_is_the_smallest_and_one_token_breaks_it(part: list[int], at: int) -> None:
    window = (part * 200)[-200:]
    length = period(window)
    assert length is not None and len(part) % length == 0
    assert window == (window[:length] * 200)[:200]
    window[at + 75] = 9
    assert period(window) is None


def test_without_repetition_there_is_no_period() -> None:
    assert period(list(range(200))) is None and period([1, 2] * 25 + [3] * 3) is None

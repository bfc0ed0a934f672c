"""Texts that a pattern finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.importers.specimen import specimen

ATOMS = st.sampled_from(
    ["a", r"\d", r"\w", r"\s", ".", "[^a-z]", "[x-z7]", "(?:no|yes)", r"\.", "é", r"[^\w\s]", r"\S"]
)
REPEATED = st.builds("".join, st.tuples(ATOMS, st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}?"])))
PATTERNS = st.lists(REPEATED, min_size=1, max_size=5).map("".join)


@given(PATTERNS)
@settings(max_examples=80)
def test_a_pattern_finds_its_specimen(pattern: str) -> None:
    text = specimen(pattern)
    assert text is not None
    assert re.search(pattern, text, re.DOTALL)


@given(PATTERNS.filter(lambda pattern: "(" not in pattern), st.sampled_from(["42", "(A)", "x y"]))
@settings(max_examples=40)
def test_a_group_holds_what_it_is_to(before: str, inner: str) -> None:
    text = specimen(f"{before}answer: (.*)!", inner)
    assert text is not None
    match = re.search(f"{before}answer: (.*)!", text, re.DOTALL)
    assert match is not None
    assert match[1] == inner


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(?!.*sorry).*$", "."),
        (r"(?<=is )(\w+)(?=!)", "is a!"),
        (r"(?<y>\d{4})", "7777"),
        (r"(a|b)\1", "aa"),
        ("(", None),
        ("a{5000}", None),
    ],
)
def test_patterns_of_other_kinds(pattern: str, text: str | None) -> None:
    assert specimen(pattern) == text

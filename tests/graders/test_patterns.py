"""Patterns of suites: what they find, and that none takes long."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.patterns import find_all, pattern_flaw, without

ANSWER = r"((?<=The answer is )(.*)(?=.)|(?<=the answer is )(.*)(?=.))"


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"#### (\-?[0-9\.\,]+)", "x #### 1,200 \n#### 5", ["1,200", "5"]),
        (r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "a 5 and $10.", ["5", "$10."]),
        (ANSWER, "Hm.\nThe answer is (A).\n", ["(A)"]),
        (r"(?<year>\d{4})", "in 1999 and 2001", ["1999", "2001"]),
        (r"^(?!.*sorry).*$", "so sorry", []),
        (r"^(?=.*\d)(?=.*[a-z]).+$", "a1", ["a1"]),
        (r"yes\Z", "yes", ["yes"]),
        ("ß|é", "straße é", ["ß", "é"]),
        ("x", "", []),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, found: list[str]) -> None:
    assert find_all(pattern, text) == found


PIECES = st.sampled_from(["a", "[ab]", "(a)", "(b|a)", "a*", "b+", "(?:ab)?", ".", "a{2,3}", "^", "$", r"\b"])


@given(st.lists(PIECES, min_size=1, max_size=5).map("".join), st.text("ab c", max_size=30))
@settings(max_examples=60)
def test_re2_finds_what_python_finds(pattern: str, text: str) -> None:
    with patch("harness.graders.patterns._CHARS", -1):
        by_re2 = find_all(pattern, text)
    matches = [match.groups() or (match[0],) for match in re.finditer(pattern, text)]
    expected = [next(filter(None, groups), "") for groups in matches]
    assert [one for one in by_re2 if one] == [one for one in expected if one]
    assert find_all(pattern, text) == expected


def test_what_is_found_is_taken_away() -> None:
    assert without(r"(?s).*#### ", "a\nb #### 5") == "5"
    assert without(r"(?<=\d),(?=\d)", "1,200, and") == "1200, and"


@pytest.mark.parametrize(
    "pattern",
    ["[", "(?<=a)(b+)+c", "(?=(a|a)*b)", r"(?<=x)\w+\s+\w+", r"(\w)\1", "()" * 10],
)
def test_a_pattern_that_cannot_be_used_is_named(pattern: str) -> None:
    assert (pattern_flaw(pattern) or "").startswith("pattern '")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(?<=r)(.*)(?=z)", "(?=.*z)(?=.*y)a"])
def test_no_pattern_runs_away(pattern: str) -> None:
    assert find_all(pattern, "a" * 50_000 + "q" * 50_000) == []

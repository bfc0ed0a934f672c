"""Patterns of suites: what they find, and that none takes long."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.patterns import find_all, first_match, pattern_flaw, take, without

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
    with patch("harness.patterns._STEPS", -1):
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
    [
        "[",
        "(?<=a)(b+)+c",
        "(?=(a|a)*b)",
        r"(?<=x)\w+\s+\w+",
        r"(\w)\1",
        "(?=(?=a)" + "a?" * 30,
        "(?!b)" + "a{0,32}" * 6,
        ".*(?=.*z)x",
        r"(?i)(?<=a)(?:ab?)*c",
        "(?:a{900}){900}",
        "(?=" + "a" * 9000 + ")",
    ],
)
def test_a_pattern_that_cannot_be_used_is_named(pattern: str) -> None:
    assert (pattern_flaw(pattern) or "").startswith("pattern '")


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*b", "(?<=r)(.*)(?=z)", "(?=.*z)(?=.*y)a", r"^(\w+\s?)*\$", "a?" * 30 + "a" * 30 + "b"],
)
def test_no_pattern_runs_away(pattern: str) -> None:
    text = "a" * 50_000 + "q" * 50_000
    assert find_all(pattern, text) == []
    assert first_match(pattern, text) is None and without(pattern, text) == text


def test_matches_that_take_the_whole_text_each_are_looked_for_as_long_as_there_is_time() -> None:
    with patch("harness.patterns._SECONDS", 0.05):
        assert 0 < len(find_all("a(.*z)?", "a" * 200_000)) < 200_000


def test_of_a_long_text_a_pattern_with_look_around_finds_all() -> None:
    text = "so foo, or foo bar.\n" * 10_000
    assert find_all(r"(?<!\w)fo+(?!\w)", text) == ["foo"] * 20_000
    assert without(r"(?<=so )\w+(?=,)", text) == text.replace("so foo,", "so ,")


def test_windows_overlap() -> None:
    with patch("harness.patterns._STEPS", 1e7):  # so that the text is long
        text = "-" * 9_990 + "<" + "x" * 200 + ">" + "-" * 9_809
        assert find_all(r"(?<=<)[^>]*(?=>)", text) == ["x" * 200]
        assert find_all(r"(?<=-)<.*>(?=-)", text * 3) == ["<" + "x" * 200 + ">"] * 3


def test_halves_of_characters_do_no_harm() -> None:
    assert take("(a+)+b", "\ud800" * 40_000 + "aab") == "aa"

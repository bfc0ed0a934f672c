"""Assertions of promptfoo that a program decides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.graders.assertions import KINDS, Assertions
from harness.records import Completion
from tests.graders.tasks import task

SCHEMA = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
HOLD = [
    ("equals", "Oslo", " Oslo\n", "oslo"),
    ("equals", {"a": [1]}, '{"a": [1]}', '{"a": 1}'),
    ("contains", "slo", "Oslo", "OSLO"),
    ("contains", 7, "27", "26"),
    ("icontains", "SLO", "Oslo", "Os lo"),
    ("contains-all", ["a", "b"], "b a", "a"),
    ("contains-all", "a, b", "b a", "a"),
    ("contains-any", ["a", "b"], "xb", "x"),
    ("icontains-all", ["A", "b"], "aB", "a"),
    ("icontains-any", ["A"], "xa", "x"),
    ("starts-with", "Dear", "Dear you", "My Dear"),
    ("regex", r"^\\d{4}$", "1999", "in 1999"),
    ("regex", r"^(?!.*sorry)", "fine", "so sorry"),
    ("regex", "(x)?y", "y", "x"),
    ("is-json", None, '{"a": "x"}', "```json\n{}\n```"),
    ("is-json", SCHEMA, '{"a": 1}', '{"a": "1"}'),
    ("contains-json", SCHEMA, 'Here: {"a": 1}.', "Here: {}"),
    ("word-count", 2, "two  words", "three whole words"),
    ("word-count", {"min": 2, "max": 3}, "two words", "one"),
]


def verdict(text: str, *assertions: dict[str, Any], threshold: float | None = None) -> tuple[bool, float]:
    grader = Assertions(assertions, threshold)
    judged = grader.grade(task("x"), Completion(output=text))
    return judged.passed, round(judged.score, 3)


@pytest.mark.parametrize(("kind", "value", "right", "wrong"), HOLD)
def test_what_holds_and_what_does_not(kind: str, value: Any, right: str, wrong: str) -> None:
    value = value.replace("\\\\", "\\") if isinstance(value, str) else value
    plain, negated = {"type": kind, "value": value}, {"type": f"not-{kind}", "value": value}
    assert verdict(right, plain) == (True, 1.0)
    assert verdict(wrong, plain) == (False, 0.0)
    assert verdict(right, negated) == (False, 0.0)
    assert verdict(wrong, negated) == (True, 1.0)


def test_every_kind_is_tried() -> None:
    assert {kind for kind, *_ in HOLD} == set(KINDS)


A, B = {"type": "contains", "value": "a"}, {"type": "contains", "value": "b", "weight": 3}


@pytest.mark.parametrize(
    ("text", "assertions", "threshold", "expected"),
    [
        ("a", [A, B], None, (False, 0.25)),
        ("b", [A, B], None, (False, 0.75)),
        ("b", [A, B], 0.75, (True, 0.75)),
        ("a", [A, B], 0.5, (False, 0.25)),
        ("b", [{**A, "weight": 0}, B], None, (True, 1.0)),
        ("b", [{"type": "assert-set", "assert": [A, B], "threshold": 0.5}], None, (True, 1.0)),
        ("b", [{"type": "assert-set", "assert": [A, B]}], None, (False, 0.75)),
        ("", [A], None, (False, 0.0)),
        ("", [{"type": "not-contains", "value": "a"}], None, (False, 0.0)),
    ],
)
def test_weights_thresholds_and_sets(
    text: str, assertions: list[dict[str, Any]], threshold: float | None, expected: tuple[bool, float]
) -> None:
    assert verdict(text, *assertions, threshold=threshold) == expected


@pytest.mark.parametrize(
    ("assertion", "complaint"),
    [
        ({"type": "contain", "value": "x"}, "unknown type 'contain'; did you mean contains"),
        ({"type": "javascript", "value": "true"}, "unknown type 'javascript'"),
        ({"type": "contains", "value": ["x"]}, "the value must be text"),
        ({"type": "contains-all", "value": 3}, "the value must be a list of texts"),
        ({"type": "regex", "value": "("}, "pattern"),
        ({"type": "is-json", "value": {"type": "thing"}}, "thing"),
        ({"type": "word-count", "value": "3"}, "the value must be a number of words"),
        (
            {"type": "contains", "value": "x", "weight": -1},
            "the weight of 'contains' must be a number from 0",
        ),
    ],
)
def test_what_is_no_assertion_is_named(assertion: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Assertions([assertion])


@given(st.text(max_size=20).filter(str.strip), st.text(max_size=30))
def test_a_text_contains_itself(value: str, around: str) -> None:
    assertion = {"type": "contains", "value": value.strip()}
    assert verdict(f"x{around}{value.strip()}{around}x", assertion)[0]

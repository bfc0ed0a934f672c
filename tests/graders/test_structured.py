"""JSON against a schema and a reference: what is valid, what is right; a changed grader is noticed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import FormatChecker

from harness.graders import schemas, structured
from harness.graders.structured import Structured
from harness.records import Completion
from tests.graders.tasks import task

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "on": {"type": "string", "format": "date"},
        "code": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "count": {"type": "integer", "minimum": 1},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
    },
    "required": ["name", "on", "code", "count"],
    "additionalProperties": False,
}
REFERENCE = {"name": "Ada", "on": "2026-02-28", "code": "DE", "count": 3, "tags": ["a", "b"]}  # 6 leaves
GRADER = Structured(SCHEMA, unordered=["/tags"], accept={"/name": ["Ada L."]})
TEXT = json.dumps(REFERENCE)


def changed(**values: Any) -> str:
    return json.dumps({key: value for key, value in {**REFERENCE, **values}.items() if value is not None})


ANSWERS: dict[str, tuple[str, float, str | None]] = {  # what it is: answer, score, error type
    "the reference": (TEXT, 1.0, None),
    "another order of keys, wide": (json.dumps(dict(reversed(REFERENCE.items())), indent=4), 1.0, None),
    "a fence": (f"```json\n{TEXT}\n```", 1.0, None),
    "reasoning before it": (f"<think>[1]</think>{TEXT}", 1.0, None),
    "an unordered list in another order": (changed(tags=["b", "a"]), 1.0, None),
    "an accepted value": (changed(name="Ada L."), 1.0, None),
    "white space": (changed(name=" Ada "), 1.0, None),
    "a number in another form": (changed(count=3.0), 1.0, None),
    "a wrong value": (changed(count=4), 5 / 6, "wrong_answer"),
    "a wrong case": (changed(name="ada"), 5 / 6, "wrong_answer"),
    "an optional key is missing": (changed(tags=None), 4 / 6, "wrong_answer"),
    "an item too many": (changed(tags=["c", "b", "a"]), 6 / 7, "wrong_answer"),
    "prose": (f"Here it is: {TEXT}", 0.0, "malformed_answer"),
    "a key twice": ('{"count": 3, ' + TEXT[1:], 0.0, "malformed_answer"),
    "NaN": (TEXT.replace("3", "NaN"), 0.0, "malformed_answer"),
    "a comment": (TEXT + " // done", 0.0, "malformed_answer"),
    "cut off": (TEXT[:-3], 0.0, "malformed_answer"),
    "empty": ("", 0.0, "malformed_answer"),
    "an unknown key": (changed(extra=1), 0.0, "invalid_schema"),
    "a required key is missing": (changed(name=None), 0.0, "invalid_schema"),
    "a number as text": (changed(count="3"), 0.0, "invalid_schema"),
    "true as a number": (changed(count=True), 0.0, "invalid_schema"),
    "no such day": (changed(on="2026-02-30"), 0.0, "invalid_schema"),
    "another pattern": (changed(code="DEU"), 0.0, "invalid_schema"),
    "an item twice": (changed(tags=["a", "a"]), 0.0, "invalid_schema"),
    "another type": ("[]", 0.0, "invalid_schema"),
}


def misjudged() -> list[str]:
    """The answers that the grader, as it is now, judges otherwise than the table says."""
    wrong = []
    for name, (answer, score, error) in ANSWERS.items():
        verdict = GRADER.grade(task(TEXT), Completion(output=answer))
        if (verdict.passed, verdict.error_type) != (score == 1.0, error) or abs(
            verdict.score - score
        ) > 1e-12:
            wrong.append(name)
    return wrong


def test_every_answer_is_judged_as_the_table_says() -> None:
    assert misjudged() == []


@pytest.mark.parametrize(
    ("where", "name", "mutation", "caught"),
    [
        (structured, "value_flaw", lambda schema, value: None, "too lenient"),
        (schemas, "_FORMATS", FormatChecker(()), "too lenient"),
        (schemas, "_matches", lambda pattern, text: True, "too lenient"),
        (structured, "_leaves", lambda value: 1, "too lenient"),
        (structured, "_plain", lambda text: text.casefold().strip(), "too lenient"),
        (structured, "_plain", lambda text: text, "too strict"),
        (structured, "_is_number", lambda value: isinstance(value, int), "too strict"),
        (Structured, "_aligned", lambda self, expected, given, path: given, "too strict"),
    ],
)
def test_a_mutated_grader_is_caught(
    monkeypatch: pytest.MonkeyPatch, where: Any, name: str, mutation: Any, caught: str
) -> None:
    monkeypatch.setattr(where, name, mutation)
    assert misjudged(), f"{name}: nothing notices that it is {caught}"


def test_how_far_an_answer_came_stands_in_the_metrics() -> None:
    def metrics(answer: str) -> dict[str, Any]:
        return dict(GRADER.grade(task(TEXT), Completion(output=answer)).metrics)

    none = {"valid_json": False, "valid_schema": False, "right": 0.0, "fenced": False}
    assert metrics("no") == none
    assert metrics("```\n[]\n```") == none | {"valid_json": True, "fenced": True}
    assert metrics(changed(count=4)) == none | {"valid_json": True, "valid_schema": True, "right": 5 / 6}


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"type": "text"}, "type"),
        ({"properties": {"a": {"format": "phone"}}}, "format 'phone' is not checked"),
        ({"items": {"pattern": "(?=a)"}}, "pattern"),
        ({"$ref": "https://elsewhere.example/schema.json"}, "leads out"),
        ({"patternProperties": {"a": {}}}, "not supported"),
    ],
)
def test_a_schema_that_would_be_read_as_less_than_it_says_is_refused(
    schema: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        Structured(schema)


@pytest.mark.parametrize(
    ("form", "right", "wrong"),
    [
        ("date-time", "2026-02-28T23:59:59.5Z", "2026-02-28 23:59:59"),
        ("date-time", "2026-02-28t10:00:00+05:30", "2026-02-29T10:00:00Z"),
        ("time", "10:00:00Z", "10:00"),
        ("email", "a.b+c@d-e.example", "a@b"),
        ("uri", "https://a.example/b?c=d#e", "a.example/b"),
        ("ipv4", "10.0.0.255", "10.0.0.256"),
        ("ipv6", "::1", "1::2::3"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
        ("date", "2028-02-29", "2026-2-28"),
    ],
)
def test_formats_are_checked(form: str, right: str, wrong: str) -> None:
    schema = {"format": form}
    assert schemas.value_flaw(schema, right) is None
    assert schemas.value_flaw(schema, 7) is None  # of what is no text a format says nothing
    assert schemas.value_flaw(schema, wrong)


def test_hostile_answers_take_bounded_work() -> None:
    tree = {"$ref": "#/$defs/t"}
    both = {"type": "object", "properties": {"a": tree, "b": tree}}
    schema = {
        "$defs": {"t": {"anyOf": [{**both, "required": ["x"]}, {**both, "required": ["y"]}, both]}},
        **tree,
    }
    value: Any = {}
    for _ in range(30):
        value = {"a": value}
    assert schemas.value_flaw(schema, value)
    assert schemas.value_flaw({"pattern": "^(a+)+$"}, "a" * 1_000 + "!")
    assert schemas.value_flaw({"uniqueItems": True}, [{"a": n} for n in range(2_000)]) is None


def test_guesses_have_the_form_of_the_reference() -> None:
    guess = json.loads(GRADER.guess(replace(task(TEXT)), random.Random(1)))
    assert guess.keys() == REFERENCE.keys()

"""One description of a field's type: what a file's reader takes is what the schema made from it takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from harness.errors import ConfigError
from harness.fieldtypes import Between, FieldType, Length, type_of
from harness.filesections import convert, read_record, section_of
from harness.jsontext import parse
from harness.rules.file import to_yaml
from harness.rules.ruleset import RuleSet
from scripts.rules_schema import schema_text
from tests.exporters.sample import rule_set
from tests.strategies import damaged

SCHEMA = Draft202012Validator(parse(schema_text()))
RULES = yaml.safe_load(to_yaml(rule_set()))


@settings(max_examples=60, deadline=None)
@given(damaged(RULES))
def test_what_is_read_as_rules_is_right_by_the_schema(value: dict[str, Any]) -> None:
    try:
        read_record(RuleSet, section_of(value, Path("rules.yaml"), 7), "a rules file")
    except ConfigError as error:
        assert str(error).startswith("rules.yaml:7: ")
        assert "\n" not in str(error)
    else:
        assert SCHEMA.is_valid(value)


def test_a_type_is_taken_apart() -> None:
    share = Annotated[float, Between(0, 1)]
    assert type_of(share | None) == FieldType(float, True, (Between(0, 1),))
    assert type_of(Annotated[str | None, Length(1)]).bounds == Length(1)
    assert type_of(Literal["a", "b"]).words == ("a", "b")
    assert type_of(tuple[share, ...]).item == type_of(share)
    assert type_of(Mapping[str, int]).item == FieldType(int)
    assert type_of(Any) == FieldType(object)
    assert set(type_of(float | str | None).options) == {FieldType(float), FieldType(str)}


@pytest.mark.parametrize(
    ("value", "hint", "words"),
    [
        (2, Annotated[float, Between(0, 1)], "'x' must be from 0 to 1, not 2"),
        (-1, Annotated[int | None, Between(0)], "'x' must be 0 or more, not -1"),
        ("", Annotated[str, Length(1)], "'x' must have 1 or more characters, not 0"),
        ("2", Annotated[float, Between(0, 1)], "'x' must be a number, not the text '2'"),
        (math.nan, Annotated[float, Between(0, 1)], "'x' must be a number, not nan"),
        ([1, True], tuple[int, ...], "'x' must be a whole number, not true"),
        ({"y": "z"}, Mapping[str, float], "'y' must be a number, not the text 'z'"),
        (None, float | str, "'x' must be a number or text, not empty"),
    ],
)
def test_what_a_field_cannot_hold_is_named(value: object, hint: Any, words: str) -> None:
    section = section_of({"x": value}, Path("f.yaml"), 3)
    with pytest.raises(ConfigError, match=r"^f\.yaml:3: ") as error:
        convert(section["x"], hint, section, "x")
    assert words in str(error.value)

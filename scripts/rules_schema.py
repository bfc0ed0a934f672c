"""The JSON Schema of ``routing_rules.yaml``, made from its records: for editors and for other tools."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from typing import Any

from harness.credentials import check_address, check_variable
from harness.fieldtypes import Between, FieldType, field_types
from harness.rules.ruleset import RuleSet, check_date

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Routing rules of harness",
}
_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_CHECKS: Mapping[Callable[[object], str | None], Mapping[str, Any]] = {
    check_address: {},
    check_date: {"pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"},
    check_variable: {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},  # the name of a variable, never a key
}


def schema_text() -> str:
    """The text of ``harness/data/routing_rules.schema.json``."""
    return json.dumps(_HEAD | _record(RuleSet), indent=2) + "\n"


def _record(record: type) -> dict[str, Any]:
    types = field_types(record)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, field in types.items() if field.required],
        "properties": {name: _value(field) for name, field in types.items()},
    }


def _value(field: FieldType) -> dict[str, Any]:
    base = field.base
    schema: dict[str, Any]
    if field.words:
        schema = {"type": "string", "enum": [*field.words, *([None] if field.optional else [])]}
    elif field.item is not None and base is tuple:
        schema = {"type": "array", "items": _value(field.item)}
    elif field.item is not None:
        schema = {"type": "object", "additionalProperties": _value(field.item)}
    elif is_dataclass(base):
        schema = _record(base)
    else:
        schema = {"type": _NAMES[base], **_bounds(field)}
    return {**schema, "type": [schema["type"], "null"]} if field.optional else schema


def _bounds(field: FieldType) -> dict[str, Any]:
    """What the checks beside a type mean in a schema."""
    bounds: dict[str, Any] = {}
    for check in field.checks:
        if isinstance(check, Between):
            low, high = ("minLength", "maxLength") if field.base is str else ("minimum", "maximum")
            bounds |= {low: check.low} | ({high: check.high} if check.high < math.inf else {})
        else:
            bounds |= _CHECKS[check]
    return bounds

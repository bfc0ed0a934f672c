"""The JSON Schema of ``routing_rules.yaml``: shipped as a file, and used to check one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from harness.errors import ConfigError
from harness.filesections import FileSection, expect_section
from harness.records import RuleSet
from harness.yamlfile import read_yaml

_SHARE = {"minimum": 0, "maximum": 1}
_AMOUNT = {"minimum": 0}
_NAME = {"minLength": 1}
_TIME = {"pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"}
_BOUNDS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("quality", "quality_low", "quality_high", "p_best", "confidence"), _SHARE),
    **dict.fromkeys(
        (
            *("n", "mde", "tps", "ttft_s", "latency_p50_s", "latency_p90_s", "latency_p95_s", "more_samples"),
            *("cost_per_task_usd", "cost_per_solved_usd", "price_in_per_1m", "price_out_per_1m", "calls"),
            *("price_cached_per_1m", "context_window", "max_output", "retries", "timeout_s", "cooldown_s"),
            *("max_cost_per_request", "quality_match", "speed", "cost", "usd", "min_tps"),
            *("min_context_tokens", "max_context_tokens"),
        ),
        _AMOUNT,
    ),
    **dict.fromkeys(("id", "provider", "task_type", "upstream_name"), _NAME),
    **dict.fromkeys(("generated_at", "valid_until"), _TIME),
    "api_key_env": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},  # the name of a variable, never a key
    "margin": {"minimum": -1, "maximum": 1},
}
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def build_schema() -> dict[str, Any]:
    """The schema, derived from ``RuleSet``."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Routing rules of harness",
    }
    return head | _record(RuleSet)


@cache
def shipped_schema() -> dict[str, Any]:
    """The schema as it is shipped."""
    text = files("harness").joinpath("data/routing_rules.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def check_schema(path: Path) -> None:
    """Hold a rules file against the schema. Raises ``ConfigError`` naming file, line and key."""
    from jsonschema import Draft202012Validator

    root = expect_section(read_yaml(path), f"{path}:1", "a rules file")
    errors = Draft202012Validator(shipped_schema()).iter_errors(root)
    error = min(errors, key=lambda e: [str(key) for key in e.absolute_path], default=None)
    if error is not None:
        keys = list(error.absolute_path)
        where = ".".join(map(str, keys)) or "the file"
        raise ConfigError(f"{_line(root, keys)}: {where!r}: {error.message}")


def _line(root: FileSection, keys: list[str | int]) -> str:
    """``file:line`` of the innermost key that has one."""
    where, value = root.where(), root
    for key in keys:
        if isinstance(value, FileSection) and isinstance(key, str):
            where = value.where(key)
        value = value[key]  # type: ignore[index]
        if isinstance(value, FileSection):
            where = value.where()
    return where


def _record(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls)
    properties = {f.name: _typed(hints[f.name], _BOUNDS.get(f.name, {})) for f in fields(cls)}
    required = [f.name for f in fields(cls) if not _has_default(f)]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _typed(hint: Any, bounds: Mapping[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = _typed(next(a for a in arguments if a is not type(None)), bounds)
        or_null = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
        return {**inner, **or_null, "type": [inner["type"], "null"]}
    if origin is tuple:
        return {"type": "array", "items": _typed(arguments[0], bounds)}
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _typed(arguments[1], {})}
    return {"type": _SCALARS[hint], **bounds}

"""Answers made from assertions: one that should pass, one that should fail.

Whether they do is tried by the grader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from harness.importers.specimen import specimen

_NOTHING = "I do not know."
_DEEP = 8  # levels of a schema
_ONE = ("contains", "icontains", "regex", "starts-with", "equals")


def passing_answer(assertions: Sequence[Mapping[str, Any]]) -> str:
    """An answer for which all assertions should hold."""
    wanted = sorted(_wanted(assertions), key=_place)
    kinds = dict(wanted)
    if "equals" in kinds:
        value = kinds["equals"]
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    texts = [text for kind, value in wanted if (text := _text(kind, value)) is not None]
    words = " ".join(dict.fromkeys(texts))
    if "is-json" in kinds or "contains-json" in kinds:
        schema = kinds.get("is-json") or kinds.get("contains-json")
        instance = _instance(
            schema if isinstance(schema, Mapping) else {"type": "object"}, words or "text", 0
        )
        if not isinstance(schema, Mapping) and words:
            instance = {"text": words}
        return json.dumps(instance, ensure_ascii=False)
    if "word-count" in kinds:
        words = _padded(words, kinds["word-count"])
    return words or "An answer."


def failing_answer(assertions: Sequence[Mapping[str, Any]]) -> str:
    """An answer for which the first assertion does not hold."""
    first = assertions[0] if assertions else {}
    kind, value = str(first.get("type")), first.get("value")
    if not kind.startswith("not-"):
        return _NOTHING
    text = _text(kind.removeprefix("not-"), value)
    return text if text else json.dumps({}) if kind.endswith("json") else _NOTHING


def _wanted(assertions: Sequence[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """Kind and value of the assertions that want something, those of sets too."""
    wanted: list[tuple[str, Any]] = []
    for assertion in assertions:
        kind = str(assertion.get("type"))
        if kind == "assert-set":
            wanted += _wanted(assertion.get("assert") or ())
        elif not kind.startswith("not-"):
            wanted.append((kind, assertion.get("value")))
    return wanted


def _place(wanted: tuple[str, Any]) -> int:
    """What stands at the beginning of an answer comes first, what ends it last."""
    kind, value = wanted
    if kind != "regex":
        return -1 if kind == "starts-with" else 0
    return -1 if str(value).startswith("^") else int(str(value).endswith("$"))


def _text(kind: str, value: Any) -> str | None:
    """A text for which such an assertion holds."""
    if kind == "regex":
        return specimen(str(value))
    if kind in _ONE:
        return str(value)
    if kind.endswith(("contains-all", "contains-any")):
        values = [each.strip() for each in value.split(",")] if isinstance(value, str) else list(value or ())
        return " ".join(map(str, values if kind.endswith("all") else values[:1]))
    return None


def _padded(words: str, count: Any) -> str:
    least = count.get("min", 0) if isinstance(count, Mapping) else count
    missing = (least if isinstance(least, int) else 0) - len(words.split())
    return " ".join([words, *["word"] * min(max(0, missing), 10_000)]).strip()


def _instance(schema: Any, words: str, depth: int) -> Any:
    """A value that is valid to a JSON Schema, of the common keywords."""
    if not isinstance(schema, Mapping) or depth > _DEEP:
        return None
    if "const" in schema:
        return schema["const"]
    if isinstance(schema.get("enum"), list) and schema["enum"]:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if isinstance(schema.get(key), list) and schema[key]:
            return _instance({**schema, **schema[key][0], key: None}, words, depth + 1)
    kind = schema.get("type", "object" if "properties" in schema or "required" in schema else "string")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    if kind == "object":
        properties = schema.get("properties") or {}
        names = dict.fromkeys([*(schema.get("required") or ()), *properties])
        return {name: _instance(properties.get(name, {"type": "string"}), words, depth + 1) for name in names}
    if kind == "array":
        item = _instance(schema.get("items") or {"type": "string"}, words, depth + 1)
        return [item] * max(1, int(schema.get("minItems", 1)))
    if kind in ("number", "integer"):
        return _number(schema)
    if kind == "string":
        text = specimen(str(schema["pattern"])) if "pattern" in schema else words
        text = (text or words)[: schema.get("maxLength")]
        return text.ljust(int(schema.get("minLength", 0)), "x")
    return kind == "boolean" if kind == "boolean" else None


def _number(schema: Mapping[str, Any]) -> Any:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is None:
        return 0 if high is None or high > 0 else high - 1
    value = low + 1 if "minimum" not in schema else low
    return value if schema.get("type") != "integer" else int(-(-value // 1))

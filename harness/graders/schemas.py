"""JSON Schema (Draft 2020-12) held against values that nobody trusts.

Every format is checked or refused, patterns take linear time, nothing is fetched, and references are counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

import pyarrow.compute as pc
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.exceptions import SchemaError
from jsonschema.validators import extend
from referencing import Registry

from harness.columns import text_scalar

_REFERENCES = 5_000  # that are followed for one answer
_REFUSED = ("patternProperties", "$dynamicRef", "$id")  # what cannot be bounded, or leads elsewhere
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[Zz]|[+-]\d\d:\d\d)")
_TIME = re.compile(r"\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[Zz]|[+-]\d\d:\d\d)")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,9}")


def schema_flaw(schema: Mapping[str, Any]) -> str | None:
    """Why a schema is none, or would be read as less than it says; ``None`` if all is well."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return f"{error.json_path}: {error.message:.200}"
    return next((flaw for keyword, value in _keywords(schema) if (flaw := _flaw(keyword, value))), None)


def value_flaw(schema: Mapping[str, Any], value: Any) -> str | None:
    """Where and why a value is not valid to a schema; ``None`` if it is."""
    try:
        error = next(iter(_validator(schema).iter_errors(value)), None)
    except (RecursionError, OverflowError):
        return "the answer is nested too deep for its schema"
    return f"{error.json_path:.80}: {error.message:.200}" if error is not None else None


def _validator(schema: Mapping[str, Any]) -> Any:
    """A validator whose work is bounded: patterns are RE2's, which take linear time, and references counted.

    Without references a schema cannot contain itself, so what they lead to is all that can multiply.
    """
    reference, left = Draft202012Validator.VALIDATORS["$ref"], _REFERENCES

    def counted(validator: Any, ref: str, instance: Any, within: Any) -> Iterator[ValidationError]:
        nonlocal left
        left -= 1
        if left < 0:
            raise OverflowError
        yield from reference(validator, ref, instance, within) or ()

    keywords = {"$ref": counted, "pattern": _pattern, "uniqueItems": _unique}
    bounded = extend(Draft202012Validator, keywords)
    return bounded(dict(schema), format_checker=_FORMATS, registry=Registry())


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _matches(pattern, instance):
        yield ValidationError(f"{instance!r:.80} does not match {pattern!r:.80}")


def _unique(validator: Any, wanted: bool, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """As jsonschema's own, whose time grows with the square of the items."""
    if wanted and isinstance(instance, list) and len(set(map(_canonical, instance))) < len(instance):
        yield ValidationError("an item is there twice")


def _matches(pattern: str, text: str) -> bool:
    """Whether RE2 finds ``pattern`` in ``text``. Raises ``ValueError`` where it cannot read the pattern."""
    matched: bool = pc.match_substring_regex(text_scalar(text), pattern).as_py()
    return matched


def _keywords(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every key of a schema with its value, however deep."""
    if isinstance(schema, Mapping):
        yield from schema.items()
    for inner in (
        schema.values() if isinstance(schema, Mapping) else schema if isinstance(schema, list) else ()
    ):
        yield from _keywords(inner)


def _flaw(keyword: str, value: Any) -> str | None:
    """Why a schema with this keyword is refused, rather than read as less than it says."""
    if keyword in _REFUSED:
        return f"{keyword!r} is not supported"
    if keyword == "format" and isinstance(value, str) and value not in _FORMATS.checkers:
        return f"the format {value!r} is not checked; those that are: {', '.join(sorted(_FORMATS.checkers))}"
    if keyword == "$ref" and isinstance(value, str) and not value.startswith("#"):
        return f"$ref leads out of the schema: {value!r:.80}"
    if keyword == "pattern" and isinstance(value, str):
        try:
            _matches(value, "")
        except ValueError as error:
            return f"pattern {value!r:.80}: {error!s:.80}"
    return None


def _is_date_time(text: object) -> bool:
    return not isinstance(text, str) or bool(_DATE_TIME.fullmatch(text) and _reads(datetime, text))


def _is_time(text: object) -> bool:
    return not isinstance(text, str) or bool(_TIME.fullmatch(text) and _reads(time, text))


def _is_email(text: object) -> bool:
    return not isinstance(text, str) or _EMAIL.fullmatch(text) is not None


def _is_uri(text: object) -> bool:
    if not isinstance(text, str) or not text.isprintable() or any(sign in text for sign in ' <>"\\^`{|}'):
        return not isinstance(text, str)
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path))


def _reads(kind: type[datetime] | type[time], text: str) -> bool:
    try:
        kind.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def _format_checker() -> FormatChecker:
    """The formats that are checked: jsonschema's, and ours where it would take more packages."""
    checker = FormatChecker(("date", "ipv4", "ipv6", "uuid"))
    ours = {"date-time": _is_date_time, "time": _is_time, "email": _is_email, "uri": _is_uri}
    for name, check in ours.items():
        checker.checks(name)(check)
    return checker


_FORMATS = _format_checker()


def _canonical(value: Any) -> str:
    """A value as JSON; numbers that are equal are written alike."""
    return json.dumps(_whole(value), sort_keys=True, ensure_ascii=False)


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(map(_whole, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value

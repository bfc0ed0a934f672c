"""Whether an answer is what the client asked for, where a program can tell: JSON, and of the schema given."""

from __future__ import annotations

from collections.abc import Mapping

from harness.graders.schemas import schema_flaw, value_flaw
from harness.jsontext import parse_strict
from harness.serve.frames import Progress
from harness.serve.requests import ClientRequest


def value_of(request: ClientRequest, progress: Progress) -> float | None:
    """1 for an answer that holds, 0 for one that does not; ``None`` where nothing was asked of its form."""
    form = request.body.get("response_format")
    if request.kind != "chat/completions" or not isinstance(form, Mapping) or progress.calls:
        return None
    if form.get("type") not in ("json_object", "json_schema"):
        return None
    try:
        value = parse_strict("".join(progress.words))
    except ValueError:
        return 0.0
    if form["type"] == "json_object":
        return float(isinstance(value, dict))
    given = form.get("json_schema")
    schema = given.get("schema") if isinstance(given, Mapping) else None
    if not isinstance(schema, Mapping) or schema_flaw(schema) is not None:
        return None
    return float(value_flaw(schema, value) is None)

"""The list of models that an endpoint gives."""

from __future__ import annotations

from difflib import get_close_matches

from harness import jsontext
from harness.engines.endpoint.failures import ErrorInside, error_in
from harness.errors import ModelUnavailable
from harness.records import ModelSpec


def find_in_list(text: str, spec: ModelSpec, host: str) -> str:
    """Look for ``spec.model`` in a response of ``host``, and say what it lists in a line.

    Raises ``ErrorInside`` where the response is no list, ``ModelUnavailable`` where the model is not in it.
    """
    data = jsontext.parse(text) if text.lstrip()[:1] in ("{", "[") else text
    if isinstance(data, str) or error_in(data) is not None:
        raise ErrorInside(data, named=not isinstance(data, str))
    listed = data.get("data") if isinstance(data, dict) else data
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    names = [str(entry["id"]) for entry in entries if entry.get("id")]
    model = str(spec.model)
    if names and not any(name == model or name.endswith(f"/{model}") for name in names):
        near = get_close_matches(model, names, 3, 0.4)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise ModelUnavailable(f"model {spec.id}: {host} does not list {model!r}{hint}")
    return f"{host} lists {model}" if names else f"{host} answers, and lists no models"

"""The parameters of a local model: what ``params`` in models.yaml may say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

from harness.engines.local.templates import Template
from harness.errors import ModelUnavailable
from harness.fieldtypes import Between
from harness.models.params import REQUEST_PARAMS

PLACING: Mapping[str, Any] = {
    "n_ctx": Annotated[int, Between(1, 100_000_000)],
    "n_gpu_layers": Annotated[int, Between(-1, 100_000)],
    "n_threads": Annotated[int, Between(1, 1024)],
    "n_batch": Annotated[int, Between(1, 1_000_000)],
    "n_slots": Annotated[int, Between(1, 1024)],
    "template": Template,
}
"""How it is put into memory: the fields of ``native.Placement``."""

SAMPLING: Mapping[str, Any] = {
    "top_k": Annotated[int, Between(0, 1_000_000)],
    "min_p": Annotated[float, Between(0, 1)],
    "repeat_penalty": Annotated[float, Between(0, 10)],
    "grammar": str,  # json, or a file
}
PARAMS = {**PLACING, **SAMPLING}

_KINDS = {int: "a whole number", float: "a number", str: "json or a file"}


def check_params(model: str, params: Mapping[str, Any]) -> None:
    """Refuse what is unknown, of another type or out of range; those of requests are not looked at.

    For models that come from elsewhere than ``models.yaml``, which is checked with its lines.
    Raises ``ModelUnavailable``.
    """
    for key, value in params.items():
        if key in REQUEST_PARAMS:
            continue
        if key not in PARAMS:
            allowed = ", ".join(sorted(PARAMS.keys() | REQUEST_PARAMS.keys()))
            raise ModelUnavailable(f"model {model}: params has an unknown key {key!r}; known: {allowed}")
        if get_origin(PARAMS[key]) is Literal:
            if value in (words := get_args(PARAMS[key])):
                continue
            raise ModelUnavailable(
                f"model {model}: params {key} must be {' or '.join(words)}, not {value!r:.40}"
            )
        kind, *between = get_args(PARAMS[key]) or (PARAMS[key],)
        fits = type(value) is kind or (kind is float and type(value) is int)
        if not fits or any(check(value) for check in between):
            bounds = "".join(f" from {check.low:g} to {check.high:,g}" for check in between)
            raise ModelUnavailable(
                f"model {model}: params {key} must be {_KINDS[kind]}{bounds}, not {value!r:.40}"
            )

"""Parameters of a model that every engine knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from harness.fieldtypes import Between
from harness.filesections import FileSection, check_keys, convert

REQUEST_PARAMS: Mapping[str, Any] = {
    "temperature": Annotated[float, Between(0, 5)],
    "top_p": Annotated[float, Between(0, 1)],
    "max_tokens": Annotated[int, Between(1, 10_000_000)],
    "timeout_s": Annotated[float, Between(0.1, 86_400)],
    "scoring": Literal["generate", "loglik"],
}
"""Keys of ``ModelSpec.params`` that reach an engine inside each ``Request``; the rest is the engine's own."""


def check_params(params: FileSection, own: Mapping[str, Any] | None) -> None:
    """Refuse what an engine does not know and values that cannot be. Raises ``ConfigError``.

    ``own`` are the types of the engine's own parameters; ``None``: it passes on whatever is given.
    """
    types = {**REQUEST_PARAMS, **(own or {})}
    if own is not None:
        check_keys(params, types, "'params'")
    for key in params.keys() & types.keys():
        convert(params[key], types[key], params, key)

"""Parameters of a model that every engine knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from harness.fieldtypes import Between

REQUEST_PARAMS: Mapping[str, Any] = {
    "temperature": Annotated[float, Between(0, 5)],
    "top_p": Annotated[float, Between(0, 1)],
    "max_tokens": Annotated[int, Between(1, 10_000_000)],
    "timeout_s": Annotated[float, Between(0.1, 86_400)],
}
"""Keys of ``ModelSpec.params`` that reach an engine inside each ``Request``; the rest is the engine's own."""

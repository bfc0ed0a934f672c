"""The parameters of a local model: what ``params`` in models.yaml may say of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from harness.engines.local.footprint import KvType
from harness.engines.local.templates import Template
from harness.errors import ConfigError, ModelUnavailable
from harness.fieldtypes import Between
from harness.filesections import section_of
from harness.models.params import REQUEST_PARAMS, check_params

PLACING: Mapping[str, Any] = {
    "n_ctx": Annotated[int, Between(1, 100_000_000)],
    "n_gpu_layers": Annotated[int, Between(-1, 100_000)],
    "n_threads": Annotated[int, Between(1, 1024)],
    "n_batch": Annotated[int, Between(1, 1_000_000)],
    "n_slots": Annotated[int, Between(1, 1024)],
    "template": Template,
    "kv": KvType,
}
"""How it is put into memory: the fields of ``native.Placement``."""

SAMPLING: Mapping[str, Any] = {
    "top_k": Annotated[int, Between(0, 1_000_000)],
    "min_p": Annotated[float, Between(0, 1)],
    "repeat_penalty": Annotated[float, Between(0, 10)],
    "grammar": str,  # json, or a file
}
PARAMS = {**PLACING, **SAMPLING}


def check_local_params(model: str, params: Mapping[str, Any]) -> None:
    """Refuse what is unknown, of another type or out of range; those of requests are not looked at.

    For models that come from elsewhere than ``models.yaml``, which is checked with its lines.
    Raises ``ModelUnavailable``.
    """
    own = {key: value for key, value in params.items() if key not in REQUEST_PARAMS}
    try:
        check_params(section_of(own, Path("params"), 0), PARAMS)
    except ConfigError as error:
        raise ModelUnavailable(f"model {model}: {error}") from None

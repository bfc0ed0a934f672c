"""Where a model's GGUF file is: a path, Hugging Face's cache, or Ollama's store."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from harness.errors import ModelUnavailable
from harness.records import ModelSpec

_OLLAMA_MODEL = "application/vnd.ollama.image.model"


def find_file(spec: ModelSpec, *, download: bool) -> Path | None:
    """The file that ``path``, ``hf`` or ``model`` (a name in Ollama's store) names.

    ``None`` when it is a file on Hugging Face that is not here and ``download`` is false.
    Raises ``ModelUnavailable``.
    """
    if spec.path:
        path = Path(spec.path)
        if not path.is_file():
            raise ModelUnavailable(
                f"model {spec.id}: there is no file {path}; correct `path`, or get the model"
            )
        return path
    if spec.hf:
        return _hugging_face(spec, download)
    if spec.model:
        return _ollama(spec)
    raise ModelUnavailable(
        f"model {spec.id}: `path` must name a GGUF file, "
        "or `hf` owner/repo/file.gguf, or `model` one of Ollama's"
    )


def _hugging_face(spec: ModelSpec, download: bool) -> Path | None:
    """A file in the cache needs no network; ``hf`` may end in ``@revision``."""
    name, _, revision = str(spec.hf).partition("@")
    owner, _, rest = name.partition("/")
    repository, _, file = rest.partition("/")
    if not file:
        raise ModelUnavailable(f"model {spec.id}: `hf` must be owner/repo/file.gguf, not {spec.hf!r}")
    try:
        hub: Any = import_module("huggingface_hub")  # optional
    except ImportError:
        raise ModelUnavailable(
            f"model {spec.id}: `hf` needs huggingface_hub; run: pip install huggingface_hub"
        ) from None
    found = hub.try_to_load_from_cache(f"{owner}/{repository}", file, revision=revision or None)
    if isinstance(found, str):
        return Path(found)
    if not download:
        return None
    try:
        return Path(hub.hf_hub_download(f"{owner}/{repository}", file, revision=revision or None))
    except Exception as error:  # its errors come from four packages; all of them mean: no file
        reason = " ".join(str(error).split())
        raise ModelUnavailable(f"model {spec.id}: cannot get hf:{spec.hf}: {reason:.200}") from None


def _ollama(spec: ModelSpec) -> Path:
    """The weights of ``name[:tag]`` among the blobs; ``OLLAMA_MODELS`` says where the store is."""
    store = Path(os.environ.get("OLLAMA_MODELS") or "~/.ollama/models").expanduser()
    name, _, tag = str(spec.model).partition(":")
    parts = name.split("/")
    if len(parts) == 1:
        parts = ["library", *parts]
    if len(parts) == 2:
        parts = ["registry.ollama.ai", *parts]
    manifest = store.joinpath("manifests", *parts, tag or "latest")
    try:
        layers = json.loads(manifest.read_bytes())["layers"]
        digest = next(layer["digest"] for layer in layers if layer["mediaType"] == _OLLAMA_MODEL)
        blob = store / "blobs" / str(digest).replace(":", "-")
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        what = f"Ollama's store {store} has no model {spec.model}"
        raise ModelUnavailable(f"model {spec.id}: {what}; run: ollama pull {spec.model}") from None
    if not blob.is_file():
        raise ModelUnavailable(
            f"model {spec.id}: {blob} is missing from Ollama's store; run: ollama pull {spec.model}"
        )
    return blob

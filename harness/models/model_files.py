"""Where a model's GGUF file is: a path, a Python package, Hugging Face's cache, or Ollama's store."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from harness.errors import ConfigError, ModelUnavailable
from harness.jsontext import read_json
from harness.models.packages import packaged_file
from harness.models.shards import shard_names
from harness.records import ModelSpec

_SHA256 = re.compile("[0-9a-f]{64}")
_REASONS = {  # by the names of huggingface_hub's errors
    "LocalEntryNotFoundError": "the hub cannot be asked ({cause:.90}), and the file is not in its cache",
    "OfflineModeIsEnabled": "HF_HUB_OFFLINE is set, and the file is not in its cache",
    "RemoteEntryNotFoundError": "{repository} has no file {file}",
    "RepositoryNotFoundError": "there is no {repository}, or it is private: set HF_TOKEN",
    "GatedRepoError": "{repository} asks for consent: give it on its page, and set HF_TOKEN",
    "RevisionNotFoundError": "{repository} has no revision {revision}",
}
_OLLAMA_MODEL = "application/vnd.ollama.image.model"
_OLLAMA_PROJECTOR = "application/vnd.ollama.image.projector"


def find_file(spec: ModelSpec, *, download: bool) -> Path | None:
    """The file that ``path``, ``package``, ``hf`` or ``model`` (a name in Ollama's store) names.

    ``None`` when it is a file on Hugging Face that is not here and ``download`` is false; checksums are
    compared only where it is true.
    Raises ``ModelUnavailable``.
    """
    if spec.path:
        path = Path(spec.path)
        if not path.is_file():
            raise ModelUnavailable(
                f"model {spec.id}: there is no file {path}; correct `path`, or get the model"
            )
        return path
    if spec.package:
        try:
            return packaged_file(spec.package, verify=download)
        except ModelUnavailable as error:
            raise ModelUnavailable(f"model {spec.id}: {error}") from None
    if spec.hf:
        return _hugging_face(spec, download)
    if spec.model:
        return _ollama(spec, _OLLAMA_MODEL)
    raise ModelUnavailable(
        f"model {spec.id}: `path` must name a GGUF file, or `package` a Python package that has one, "
        "or `hf` owner/repo/file.gguf, or `model` one of Ollama's"
    )


def with_path(spec: ModelSpec) -> ModelSpec:
    """The model with the path of its file, where it is here: rules name paths."""
    if not (spec.package or spec.hf):
        return spec
    try:
        path = find_file(spec, download=False)
    except ModelUnavailable:
        return spec
    return replace(spec, path=str(path)) if path else spec


def find_projector(spec: ModelSpec) -> Path | None:
    """The file that ``mmproj`` names, or else the manifest of a model in Ollama's store.

    Raises ``ModelUnavailable``.
    """
    if spec.mmproj:
        path = Path(spec.mmproj)
        if not path.is_file():
            raise ModelUnavailable(f"model {spec.id}: there is no file {path}; correct `mmproj`")
        return path
    if spec.path or spec.package or spec.hf or not spec.model:
        return None
    return _ollama(spec, _OLLAMA_PROJECTOR)


def projector_beside(spec: ModelSpec, path: Path) -> Path | None:
    """The one projector in the cached snapshot that ``path`` is of, where the model names none."""
    if not spec.hf or spec.mmproj or (commit := hub_commit(path)) is None:
        return None
    snapshot = next(folder for folder in path.parents if folder.name == commit)
    cached = sorted(snapshot.rglob("mmproj*.gguf"))
    return cached[0] if len(cached) == 1 else None


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
    paths = [
        _from_hub(spec, hub, f"{owner}/{repository}", name, revision, download) for name in shard_names(file)
    ]
    return None if None in paths else paths[0]


def _from_hub(
    spec: ModelSpec, hub: Any, repository: str, file: str, revision: str, download: bool
) -> Path | None:
    """One file, from the cache or by download; ``None`` where it would have to be downloaded first."""
    cached = hub.try_to_load_from_cache(repository, file, revision=revision or None)
    if isinstance(cached, str):
        return Path(cached)
    if not download:
        return None
    try:
        path = Path(hub.hf_hub_download(repository, file, revision=revision or None))
    except Exception as error:  # its errors come from four packages; all of them mean: no file
        cause = _REASONS.get(type(error).__name__, "{error}").format(
            repository=repository,
            file=file,
            revision=revision or "main",
            cause=str(error.__cause__),
            error=error,
        )
        reason = " ".join(cause.split())
        raise ModelUnavailable(f"model {spec.id}: cannot get hf:{spec.hf}: {reason:.200}") from None
    _verify(spec, path)
    return path


def _verify(spec: ModelSpec, path: Path) -> None:
    """Compare a file just fetched with its SHA-256, after which the cache names large files."""
    blob = path.resolve()
    if not _SHA256.fullmatch(blob.name):
        return
    with blob.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() == blob.name:
            return
    blob.unlink()
    path.unlink(missing_ok=True)
    raise ModelUnavailable(
        f"model {spec.id}: what came for hf:{spec.hf} is not what its checksum says; "
        "it was deleted, try again"
    )


def hub_commit(path: Path) -> str | None:
    """The commit that a file in Hugging Face's cache belongs to."""
    folders = path.parts
    at = folders.index("snapshots") + 1 if "snapshots" in folders else len(folders)
    return folders[at] if at < len(folders) else None


def _ollama(spec: ModelSpec, kind: str) -> Path | None:
    """The blob of a kind that ``name[:tag]`` has, if any; ``OLLAMA_MODELS`` says where the store is.

    A model without weights is none. Raises ``ModelUnavailable``.
    """
    store = Path(os.environ.get("OLLAMA_MODELS") or "~/.ollama/models").expanduser()
    name, _, tag = str(spec.model).partition(":")
    parts = name.split("/")
    if len(parts) == 1:
        parts = ["library", *parts]
    if len(parts) == 2:
        parts = ["registry.ollama.ai", *parts]
    manifest = store.joinpath("manifests", *parts, tag or "latest")
    try:
        layers = read_json(manifest)["layers"]
        digests = {layer["mediaType"]: str(layer["digest"]) for layer in reversed(layers)}
        if _OLLAMA_MODEL not in digests:
            raise ValueError("no weights")
    except (ConfigError, ValueError, LookupError, TypeError):
        what = f"Ollama's store {store} has no model {spec.model}"
        raise ModelUnavailable(f"model {spec.id}: {what}; run: ollama pull {spec.model}") from None
    if kind not in digests:
        return None
    blob = store / "blobs" / digests[kind].replace(":", "-")
    if not blob.is_file():
        raise ModelUnavailable(
            f"model {spec.id}: {blob} is missing from Ollama's store; run: ollama pull {spec.model}"
        )
    return blob

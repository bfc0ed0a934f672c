"""Where files are found: Hugging Face's cache and Ollama's store."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path

import pytest

from harness.engines.model_files import find_file
from harness.errors import ModelUnavailable
from harness.records import ModelSpec


def hub_model(name: str) -> ModelSpec:
    return ModelSpec("demo", "llama_cpp", "local", hf=name)


def ollama_model(name: str) -> ModelSpec:
    return ModelSpec("demo", "llama_cpp", "local", model=name)


def test_without_the_hub_package_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ModelUnavailable, match="pip install huggingface_hub"):
        find_file(hub_model("owner/repo/file.gguf"), download=True)
    with pytest.raises(ModelUnavailable, match=r"owner/repo/file\.gguf"):
        find_file(hub_model("file.gguf"), download=True)


def test_a_file_in_the_cache_is_not_downloaded(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = types.ModuleType("huggingface_hub")
    cached: dict[str, str] = {"here.gguf": str(demo)}
    asked = []

    def look(repository: str, file: str, revision: str | None) -> str | None:
        return cached.get(file)

    def download(repository: str, file: str, revision: str | None) -> str:
        asked.append((repository, file, revision))
        return str(demo)

    hub.try_to_load_from_cache = look  # type: ignore[attr-defined]
    hub.hf_hub_download = download  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    assert find_file(hub_model("owner/repo/here.gguf"), download=True) == demo
    assert find_file(hub_model("owner/repo/sub/there.gguf"), download=False) is None
    assert asked == []
    assert find_file(hub_model("owner/repo/sub/there.gguf@v2"), download=True) == demo
    assert asked == [("owner/repo", "sub/there.gguf", "v2")]


def test_models_of_ollama_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path))
    manifest = tmp_path / "manifests/registry.ollama.ai/library/small/7b"
    manifest.parent.mkdir(parents=True)
    layers = [
        {"mediaType": "application/vnd.ollama.image.template", "digest": "sha256:1"},
        {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:2"},
    ]
    manifest.write_text(json.dumps({"layers": layers}))
    with pytest.raises(ModelUnavailable, match=r"sha256-2 is missing.*ollama pull small:7b"):
        find_file(ollama_model("small:7b"), download=True)
    blob = tmp_path / "blobs/sha256-2"
    blob.parent.mkdir()
    blob.write_bytes(b"GGUF")
    assert find_file(ollama_model("small:7b"), download=True) == blob
    for name in ("small", "someone/small:7b", "small:8b"):
        with pytest.raises(ModelUnavailable, match=f"ollama pull {name}$"):
            find_file(ollama_model(name), download=True)
    manifest.write_text("not json")
    with pytest.raises(ModelUnavailable, match="ollama pull"):
        find_file(ollama_model("small:7b"), download=True)

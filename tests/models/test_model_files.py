"""Where files are found: Hugging Face's cache and Ollama's store."""

from __future__ import annotations

import hashlib
import json
import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest

from harness.engines.local.gguf_file import read_model_file
from harness.engines.local.placing import plan
from harness.errors import ModelUnavailable
from harness.models.model_files import find_file, find_projector, projector_beside
from harness.records import ModelSpec
from tests.engines.local.asking import request
from tests.engines.local.projector import write_projector
from tests.engines.local.test_llama_cpp import opened
from tests.engines.local.test_vision import png


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


def pulled(store: Path, name: str, **blobs: bytes) -> dict[str, Path]:
    """A model as ``ollama pull`` leaves it: a manifest, and a blob of each kind named after its digest."""
    paths, layers = {}, []
    for kind, data in {"template": b"{{ .Prompt }}", **blobs}.items():
        digest = hashlib.sha256(data).hexdigest()
        paths[kind] = store / "blobs" / f"sha256-{digest}"
        paths[kind].parent.mkdir(parents=True, exist_ok=True)
        paths[kind].write_bytes(data)
        media = f"application/vnd.ollama.image.{kind}"
        layers.append({"mediaType": media, "digest": f"sha256:{digest}", "size": len(data)})
    manifest = store.joinpath("manifests/registry.ollama.ai", *name.split("/"))
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps({"schemaVersion": 2, "layers": layers}))
    return paths


def test_models_of_ollama_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path))
    blob = pulled(tmp_path, "library/small/7b", model=b"GGUF")["model"]
    assert find_file(ollama_model("small:7b"), download=True) == blob
    assert find_projector(ollama_model("small:7b")) is None
    for name in ("small", "someone/small:7b", "small:8b"):
        with pytest.raises(ModelUnavailable, match=f"ollama pull {name}$"):
            find_file(ollama_model(name), download=True)
    blob.unlink()
    with pytest.raises(ModelUnavailable, match=f"{blob.name} is missing.*ollama pull small:7b"):
        find_file(ollama_model("small:7b"), download=True)
    for text in ("not json", "{}", '{"layers": []}', '{"layers": [1]}'):
        (tmp_path / "manifests/registry.ollama.ai/library/small/7b").write_text(text)
        with pytest.raises(ModelUnavailable, match="ollama pull"):
            find_file(ollama_model("small:7b"), download=True)


def test_ollama_s_manifest_names_the_projector(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    write_projector(tmp_path / "mmproj.gguf", read_model_file(demo).width)
    seeing = (tmp_path / "mmproj.gguf").read_bytes()
    blobs = pulled(tmp_path / "ollama", "someone/sees/latest", model=demo.read_bytes(), projector=seeing)
    model = ollama_model("someone/sees")
    assert find_projector(model) == plan(model, blobs["model"]).projector == blobs["projector"]
    assert find_projector(replace(model, mmproj=str(demo))) == demo, "what is named by hand comes first"
    red = png(tmp_path / "red.png", (255, 0, 0))
    assert opened(model, request(images=(str(red),)))[0].failure is None
    blobs["projector"].unlink()
    with pytest.raises(ModelUnavailable, match=r"is missing.*ollama pull someone/sees"):
        opened(model)


def test_a_projector_in_the_hub_s_snapshot_is_offered_but_not_taken(tmp_path: Path) -> None:
    snapshot = tmp_path / "hub/models--owner--repo/snapshots/0123abc"
    (snapshot / "sub").mkdir(parents=True)
    file, first = snapshot / "sub/m.gguf", snapshot / "mmproj-F16.gguf"
    assert projector_beside(hub_model("owner/repo/sub/m.gguf"), file) is None
    first.touch()
    model = hub_model("owner/repo/sub/m.gguf")
    assert projector_beside(model, file) == first and find_projector(model) is None
    assert projector_beside(replace(model, mmproj="other.gguf"), file) is None
    (snapshot / "sub/mmproj-Q8_0.gguf").touch()
    assert projector_beside(model, file) is None, "which of the two?"

from __future__ import annotations

import re
import shutil
import sys
import types
from dataclasses import replace
from pathlib import Path

import llama_cpp
import pytest

from harness import paths
from harness.engines.local import measured, placing
from harness.records import ModelSpec
from tests.cli.conftest import Harness


def test_files_are_measured_and_not_loaded(harness: Harness, tmp_path: Path) -> None:
    demo = paths.BUILTIN_MODELS / "demo-xs.gguf"
    cut = tmp_path / "cut.gguf"
    shutil.copy(demo, cut)
    with cut.open("r+b") as file:
        file.truncate(60_000)
    (tmp_path / "models.yaml").write_text(
        "models:\n"
        "  - {id: good, engine: llama_cpp, path: 'builtin:demo-xs.gguf', params: "
        "{n_slots: 3, n_ctx: 512, n_gpu_layers: 0}}\n"
        "  - {id: short, engine: llama_cpp, path: cut.gguf}\n"
    )
    done = harness("models", "check")
    assert done.code == 1
    row = next(line for line in done.out.splitlines() if "good" in line)
    assert row.split()[:7] == ["good", "Q8_0", "3", "×", "512", "0.1", "MB"]
    assert "yes, CPU" in row
    assert "short: " in done.err and "cut short or damaged (60,000 bytes)" in done.err
    assert "1 of 2 models cannot be used: short" in done.err
    assert harness("models", "check", "good").code == 0


def test_what_a_model_takes_is_compared_with_the_estimate_and_preferred(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measured, "cache_folder", lambda: tmp_path)
    (tmp_path / "models.yaml").write_text(
        "models: [{id: good, engine: llama_cpp, path: 'builtin:demo-xs.gguf', params: {n_gpu_layers: 0}}]"
    )

    def memory(*arguments: str) -> list[int]:
        row = re.search(r"(\d+) MB(?: \((\d+)\))? +yes, CPU", harness("models", "check", *arguments).out)
        assert row
        return [int(number) for number in row.groups() if number]

    (estimate,) = memory()
    taken, estimate_again = memory("--load")
    assert estimate == estimate_again and 0.5 < taken / estimate < 2
    assert memory() == [taken, estimate]
    model = ModelSpec("good", "llama_cpp", "local", path=str(paths.BUILTIN_MODELS / "demo-xs.gguf"))
    planned = placing.plan(replace(model, params={"n_gpu_layers": 0}), Path(str(model.path)))
    assert planned.needed == planned.measured and round(planned.needed / 1e6) == taken
    measured.keep_measured(planned.file.path, planned.standing, 1)
    assert round((measured.measured_bytes(planned.file.path, planned.standing) or 0) / 1e6) == taken


def test_memory_is_shown_for_another_context_and_measured_so(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measured, "cache_folder", lambda: tmp_path)
    (tmp_path / "models.yaml").write_text(
        "models:\n"
        "  - {id: small, engine: llama_cpp, path: 'builtin:demo-s.gguf', params: {n_gpu_layers: 0}}\n"
        "  - {id: hub, engine: llama_cpp, hf: org/deepseek-coder-33b-instruct-GGUF/x.Q4_K_M.gguf}\n"
        "  - {id: odd, engine: llama_cpp, hf: org/nobody-knows/x.Q4_K_M.gguf}\n"
    )
    hub = types.ModuleType("huggingface_hub")
    hub.try_to_load_from_cache = lambda repository, file, revision: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)

    def rows(*arguments: str) -> dict[str, list[str]]:
        lines = harness("models", "check", *arguments).out.splitlines()
        cells = [re.split(r" {2,}", line.strip()) for line in lines]
        return {line[0]: line[1:] for line in cells if len(line) > 2}

    wide = rows("--context", "512", "--slots", "4")
    narrow = rows("--context", "512", "--slots", "4", "--kv", "q8_0")
    assert wide["small"][:3] == ["F16", "4 × 512", "0.6 MB"] and wide["small"][-1] == "yes, CPU"
    assert float(narrow["small"][3].split()[0]) < float(wide["small"][3].split()[0])
    assert wide["hub"] == [
        "Q4_K_M",
        "4 × 512",
        "20.3 GB",
        "520 MB",
        "81 MB",
        "20.9 GB",
        "not here",
    ]
    assert wide["odd"] == ["Q4_K_M", "not here"]
    measured_so = rows("small", "--context", "512", "--slots", "4", "--kv", "q8_0", "--load")
    assert "(" in measured_so["small"][5]
    assert "(" not in rows("small", "--context", "512", "--slots", "4")["small"][5]
    assert "trained for 1,024 tokens, not 4,096" in harness("models", "check", "--context", "4096").out
    assert harness("models", "check", "--kv", "q3_0").code == 2


def test_what_a_run_would_hold_at_once_is_said(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models.yaml").write_text(
        "models:\n"
        "  - {id: one, engine: llama_cpp, path: 'builtin:demo-xs.gguf'}\n"
        "  - {id: two, engine: llama_cpp, path: 'builtin:demo-s.gguf'}\n"
        "  - {id: three, engine: llama_cpp, path: 'builtin:demo-m.gguf'}\n"
    )
    assert "A run loads one after the other" in harness("models", "check").out
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(placing, "free_gpu_memory", lambda: 1_500_000_000)
    listing = harness("models", "check").out
    assert (
        "yes, GPU" in listing and "holds 2 of them at once on the GPU: one, two; the others when" in listing
    )
    assert "at once" not in harness("models", "check", "one").out


def test_a_projector_that_is_not_named_is_offered(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = tmp_path / "snapshots/0123abc"
    snapshot.mkdir(parents=True)
    shutil.copy(paths.BUILTIN_MODELS / "demo-xs.gguf", snapshot / "m.gguf")
    (snapshot / "mmproj-F16.gguf").touch()
    hub = types.ModuleType("huggingface_hub")
    hub.try_to_load_from_cache = lambda repository, file, revision: str(snapshot / file)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    (tmp_path / "models.yaml").write_text("models: [{id: m, engine: llama_cpp, hf: owner/repo/m.gguf}]")
    assert f"if you name it: mmproj: {snapshot / 'mmproj-F16.gguf'}" in harness("models", "check").out

from __future__ import annotations

import shutil
from pathlib import Path

from harness import paths
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
    assert row.split()[:5] == ["good", "demo-xs.gguf", "0.1", "MB", "Q8_0"]
    assert "3 × 512" in row and "yes, CPU" in row
    assert "short: " in done.err and "cut short or damaged (60,000 bytes)" in done.err
    assert "1 of 2 models cannot be used: short" in done.err
    assert harness("models", "check", "good").code == 0

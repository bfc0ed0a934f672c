"""The demo models, smallest first."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import paths


@pytest.fixture(scope="session")
def demo_models() -> list[Path]:
    return sorted(paths.BUILTIN_MODELS.glob("demo-*.gguf"), key=lambda path: path.stat().st_size)


@pytest.fixture(scope="session")
def demo(demo_models: list[Path]) -> Path:
    """The smallest one."""
    return demo_models[0]

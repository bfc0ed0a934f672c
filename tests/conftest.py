"""What several test modules share: small suites on disk, and the demo models."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from harness import paths
from harness.engines.local import measured

# A busy machine is slow, not wrong: no example has a deadline, and drawing may take its time. The same
# examples are drawn every time, so that a change is judged by what it changes;
# `--hypothesis-profile explore` draws new ones.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("explore"), derandomize=True, database=None)
settings.load_profile("same")

WriteSuite = Callable[..., Path]

SUITE_YAML = """\
name: {name}
version: 1.0.0
category: {category}
language: en
description: A small suite.
licence: MIT
"""


def pytest_sessionstart() -> None:
    gc.disable()  # a seventh of the time in which thousands of tests are collected, of which none goes


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_measured(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What models took of memory in other tests, or for the person whose machine this is, is not known."""
    monkeypatch.setattr(measured, "cache_folder", lambda: tmp_path_factory.getbasetemp() / "measured")


@pytest.fixture
def write_suite(tmp_path: Path) -> WriteSuite:
    """Write ``tmp_path/suites/NAME`` with one task file and return the folder."""

    def write(tasks: str, name: str = "small", head: str = "", category: str = "math") -> Path:
        folder = tmp_path / "suites" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "suite.yaml").write_text(SUITE_YAML.format(name=name, category=category) + head)
        (folder / "tasks.yaml").write_text(tasks)
        return folder

    return write


TEN_SUMS = """\
- id: sum
  prompt: "What is {a} plus {b}?"
  grader: {numeric: {}}
  generator:
    seed: 1
    count: 10
    parameters: {a: {range: [1, 50]}, b: {range: [1, 50]}}
    answer: a + b
    wrong: ["a - b"]
"""


@pytest.fixture(scope="session")
def demo_models() -> list[Path]:
    return sorted(paths.BUILTIN_MODELS.glob("demo-*.gguf"), key=lambda path: path.stat().st_size)


@pytest.fixture(scope="session")
def demo(demo_models: list[Path]) -> Path:
    """The smallest one."""
    return demo_models[0]

"""Invented items in other people's formats, and the proof that what was imported grades as it should."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.importers.base import ImportedSuite, write
from harness.runner.check import check_suite
from harness.sandbox import open_sandbox
from harness.sandbox.base import Sandbox
from harness.suites import load_suite

WriteItems = Callable[[Iterable[Mapping[str, Any]]], Path]
Prove = Callable[[ImportedSuite], list[str]]
ProveTexts = Callable[[ImportedSuite], dict[str, str]]


@pytest.fixture
def write_items(tmp_path: Path) -> WriteItems:
    """Items as JSON lines."""

    def items(entries: Iterable[Mapping[str, Any]]) -> Path:
        path = tmp_path / "items.jsonl"
        path.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
        return path

    return items


@pytest.fixture(scope="session")
def confined() -> Sandbox:
    """One sandbox for all proofs: opening it takes longer than most of them."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    return open_sandbox("bwrap")


@pytest.fixture
def prove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confined: Sandbox) -> Prove:
    """Write the suite, load it, grade all its known answers: the flaws."""
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "off")

    def flaws(imported: ImportedSuite) -> list[str]:
        write(imported, tmp_path / "suites" / "new", force=True)
        suite = load_suite(tmp_path / "suites" / "new")
        return [flaw.what for flaw in check_suite(suite, confined)]

    return flaws


@pytest.fixture
def prove_texts(tmp_path: Path) -> ProveTexts:
    """The same of a suite whose answers are compared without running anything: flaws by task."""

    def flaws(imported: ImportedSuite) -> dict[str, str]:
        write(imported, tmp_path / "proved" / "new", force=True)
        return {
            flaw.task.id: flaw.what for flaw in check_suite(load_suite(tmp_path / "proved" / "new"), None)
        }

    return flaws

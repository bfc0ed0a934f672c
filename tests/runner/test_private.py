"""A private suite stays on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from harness.errors import HarnessWarning
from harness.results.manifests import read_manifests
from harness.runner.plan import Selection, plan_of
from tests.conftest import TEN_SUMS, WriteSuite

MODELS = """\
models:
  - {id: far, engine: openai, base_url: https://api.example.org/v1, model: m}
  - {id: near, engine: openai, base_url: "http://localhost:8080/v1", model: m}
  - {id: online, engine: command, command: [tool], network: true}
  - {id: offline, engine: command, command: [tool]}
  - {id: stored, engine: scripted, answers: a.jsonl}
"""


def excluded(selection: Selection, config: Path) -> dict[str, set[str]]:
    """The models that are not asked, by suite."""
    items = [item for item in plan_of(selection, config).items() if item.skip is not None]
    assert all("private" in (item.skip.reason if item.skip else "") for item in items)
    return {suite: {item.model.id for item in items if item.task.suite == suite} for suite in ("own", "open")}


def test_only_models_of_this_machine_are_asked(
    write_suite: WriteSuite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_suite(TEN_SUMS, "own", "policy: private\n")
    write_suite(TEN_SUMS, "open")
    config = tmp_path / "models.yaml"
    config.write_text(MODELS)
    monkeypatch.chdir(tmp_path)
    selection = Selection("own,open", "all", None, 1, 0)
    with pytest.warns(HarnessWarning, match="own: private, .* far and online not asked; --allow-remote"):
        assert excluded(selection, config) == {"own": {"far", "online"}, "open": set()}
    assert excluded(replace(selection, allow_remote=True), config) == {"own": set(), "open": set()}


def test_what_a_manifest_says_of_its_selection_is_read_again(tmp_path: Path) -> None:
    selection = asdict(Selection("own", "all", None, 1, 0, allow_remote=True))
    (tmp_path / "run").mkdir()
    (tmp_path / "run/_manifest.json").write_text(json.dumps({"run_id": "run", "selection": selection}))
    assert read_manifests(tmp_path, ["run"])[0]["selection"] == selection

"""Coding tools as they come from PyPI work on a project and are judged by what they leave."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from harness.models.config import load_config
from harness.runner.plan import RunPlan, Selection
from harness.solvers.base import put_suite
from harness.suites import load_suite
from tests.external.tools import ROOT, venv
from tests.loopback import USAGE, Loopback, Play, answer
from tests.projects import FILES, write_project
from tests.solvers.conftest import row_of

pytestmark = pytest.mark.external

BLOCK = "sums.py\n```python\n<<<<<<< SEARCH\n    return a\n=======\n    return a + b\n>>>>>>> REPLACE\n```\n"
PRIVATE = ("LITELLM_LOCAL_MODEL_COST_MAP", "OPENAI_API_BASE", "OPENAI_API_KEY")
OWN_FILES = ("--chat-history-file", "/tmp/chat.md", "--input-history-file", "/tmp/input")  # not the project's
QUIET = ("--no-check-update", "--no-show-model-warnings", "--no-show-release-notes", "--analytics-disable")


def whole(text: str) -> Play:
    """An answer in one piece."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return answer(
        200, {"id": "1", "object": "chat.completion", "model": "m", "choices": [choice], "usage": USAGE}
    )


@pytest.mark.parametrize(
    ("said", "passed", "error_type"),
    [(BLOCK, True, None), ("I would add them.", False, "no_edit")],
    ids=["a block", "words"],
)
def test_aider_edits_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, passed: bool, error_type: str | None
) -> None:
    program = venv("aider") / "aider"
    monkeypatch.setenv("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-placeholder-0123456789")
    with Loopback(whole(said)) as server:
        monkeypatch.setenv("OPENAI_API_BASE", server.url)
        options = [
            "--yes-always",
            "--no-git",
            "--no-stream",
            "--no-pretty",
            "--edit-format",
            "diff",
            *OWN_FILES,
            *QUIET,
        ]
        entry = {
            "id": "aider", "engine": "command", "network": True, "env": PRIVATE,
            "allow": [str(ROOT / "aider"), sys.base_prefix],
            "command": [str(program), *options, "--model", "openai/m", "--message-file", "{task}", "sums.py"],
            "params": {"timeout_s": 300},
        }  # fmt: skip
        (tmp_path / "models.yaml").write_text(json.dumps({"models": [entry]}))
        config = load_config(tmp_path / "models.yaml")
        selection = Selection("trees", "aider", None, 1, 0)
        suite = put_suite(load_suite(write_project(tmp_path)), selection.way)
        plan = RunPlan(selection, config, (suite,), tuple(config.choose_models("aider")))
        row = row_of(plan, tmp_path / "results")
    assert (row.passed, row.error_type) == (passed, error_type), (row.error, row.transcript)
    kept = json.loads(row.metrics)
    assert (kept["exit_code"], kept["status"], row.engine) == (0, "submitted", "command")
    assert any("Add." in str(call.body) for call in server.calls), "it was given the specification"
    assert "sk-placeholder" not in str(row)
    if passed:
        assert row.output == f"sums.py\n```py\n{FILES['reference/sums.py']}```\n"

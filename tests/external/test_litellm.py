"""LiteLLM itself: its check, its Router, its proxy with a real fallback, and a demo model behind it."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from harness.analysis.scoreboard import load
from harness.exporters import export
from harness.records import ModelSpec, RuleSet
from harness.routing.rules import build_rules
from tests.exporters.sample import golden, rule_set
from tests.external.tools import KEYS, free_port, post, running, venv
from tests.external.worlds import DOWN, chat, two_servers
from tests.loopback import Loopback
from tests.rows import answers, database

pytestmark = pytest.mark.external
MASTER_KEY = f"sk-{secrets.token_hex(32)}"  # the proxy does not start without one
SIGNED = {"Authorization": f"Bearer {MASTER_KEY}"}
OFFLINE = {
    **KEYS,
    "LITELLM_MASTER_KEY": MASTER_KEY,
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_TELEMETRY": "False",
}
DEMO = Path(__file__).parent.parent.parent / "harness" / "data" / "models" / "demo-s.gguf"


def config_file(rules: RuleSet, folder: Path) -> Path:
    path = folder / "litellm.yaml"
    path.write_text(export(rules, "litellm").files["litellm.yaml"])
    return path


def proxy(config: Path, port: int) -> list[str]:
    return [
        str(venv("litellm") / "litellm"),
        "--config",
        str(config),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]


def test_its_own_check_accepts_the_export(tmp_path: Path) -> None:
    command = [str(venv("litellm") / "litellm"), "--config", str(config_file(rule_set(), tmp_path))]
    done = subprocess.run([*command, "--validate_config"], env={**OFFLINE}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_router_takes_the_export_and_knows_every_group() -> None:
    code = (
        "import json, sys, yaml; from litellm import Router; c = yaml.safe_load(sys.stdin);"
        "r = Router(model_list=c['model_list'], **c['router_settings']);"
        "print(json.dumps(r.get_model_names()))"
    )
    text = golden("litellm", "litellm.yaml").read_text()
    done = subprocess.run(
        [str(venv("litellm") / "python"), "-c", code],
        input=text,
        env={**OFFLINE},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    names = set(json.loads(done.stdout.splitlines()[-1]))
    assert names == {entry["model_name"] for entry in yaml.safe_load(text)["model_list"]}


def test_its_proxy_falls_back_when_the_first_model_is_down(tmp_path: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with Loopback(DOWN) as first, Loopback(chat("from the second")) as second:
        config = config_file(two_servers(first, second), tmp_path)
        with running(proxy(config, port), f"{base}/health/liveliness", tmp_path / "log", env=OFFLINE):
            body = {"model": "task-code", "messages": [{"role": "user", "content": "hello"}]}
            reply = post(f"{base}/v1/chat/completions", body, SIGNED)
            direct = post(f"{base}/v1/chat/completions", {**body, "model": "task-classification"}, SIGNED)
        asked = [[c.body["model"] for c in s.calls if c.method == "POST"] for s in (first, second)]
    assert reply.status == 200, reply.body
    assert reply.body["choices"][0]["message"]["content"] == "from the second"
    headers = {name.lower(): value for name, value in reply.headers.items()}
    assert headers["x-litellm-attempted-fallbacks"] == "1"
    assert direct.status == 200
    assert set(asked[0]) == {"big-model"}
    assert asked[1] == ["small-model", "small-model"]


def test_rules_from_a_tournament_route_to_a_demo_model(tmp_path: Path) -> None:
    """Measured rows → rules → LiteLLM's proxy → ``python -m llama_cpp.server`` with a demo model."""
    serving, port = free_port(), free_port()
    spec = ModelSpec(
        "demo-s", "openai", "llama-server", base_url=f"http://127.0.0.1:{serving}/v1", model="demo-s"
    )
    rows = answers("demo-s", "1" * 60 + "0" * 20, suite="sums", task_type="math")
    rows += answers("demo-xs", "1" * 20 + "0" * 60, suite="sums", task_type="math")
    with database(tmp_path / "results", rows) as con:
        rules = build_rules(load(con), [spec], [], datetime.now(UTC))
    model = half_precision(DEMO, tmp_path / "demo-f16.gguf")
    server = [str(venv("server") / "python"), "-m", "llama_cpp.server", "--model", str(model)]
    server += ["--model_alias", "demo-s", "--port", str(serving), "--n_ctx", "512"]
    found = find_spec("llama_cpp")
    assert found is not None
    assert found.origin is not None
    ours = {"PYTHONPATH": str(Path(found.origin).parent.parent)}  # the package that is tested here
    assert sys.version_info[:2] == tuple(map(int, _version(venv("server") / "python").split(".")))
    with ExitStack() as stack:
        url = f"http://127.0.0.1:{serving}/v1/models"
        stack.enter_context(running(server, url, tmp_path / "server.log", env=ours))
        live = f"http://127.0.0.1:{port}/health/liveliness"
        stack.enter_context(
            running(proxy(config_file(rules, tmp_path), port), live, tmp_path / "log", env=OFFLINE)
        )
        body = {"model": "task-math", "messages": [{"role": "user", "content": "2 + 3 = ?"}], "max_tokens": 8}
        reply = post(f"http://127.0.0.1:{port}/v1/chat/completions", body, SIGNED)
    assert reply.status == 200, reply.body
    assert reply.body["choices"][0]["message"]["content"]


def half_precision(path: Path, target: Path) -> Path:
    """The model as F16: on some processors llama.cpp crashes when it rearranges tiny Q8_0 weights."""
    import llama_cpp

    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize = llama_cpp.LLAMA_FTYPE_MOSTLY_F16, True
    assert llama_cpp.llama_model_quantize(str(path).encode(), str(target).encode(), params) == 0
    return target


def _version(python: Path) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run(
        [str(python), "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()

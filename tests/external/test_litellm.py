"""LiteLLM itself: its check, its Router, its proxy with a real fallback, and a demo model behind it."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from harness.exporters import export
from harness.rules.file import load_rules
from harness.rules.ruleset import Match, RuleSet
from tests.exporters.sample import golden, rule_set
from tests.external.tools import KEYS, free_port, post, running, venv
from tests.external.worlds import DOWN, chat, two_servers
from tests.loopback import Loopback

pytestmark = pytest.mark.external
MASTER_KEY = f"sk-{secrets.token_hex(32)}"  # the proxy does not start without one
SIGNED = {"Authorization": f"Bearer {MASTER_KEY}"}
OFFLINE = {
    **KEYS,
    "LITELLM_MASTER_KEY": MASTER_KEY,
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_TELEMETRY": "False",
}


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
        "infos = {n: r.get_model_group_info(n) for n in r.get_model_names()};"
        "print(json.dumps({n: getattr(i, 'input_cost_per_token', None) for n, i in infos.items()}))"
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
    prices = json.loads(done.stdout.splitlines()[-1])
    assert prices.keys() == {entry["model_name"] for entry in yaml.safe_load(text)["model_list"]}
    assert prices["task-math"] == pytest.approx(1e-7)  # the export's own, in USD a token


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


def test_its_proxy_chooses_by_keywords_or_takes_the_default(tmp_path: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with Loopback(chat("from the first")) as first, Loopback(chat("from the second")) as second:
        rules = two_servers(first, second)
        worded = replace(rules.rules[0], match=Match(keywords=("compiler",)), params={"temperature": 0.25})
        config = config_file(replace(rules, rules=(worded, *rules.rules[1:])), tmp_path)
        with running(proxy(config, port), f"{base}/health/liveliness", tmp_path / "log", env=OFFLINE):
            replies = [
                post(
                    f"{base}/v1/chat/completions",
                    {"model": "auto", "messages": [{"role": "user", "content": text}]},
                    SIGNED,
                )
                for text in ("Why does the compiler complain?", "Prove it step by step. Think hard.", "hi")
            ]
        sent = [call.body for call in first.calls if call.method == "POST"]
    assert [reply.status for reply in replies] == [200] * 3, replies
    answers = [reply.body["choices"][0]["message"]["content"] for reply in replies]
    assert answers == ["from the first", "from the second", "from the second"]
    assert [body["temperature"] for body in sent] == [0.25]


def test_a_tournament_of_the_demo_models_ends_in_a_request_through_its_proxy(tmp_path: Path) -> None:
    """``harness run`` → ``rules build`` → ``rules export`` → LiteLLM → ``python -m llama_cpp.server``."""
    serving, port = free_port(), free_port()
    harness(tmp_path, "run", "--suite", "classification", "--models", "demo-m,demo-xs", "--limit", "600")
    harness(tmp_path, "rules", "build", "-o", "rules.yaml")
    harness(tmp_path, "rules", "check", "rules.yaml")
    url = f"http://127.0.0.1:{serving}/v1"
    harness(
        tmp_path,
        "rules",
        "export",
        "--rules",
        "rules.yaml",
        "--to",
        "litellm",
        "-o",
        "litellm.yaml",
        "--local-url",
        url,
    )
    rules = load_rules(tmp_path / "rules.yaml")
    rule = rules.rules[0]  # 600 tasks decide: one of them wins, or they are level
    chosen = next(model for model in rules.models if model.id == rule.primary)
    assert chosen.gguf_path is not None
    weights = half_precision(Path(chosen.gguf_path), tmp_path / "demo-f16.gguf")
    server = [str(venv("server") / "python"), "-m", "llama_cpp.server", "--model", str(weights)]
    server += ["--model_alias", chosen.upstream_name, "--port", str(serving), "--n_ctx", "512"]
    found = find_spec("llama_cpp")
    assert found is not None
    assert found.origin is not None
    ours = {"PYTHONPATH": str(Path(found.origin).parent.parent)}  # the package that is tested here
    live = f"http://127.0.0.1:{port}/health/liveliness"
    question = {"role": "user", "content": "Is this review positive or negative? The soup was cold."}
    body = {"model": "task-classification", "messages": [question], "max_tokens": 8}
    with ExitStack() as stack:
        stack.enter_context(running(server, f"{url}/models", tmp_path / "server.log", env=ours))
        stack.enter_context(
            running(proxy(tmp_path / "litellm.yaml", port), live, tmp_path / "log", env=OFFLINE)
        )
        reply = post(f"http://127.0.0.1:{port}/v1/chat/completions", body, SIGNED)
    assert reply.status == 200, reply.body
    assert reply.body["choices"][0]["message"]["content"]
    headers = {name.lower(): value for name, value in reply.headers.items()}
    assert headers["x-litellm-model-group"] == "task-classification"
    assert headers["x-litellm-attempted-fallbacks"] == "0"
    assert "POST /v1/chat/completions" in (tmp_path / "server.log").read_text()


def harness(folder: Path, *arguments: str) -> None:
    """A command as a user types it."""
    root = str(Path(__file__).parent.parent.parent)
    done = subprocess.run(
        [sys.executable, "-m", "harness", *arguments],
        cwd=folder, env={**os.environ, "PYTHONPATH": root}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def half_precision(path: Path, target: Path) -> Path:
    """The model as F16: on some processors llama.cpp crashes when it rearranges tiny Q8_0 weights."""
    import llama_cpp

    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize = llama_cpp.LLAMA_FTYPE_MOSTLY_F16, True
    assert llama_cpp.llama_model_quantize(str(path).encode(), str(target).encode(), params) == 0
    return target

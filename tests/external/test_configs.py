"""Tools that read a file: Semantic Router, opencode, OpenRouter's SDK, LangChain, Aider, llama-swap."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from harness.exporters import export
from tests.exporters.sample import golden, rule_set
from tests.external.tools import environment, free_port, get, go, npm, post, running, venv
from tests.external.worlds import DOWN, chat, two_servers
from tests.loopback import Loopback

pytestmark = pytest.mark.external

# The SDK speaks camelCase and sends snake_case: what comes out must be what went in.
_CHECK = """
import { readFileSync } from 'node:fs';
const camel = s => s.replace(/_([a-z])/g, (_, c) => c.toUpperCase());
const keys = v => Array.isArray(v) ? v.map(keys) : v && typeof v === 'object'
  ? Object.fromEntries(Object.entries(v).map(([k, w]) => [camel(k), keys(w)])) : v;
const out = {};
for (const [name, body] of Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8')))) {
  const parsed = schema.safeParse(keys({ ...body, messages: [{ role: 'user', content: 'hi' }] }));
  out[name] = parsed.success ? parsed.data : { error: String(parsed.error) };
}
console.log(JSON.stringify(out));
"""


def test_the_semantic_router_accepts_the_export_and_refuses_a_missing_model(tmp_path: Path) -> None:
    text = golden("semantic-router", "semantic-router.yaml").read_text()
    command = [str(venv("vllm-sr") / "vllm-sr"), "config", "validate", "--config"]
    for content, valid in ((text, True), (text.replace("- model: gguf-coder", "- model: gone"), False)):
        (tmp_path / "config.yaml").write_text(content)
        done = subprocess.run([*command, str(tmp_path / "config.yaml")], capture_output=True, text=True)
        assert (done.returncode == 0) is valid, done.stdout + done.stderr


def test_opencode_reads_the_export_as_it_is_meant(tmp_path: Path) -> None:
    text = golden("opencode", "opencode.json").read_text()
    (tmp_path / "opencode.json").write_text(text)
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
    understood, written = json.loads(done.stdout), json.loads(text)
    assert understood["model"] == written["model"]
    assert understood["small_model"] == written["small_model"]
    for name, agent in written["agent"].items():
        assert agent.items() <= understood["agent"][name].items()
    for name, provider in written["provider"].items():
        assert understood["provider"][name]["models"] == provider["models"]
        assert understood["provider"][name]["options"]["baseURL"] == provider["options"]["baseURL"]


def test_openrouters_schema_accepts_every_body_and_nothing_is_dropped(tmp_path: Path) -> None:
    script = tmp_path / "check.mjs"
    schema = npm("openrouter") / "@openrouter" / "sdk" / "esm" / "models" / "chatrequest.js"
    script.write_text(f"import {{ ChatRequest$outboundSchema as schema }} from '{schema}';\n{_CHECK}")
    path = golden("openrouter", "openrouter.json")
    done = subprocess.run(["node", str(script), str(path)], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr
    for name, body in json.loads(path.read_text()).items():
        sent = json.loads(done.stdout)[name]
        assert "error" not in sent, sent
        assert sent["models"] == body["models"]
        assert body["provider"].items() <= sent["provider"].items()


def test_langchain_runs_the_module_and_falls_back(tmp_path: Path) -> None:
    with Loopback(DOWN) as first, Loopback(chat("from the second")) as second:
        ((file, text),) = export(two_servers(first, second), "langchain").files.items()
        (tmp_path / file).write_text(text)
        code = "from routed_models import model_for; print(model_for('code').invoke('hello').content)"
        done = subprocess.run(
            [str(venv("langchain") / "python"), "-c", code],
            cwd=tmp_path, env=environment(), capture_output=True, text=True,
        )  # fmt: skip
        tried = len(first.calls)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "from the second\n"
    assert tried == 2  # one retry


def aider(folder: Path, *options: str) -> str:
    """What Aider says in a folder with its three files."""
    quiet = ["--no-git", "--yes-always", "--no-check-update", "--analytics-disable", "--no-pretty"]
    done = subprocess.run(
        [str(venv("aider") / "aider"), *quiet, "--no-stream", *options],
        cwd=folder,
        env=environment(HOME=str(folder), OPENAI_API_KEY="placeholder", LITELLM_LOCAL_MODEL_COST_MAP="True"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def test_aider_starts_with_the_models_of_the_export_and_asks_them(tmp_path: Path) -> None:
    with Loopback(chat("from the first")) as first, Loopback(chat("from the second")) as second:
        for file, text in export(two_servers(first, second), "aider").files.items():
            (tmp_path / file).write_text(text)
        started = aider(tmp_path, "--exit")
        assert "Main model: openai/big-model with diff edit format" in started
        assert "Weak model: openai/small-model" in started
        assert "from the first" in aider(tmp_path, "--message", "hello")
        assert "from the second" in aider(tmp_path, "--model", "classification", "--message", "hello")
        asked = {call.body["model"] for call in first.calls}, {call.body["model"] for call in second.calls}
    assert asked == ({"big-model"}, {"small-model"})
    settings = tmp_path / ".aider.model.settings.yml"
    settings.write_text(settings.read_text().replace("edit_format", "edit_formt"))
    assert "edit_formt" in aider(tmp_path, "--exit")  # it would have complained


def test_aider_knows_the_windows_and_prices_of_the_export(tmp_path: Path) -> None:
    exported = export(rule_set(), "aider").files[".aider.model.metadata.json"]
    (tmp_path / "metadata.json").write_text(exported)
    code = (
        "import json, sys; from aider import models; models.register_litellm_models(['metadata.json']);"
        "print(json.dumps({name: models.Model(name).info for name in json.load(open('metadata.json'))}))"
    )
    done = subprocess.run(
        [str(venv("aider") / "python"), "-c", code],
        cwd=tmp_path, env=environment(HOME=str(tmp_path)), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    known = json.loads(done.stdout.splitlines()[-1])
    for name, figures in json.loads(exported).items():
        assert figures.items() <= known[name].items()


def test_llama_swap_lists_the_models_and_passes_requests_on(tmp_path: Path) -> None:
    port = free_port()
    with Loopback(chat("from the first")) as first, Loopback(chat("from the second")) as second:
        text = export(two_servers(first, second), "llama-swap").files["llama-swap.yaml"]
        (tmp_path / "config.yaml").write_text(text)
        command = [str(go("llama-swap")), "--config", "config.yaml", "--listen", f"127.0.0.1:{port}"]
        base = f"http://127.0.0.1:{port}/v1"
        with running(command, f"{base}/models", tmp_path / "log", cwd=tmp_path):
            listed = {entry["id"] for entry in get(f"{base}/models").body["data"]}
            body = {"model": "small-model", "messages": [{"role": "user", "content": "hello"}]}
            reply = post(f"{base}/chat/completions", body)
    assert listed == {"big-model", "small-model"}
    assert reply.body["choices"][0]["message"]["content"] == "from the second"

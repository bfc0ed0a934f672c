"""Tools that say whether a file is right: Semantic Router, opencode, OpenRouter's SDK, LangChain."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from harness.exporters import export
from tests.exporters.sample import golden
from tests.external.tools import KEYS, npm, venv
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
        env={**os.environ, **KEYS, **home, "OPENCODE_DISABLE_MODELS_FETCH": "1"},
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
    done = subprocess.run(["node", str(script), str(path)], capture_output=True, text=True)
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
            cwd=tmp_path, env={**os.environ, **KEYS}, capture_output=True, text=True,
        )  # fmt: skip
        tried = len(first.calls)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "from the second\n"
    assert tried == 2  # one retry

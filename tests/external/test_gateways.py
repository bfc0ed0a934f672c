"""Gateways that run: Portkey and claude-code-router, every branch asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.exporters import export
from tests.external.tools import free_port, npm, post, running
from tests.external.worlds import DOWN, chat, two_servers
from tests.loopback import Loopback

pytestmark = pytest.mark.external


def test_portkey_takes_every_branch_and_falls_back(tmp_path: Path) -> None:
    port = free_port()
    start = npm("portkey") / "@portkey-ai" / "gateway" / "build" / "start-server.js"
    command = ["node", str(start), f"--port={port}", "--headless"]
    body = {"model": "any", "messages": [{"role": "user", "content": "hello"}]}
    with Loopback(DOWN) as first, Loopback(chat("from the second")) as second:
        text = export(two_servers(first, second), "portkey").files["portkey.json"]
        config = json.dumps(json.loads(text.replace("${OUR_API_KEY}", "key")))
        with running(command, f"http://127.0.0.1:{port}/", tmp_path / "log"):
            replies = [
                post(
                    f"http://127.0.0.1:{port}/v1/chat/completions",
                    body,
                    {"x-portkey-config": config, "x-portkey-metadata": json.dumps({"task_type": task_type})},
                )
                for task_type in ("code", "classification", "something else")
            ]
        asked = {call.body["model"] for call in first.calls}, [c.body["model"] for c in second.calls]
    for reply in replies:
        assert reply.status == 200, reply.body
        assert reply.body["choices"][0]["message"]["content"] == "from the second"
    assert asked == ({"big-model"}, ["small-model"] * 3)


def test_claude_code_router_sends_each_slot_to_its_model(tmp_path: Path) -> None:
    port = free_port()
    home = tmp_path / "home"
    (home / ".claude-code-router").mkdir(parents=True)
    with Loopback(chat("from the first")) as first, Loopback(chat("from the second")) as second:
        text = export(two_servers(first, second), "claude-code-router").files["claude-code-router.json"]
        config = json.loads(text) | {"PORT": port}
        (home / ".claude-code-router" / "config.json").write_text(json.dumps(config))
        command = [str(npm("claude-code-router") / ".bin" / "ccr"), "start"]
        base = f"http://127.0.0.1:{port}"
        body = {
            "model": "claude-sonnet",
            "max_tokens": 50,
            "messages": [{"role": "user", "content": "hello"}],
        }
        with running(command, f"{base}/", tmp_path / "log", env={"HOME": str(home)}):
            reply = post(f"{base}/v1/messages", body)
            named = post(f"{base}/v1/messages", {**body, "model": "one,big-model"})
        asked = [call.body["model"] for call in first.calls], [call.body["model"] for call in second.calls]
    assert reply.status == 200, reply.body
    assert reply.body["content"][0]["text"] == "from the second"
    assert named.body["content"][0]["text"] == "from the first"
    assert asked == (["big-model"], ["small-model"])

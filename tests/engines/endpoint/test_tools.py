"""Tools that are offered to a model: calls as servers send them, and servers that know none."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.engines.endpoint.refusals import BAD_CALL, NO_TOOLS
from harness.messages import CallingMessage, Message, ToolCall, ToolMessage, ToolSpec
from harness.records import Completion, ModelSpec
from tests.engines.endpoint.test_openai_api import SECRET, ask_one, request, spec
from tests.loopback import Loopback, Play, answer, stream

BASH = ToolSpec("bash", "Run a command.", {"type": "object"})
ASKED = request(tools=(BASH,))
LS, RM = '{"command": "ls"}', '{"command": "rm -rf ."}'


def part(arguments: Any, name: str = "bash", **more: Any) -> dict[str, Any]:
    return {**more, "function": {"name": name, "arguments": arguments}}


def calling(*parts: Any) -> Play:
    return stream(deltas=[{"tool_calls": [one]} for one in parts], finish="tool_calls")


def test_tools_and_calls_are_sent_as_the_protocol_has_them() -> None:
    made = CallingMessage("assistant", "I look.", ToolCall("call00001", "bash", LS))
    turns = (Message("user", "Do."), made, ToolMessage("tool", "a.py", "call00001"))
    done, server = ask_one(stream("Done."), request_=request(tools=(BASH,), messages=turns))
    assert done.call is None and done.output == "Done."
    body = server.calls[0].body
    assert body["tools"] == [{"type": "function", "function": {
        "name": "bash", "description": "Run a command.", "parameters": {"type": "object"}}}]  # fmt: skip
    function = {"name": "bash", "arguments": LS}
    assert body["messages"][1:] == [
        {"role": "assistant", "content": "I look.",
         "tool_calls": [{"id": "call00001", "type": "function", "function": function}]},
        {"role": "tool", "content": "a.py", "tool_call_id": "call00001"},
    ]  # fmt: skip
    assert "tools" not in ask_one(stream("x"))[1].calls[0].body


@pytest.mark.parametrize(
    "parts",
    [
        [part('{"comm', id="a", index=0), {"index": 0, "function": {"arguments": 'and": "ls"}'}}],
        [part('{"comm', id="a"), {"function": {"arguments": 'and": "ls"}'}}],
        [part("", id="a", index=0), part(LS, "", index=0)],
        [part("", index=0), part(LS, "", index=0, id="a")],
        [part('{"command": ', id="a", index=0), part('"ls"}', id="a", index=0)],
        [part(LS, id="a", index=0), part(RM, id="b", index=1)],
        [part(LS, id="a", index=0), part(RM, id="b", index=0)],
        [part(LS, id="a"), part(RM, id="b")],
        [part(LS, index=0), part(RM, index=1)],
        [part({"command": "ls"}, id="a", index=0)],
        [part(LS, id="a", index="0", type=None)],
    ],
    ids=[
        *("protocol", "no index", "name first", "late id", "id again", "two calls", "one index for two"),
        *("two ids", "two without ids", "an object", "odd types"),
    ],
)
def test_the_first_call_is_read_as_servers_send_it(parts: Sequence[Mapping[str, Any]]) -> None:
    done, _ = ask_one(calling(*parts), request_=ASKED)
    assert done.failure is None and done.call is not None
    assert (done.call.name, done.call.arguments, done.call.id in ("a", "")) == ("bash", LS, True)
    assert done.ttft_s is not None and done.finish_reason == "tool_calls"


@pytest.mark.parametrize("parts", [[None], ["x"], [{}], [{"function": 7, "id": 9}], [part(7, 8)]])  # type: ignore[arg-type]
def test_what_is_no_call_breaks_nothing(parts: Sequence[Any]) -> None:
    done, _ = ask_one(calling(*parts), request_=ASKED)
    assert done.failure is None and done.call == ToolCall("", "", "")


def test_an_answer_that_is_not_streamed_may_call_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", SECRET)
    calls = [part(f"{LS} {SECRET}", id="a"), part(RM, id="b")]
    message = {"role": "assistant", "content": None, "tool_calls": calls}
    whole = answer(200, {"choices": [{"message": message, "finish_reason": "tool_calls"}]})
    done, _ = ask_one(whole, request_=ASKED, api_key_env="KEY")
    assert done.call is not None and done.call.arguments.startswith(LS) and SECRET not in str(done)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"error": {"message": "stablelm2:latest does not support tools", "type": "api_error"}}),
        (400, {"object": "error", "message": '"auto" tool choice requires --enable-auto-tool-choice'}),
        (404, {"error": {"message": "No endpoints found that support tool use.", "code": 404}}),
        (500, {"error": {"code": 500, "message": "Unsupported param: tools", "type": "server_error"}}),
        (500, {"error": {"code": 500, "message": "tools param requires --jinja flag"}}),
        (422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "tools"], "msg": "Extra inputs"}]}),
        (400, {"error": {"message": "UnsupportedParamsError: no support for parameters: ['tools']"}}),
        (400, {"error": {"message": "Function calling is not enabled for this model"}}),
        (200, {"error": {"message": "this model does not support tools", "code": 400}}),
    ],
    ids=["Ollama", "vLLM", "OpenRouter", "Qwen", "llama.cpp", "FastAPI", "LiteLLM", "Gemini", "inside 200"],
)
def test_a_refusal_of_tools_is_asked_for_once(status: int, body: Any) -> None:
    async def in_turn(model: ModelSpec) -> list[Completion]:
        engine = OpenAIEndpoint(model)
        await engine.open()
        try:
            return [await engine.complete(one) for one in (ASKED, ASKED, request())]
        finally:
            await engine.close()

    with Loopback(answer(status, body), stream("x")) as server:
        first, second, plain = asyncio.run(in_turn(spec(server)))
    assert first.failure and (first.failure.kind, first.failure.fatal) == (NO_TOOLS, False)
    assert not first.failure.retryable and first.failure == second.failure
    assert plain.output == "x" and len(server.calls) == 2


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "Failed to call a function. Please adjust your prompt. (tool_use_failed)", BAD_CALL),
        (500, "error parsing tool call: raw='{', err=unexpected end of JSON input", BAD_CALL),
        (400, "temperature is too high", "bad_request"),
        (401, "this key may not use tools", "auth"),
        (429, "too many tool calls", "rate_limit"),
        (400, "maximum context length is 8192 tokens, tools included", "context_exceeded"),
    ],
)
def test_other_failures_are_what_they_are(status: int, message: str, kind: str) -> None:
    done, _ = ask_one(answer(status, {"error": {"message": message}}), request_=ASKED)
    assert done.failure and done.failure.kind == kind

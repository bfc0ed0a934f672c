"""Errors in every form that is known of endpoints, over a real connection: the reason stays, and so does
whether to ask again."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings, strategies

from harness.engines.endpoint.answer import Answer
from harness.engines.endpoint.failures import (
    ErrorInside,
    explanation,
    retry_after,
    status_failure,
    status_in,
)
from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.engines.endpoint.sse import EventReader
from harness.records import Completion, Failure, ModelSpec
from tests.engines.endpoint.test_openai_api import ask_one, failed, request, spec
from tests.loopback import Loopback, Play, answer, stream

CHUNK = 'data: {"choices": [{"index": 0, "delta": {"content": "so far"}}]}\n\n'
LAST = 'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'


def streamed(text: str) -> Play:
    return answer(200, text, kind="text/event-stream")


def event(value: Any) -> str:
    return f"data: {json.dumps(value)}\n\n"


# How it fails: the kind, and what follows: asked again, this one failed, or nothing more is asked.
AGAIN, FAILED, STOPPED = "asked again", "failed", "stopped"
How = tuple[str, str]
BUSY, LIMITED, LATE = ("server_error", AGAIN), ("rate_limit", AGAIN), ("timeout", AGAIN)
KEY, BROKE, ABSENT = ("auth", STOPPED), ("payment", STOPPED), ("not_found", STOPPED)
LONG, BAD, FILTERED = ("context_exceeded", FAILED), ("bad_request", FAILED), ("moderation", FAILED)
CUT, ALIEN = ("broken_stream", AGAIN), ("bad_response", FAILED)


def ask_in_turn(model: ModelSpec, times: int) -> list[Completion]:
    async def go() -> list[Completion]:
        engine = OpenAIEndpoint(model)
        await engine.open()
        try:
            return [await engine.complete(request()) for _ in range(times)]
        finally:
            await engine.close()

    return asyncio.run(go())


def fails(*plays: Play) -> list[tuple[How, str, Completion]]:
    """How each of the answers fails, with its message."""
    with Loopback(*plays) as server:
        done = ask_in_turn(spec(server), len(plays))
    failures = [one.failure or Failure("none", "") for one in done]
    hows = [(f.kind, STOPPED if f.fatal else AGAIN if f.retryable else FAILED) for f in failures]
    return list(zip(hows, [f.message for f in failures], done, strict=True))


def error(message: str, **more: Any) -> str:
    return event({"error": {"message": message, **more}})


IN_A_STREAM: dict[str, tuple[str, How, str]] = {
    "OpenAI": (error("The server had an error", type="server_error", code=None), BUSY, "had an error"),
    "code is a number": (error("slow", code=429), LIMITED, "slow"),
    "code is text": (error("soon", code="503"), BUSY, "soon"),
    "a wrong key": (error("who?", code=401), KEY, "who?"),
    "a key by its code": (error("no", type="invalid_request_error", code="invalid_api_key"), KEY, "api_key"),
    "OpenRouter": (
        event({"id": "gen-1", "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}],
               "error": {"code": 502, "message": "Provider returned error",
                         "metadata": {"raw": "upstream is out", "provider_name": "X"}}}),
        BUSY, "upstream is out"),
    "OpenRouter's choice": (
        event({"choices": [{"delta": {"content": ""}, "finish_reason": "error",
                            "error": {"code": 429, "message": "rate-limited upstream"}}]}),
        LIMITED, "rate-limited"),
    "Anthropic": (
        "event: error\n" + event({"type": "error", "error": {"type": "overloaded_error", "message": "Late"}}),
        BUSY, "Late"),
    "Anthropic's key": (
        event({"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}}),
        KEY, "x-api-key"),
    "vLLM": (event({"object": "error", "message": "maximum context length is 8", "type": "BadRequestError",
                    "param": None, "code": 400}), LONG, "maximum context"),
    "vLLM's engine": (event({"object": "error", "message": "engine is dead", "type": "InternalServerError",
                             "code": 500}), BUSY, "engine is dead"),
    "Ollama": (event({"error": "model runner has unexpectedly stopped"}), BUSY, "runner"),
    "Ollama's model": (event({"error": "model 'x' not found, try pulling it first"}), ABSENT, "try pulling"),
    "llama.cpp of 2025": (
        'error: {"code":400,"message":"the request exceeds the available context size","type":"x"}\n\n'
        "data: [DONE]\n\n", LONG, "available context size"),
    "llama.cpp": (error("Compute error.", code=500, type="server_error"), BUSY, "Compute"),
    "LM Studio": ("event: error\n" + error("tokens to keep from the initial prompt is greater than the "
                  "context length"), LONG, "tokens to keep"),
    "TGI": (event({"error": "Input validation error: less than 4096 tokens", "error_type": "validation"}),
            BAD, "less than 4096"),
    "TGI overloaded": ('data:{"error":"Model is overloaded","error_type":"overloaded"}\n\n', BUSY, "over"),
    "Groq": (error("Rate limit reached", type="tokens", code="rate_limit_exceeded"), LIMITED, "reached"),
    "quota by its type": (error("You are out", type="insufficient_quota"), BROKE, "insufficient_quota"),
    "Google": (event([{"error": {"code": 429, "message": "exhausted", "status": "RESOURCE_EXHAUSTED"}}]),
               LIMITED, "exhausted"),
    "Google by status": (event([{"error": {"message": "x", "status": "RESOURCE_EXHAUSTED"}}]), LIMITED, "x"),
    "Google by a gateway": (error('{\n "error": {"code": 429, "message": "check quota"}}', status="Many"),
                                 LIMITED, "check quota"),
    "LiteLLM": (error("litellm.RateLimitError: slow down", type="None", code="429"), LIMITED, "slow down"),
    "the package's words": (error("Error code: 503 - {'x': 1}"), BUSY, "503"),
    "FastAPI": (event({"detail": "Not Found"}), ABSENT, "Not Found"),
    "AWS": (event({"message": "Too many requests, please wait"}), LIMITED, "please wait"),
    "Zhipu": (event({"code": 1302, "msg": "too many requests", "success": False}), LIMITED, "too many"),
    "MiniMax": (event({"base_resp": {"status_code": 1004, "status_msg": "login fail"}}), KEY, "login fail"),
    "Cohere": (event({"errors": ["trial key", "rate limit"]}), LIMITED, "trial key"),
    "Apigee": (event({"fault": {"faultstring": "Service Unavailable", "detail": {"errorcode": "x"}}}),
               BUSY, "Unavailable"),
    "an error that says nothing": ("event: error\n\n", BUSY, "sent an error"),
    "text": ("event: error\ndata: the model was evicted\n\n", BUSY, "evicted"),
    "a sentence": ("data: the server is overloaded\n\n", BUSY, "is overloaded"),
    "a page": ("data: <html><title>504 Gateway Time-out</title></html>\n\n", BUSY, "Gateway Time-out"),
    "a bare line": ('{"error": {"message": "shutting down", "code": 503}}\n', BUSY, "shutting down"),
    "a bare line before the end": (
        '{"error": {"message": "shutting down", "code": 503}}\ndata: [DONE]\n\n', BUSY, "shutting down"),
    "a filter": (error("flagged by content policy", code=400), FILTERED, "flagged"),
    "no end of it": (error("timed out", code=408), LATE, "timed out"),
}  # fmt: skip


@pytest.mark.parametrize("before", ["", CHUNK, ": comment\n\ndata:\n\n"])
def test_an_error_in_a_stream_keeps_its_reason(before: str) -> None:
    got = fails(*(streamed(before + text) for text, _, _ in IN_A_STREAM.values()))
    for (name, (_, how, word)), (was, message, done) in zip(IN_A_STREAM.items(), got, strict=True):
        assert (name, was) == (name, how), message
        assert word in message
        assert done.output == ("so far" if before == CHUNK else "")


PAGE = "<!DOCTYPE html><html><head><title>502 Bad\nGateway</title></head>secret</html>"
IN_A_BODY: dict[str, tuple[Any, str, How, str]] = {
    "429": ({"error": {"code": 429, "message": "slow"}}, "json", LIMITED, "slow"),
    "503 as text": ({"error": {"status": "503", "message": "soon"}}, "json", BUSY, "soon"),
    "401": ({"error": {"code": 401, "message": "bad key"}}, "json", KEY, "bad key"),
    "a list": ([{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.",
                           "status": "INVALID_ARGUMENT"}}], "json", KEY, "not valid"),
    "a list of text": (["API key not valid"], "json", KEY, "not valid"),
    "quota": ({"error": {"message": "no", "type": "insufficient_quota"}}, "json", BROKE, "no"),
    "credit": ({"error": {"type": "invalid_request_error", "message": "credit balance is too low"}}, "json",
               BROKE, "too low"),
    "a page": (PAGE, "text/html", BUSY, "502 Bad Gateway"),
    "a page to log in": ("<html><title>Sign in &amp; go</title></html>", "text/html", ALIEN, "Sign in & go"),
    "a page called events": ("<html>\n<body>data: x</body></html>", "text/event-stream", ALIEN, "HTML"),
    "text": ("no healthy upstream", "text/plain", BUSY, "no healthy"),
    "text with a status": ("503 Service Temporarily Down", "text/plain", BUSY, "503"),
    "Go's page": ("404 page not found\n", "text/plain", ABSENT, "page not found"),
    "nothing": ("", "json", CUT, "empty body"),
    "white": (" \n\n", "text/event-stream", CUT, "empty body"),
    "many lines": ('{\n  "error": {\n    "code": 429,\n    "message": "later"\n  }\n}', "text/event-stream",
                   LIMITED, "later"),
    "something else": ({"status": "ok"}, "json", ALIEN, "base_url"),
    "Ollama's own": ({"message": {"role": "assistant", "content": "x"}}, "json", ALIEN, "base_url"),
    "deep": ("[" * 100_000, "json", ALIEN, "base_url"),
    "a huge number": ('{"error": {"code": ' + "9" * 5000 + ', "message": "odd"}}', "json", ALIEN, "odd"),
}  # fmt: skip


def test_an_error_with_status_200_keeps_its_reason() -> None:
    got = fails(
        *(
            answer(200, body, kind=kind.replace("json", "application/json"))
            for body, kind, _, _ in IN_A_BODY.values()
        )
    )
    for (name, (_, _, how, word)), (was, message, _) in zip(IN_A_BODY.items(), got, strict=True):
        assert (name, was) == (name, how), message
        assert word in message
        assert "secret" not in message and "\n" not in message and len(message) < 500


GEMINI = "You exceeded your current quota, please check your plan and billing details"
REFUSED: dict[str, tuple[int, Any, How]] = {
    "quota by its type": (429, {"error": {"message": "x", "type": "insufficient_quota"}}, BROKE),
    "Gemini's 429": (429, {"error": {"message": GEMINI, "status": "RESOURCE_EXHAUSTED"}}, LIMITED),
    "Gemini's key": (400, [{"error": {"code": 400, "message": "API key not valid"}}], KEY),
    "a model by its code": (400, {"error": {"code": "model_not_found", "message": "x"}}, ABSENT),
    "a context as 500": (500, {"error": "input exceeds the context window"}, LONG),
    "overloaded": (529, {"type": "error", "error": {"type": "overloaded_error"}}, BUSY),
    "deep": (500, "[" * 100_000, BUSY),
    "deep, and closed": (500, '{"a":' * 400 + "1" + "}" * 400, BUSY),
    "no text": (400, "\x00\x01", BAD),
}


def test_a_refusal_is_what_its_status_and_its_words_say() -> None:
    got = fails(*(answer(status, body) for status, body, _ in REFUSED.values()))
    for (name, (_, _, how)), (was, message, _) in zip(REFUSED.items(), got, strict=True):
        assert (name, was) == (name, how), message


END = "data: [DONE]\n\n"
HARMLESS = {
    "empty data": "data:\n\ndata: \n\n" + CHUNK + "data:\n\n" + LAST + END,
    "comments": ": ping\n\n:\n\n" + CHUNK + ": ping\n\n" + LAST,
    "CRLF": (CHUNK + LAST).replace("\n", "\r\n"),
    "CR": (CHUNK + LAST).replace("\n", "\r"),
    "null": "data: null\n\n" + CHUNK + LAST,
    "a mark": "\ufeff" + CHUNK + LAST,
    "no space": (CHUNK + LAST).replace("data: ", "data:"),
    "no empty line": (CHUNK + LAST).replace("\n\n", "\n") + "data: [DONE]\n",
    "no last line": CHUNK + LAST.rstrip(),
    "events with names": "event: chunk\nid: 4\nretry: 10\n" + CHUNK + "event: end\n" + LAST,
    "errors that say nothing": (CHUNK + LAST).replace('{"choices"', '{"error": null, "choices"'),
    "empty errors": (CHUNK + LAST).replace('{"choices"', '{"error": {"code": 0, "message": ""}, "choices"'),
    "a success that is said": (CHUNK + LAST).replace(
        '{"choices"', '{"base_resp": {"status_code": 0, "status_msg": "success"}, "choices"'
    ),
    "an error after the end": CHUNK + LAST + error("late", code=500),
    "lines of JSON": (CHUNK + LAST).replace("data: ", "").replace("\n\n", "\n"),
    "other chunks": event({"type": "ping"}) + CHUNK + event({"choices": [], "prompt_filter": []}) + LAST,
    "odd names": CHUNK.replace('{"choices"', '{"model": "m", "system_fingerprint": 7, "choices"') + LAST,
}


def test_what_does_no_harm_is_no_fault() -> None:
    for name, (_, message, done) in zip(HARMLESS, fails(*map(streamed, HARMLESS.values())), strict=True):
        assert (name, done.failure, done.output) == (name, None, "so far"), message
        assert done.finish_reason == "stop"


WHOLE = {
    "id": "1", "object": "chat.completion", "model": "small-1",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "so far"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2},
}  # fmt: skip


@pytest.mark.parametrize("body", [
    answer(200, WHOLE), answer(200, json.dumps(WHOLE, indent=2), kind="text/plain"), streamed(event(WHOLE)),
    streamed(json.dumps(WHOLE) + "\ndata: [DONE]\n\n"), streamed(event(WHOLE) + "data: [DONE]\n\n"),
])  # fmt: skip
def test_a_whole_answer_instead_of_a_stream_is_an_answer(body: Play) -> None:
    done, _ = ask_one(body)
    assert (done.failure, done.output, done.finish_reason) == (None, "so far", "stop")
    assert (done.prompt_tokens, done.completion_tokens, done.model_revision) == (3, 2, "small-1")
    assert done.latency_s is not None and done.ttft_s == done.latency_s


@pytest.mark.parametrize("nothing", ["", "null", "None", "FINISH_REASON_UNSPECIFIED"])
def test_a_finish_reason_that_says_nothing_is_no_end(nothing: str) -> None:
    chunk = CHUNK.replace('"so far"}', f'"so far"}}, "finish_reason": "{nothing}"')
    kind, _, done = failed(streamed(chunk * 3))
    assert (kind, done.output) == ("broken_stream", "so far" * 3)
    assert done.failure is not None and done.failure.retryable
    usage = event({"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}})
    assert failed(streamed(chunk + usage))[0] == "broken_stream", "figures in every chunk are no end either"
    done, server = ask_one(streamed(chunk + usage + "data: [DONE]\n\n"))
    assert (done.failure, done.output, done.finish_reason) == (None, "so far", None)
    assert done.notes == {"finish_reason": "missing"}
    assert len(server.calls) == 1
    assert failed(streamed("data: [DONE]\n\n"))[0] == "broken_stream", "an end of nothing"


@pytest.mark.parametrize(("reason", "means"), [
    ("STOP", "stop"), ("eos_token", "stop"), ("MAX_TOKENS", "length"), ("tool_calls", "tool_calls"),
])  # fmt: skip
def test_finish_reasons_have_one_spelling(reason: str, means: str) -> None:
    assert ask_one(stream("a", finish=reason))[0].finish_reason == means


@pytest.mark.parametrize(("reason", "kind"), [("SAFETY", "moderation"), ("network_error", "server_error")])
def test_a_finish_reason_may_be_a_failure(reason: str, kind: str) -> None:
    assert failed(stream("a", finish=reason))[0] == kind


def test_figures_beyond_all_bounds_are_unknown() -> None:
    usage = {"prompt_tokens": 10**30, "completion_tokens": 2.0, "cost": 1e200, "total_tokens": True}
    done, _ = ask_one(stream("a", usage=usage))
    assert (done.prompt_tokens, done.completion_tokens, done.billed_usd) == (None, 2, None)
    assert ask_one(stream("a", usage={"cost": True}))[0].billed_usd is None


@pytest.mark.parametrize(("body", "status"), [
    ({"error": {"code": "context_length_exceeded", "message": "x"}}, 400),
    ({"error": {"message": "used 512 tokens of 400 allowed"}}, None),
    ("Error: 512 tokens are too few", None),
    ("HTTP 429", 429),
    ({"error": {"code": 200, "message": "fine"}}, None),
    ({"error": {"code": "Status 7"}}, None),
    ({"error": {"type": "not_found_error"}}, 404),
    ({"type": "NotFoundError"}, 404),
    ("", None),
    (None, None),
])  # fmt: skip
def test_a_status_is_found_where_it_stands(body: Any, status: int | None) -> None:
    assert status_in(body) == status


def test_words_keep_the_labels_beside_them() -> None:
    assert explanation({"error": {"message": "no", "type": "t", "code": "c"}}) == "no (c, t)"
    assert explanation({"detail": [{"loc": ["body", "n"], "msg": "too few"}]}) == "too few (body.n)"
    assert explanation({"error": {"message": "rate_limit: c", "code": "c"}}) == "rate_limit: c"


@pytest.mark.parametrize("wait", ["nan", "1e999", "Mon, 32 Foo 99999", "", "-5"])
def test_a_wait_that_is_none_is_no_wait(wait: str) -> None:
    seconds = retry_after({"retry-after": wait})
    assert seconds is None or seconds >= 0


JSON: strategies.SearchStrategy[Any] = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats()
    | strategies.sampled_from(["", "stop", "error", "429", "overloaded", "so far", "\ud800"]),
    lambda inner: strategies.lists(inner, max_size=3)
    | strategies.dictionaries(
        strategies.sampled_from(
            ["choices", "delta", "message", "content", "finish_reason", "error", "errors", "code", "type",
             "status", "detail", "usage", "completion_tokens", "prompt_tokens_details", "model", "base_resp",
             "metadata", "raw"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(strategies.lists(JSON | strategies.binary(max_size=20) | strategies.sampled_from([CHUNK, LAST, END])))
def test_whatever_comes_is_an_answer_or_a_failure(parts: list[Any]) -> None:
    """No value that an endpoint sends is a mistake of ours: an exception of another kind would be one."""
    reader, answer_ = EventReader(), Answer(sent=0.0)
    failure = None
    try:
        for part in parts:
            text = part if isinstance(part, bytes | str) else f"data: {json.dumps(part)}\n\n"
            for one in reader.feed(text.encode() if isinstance(text, str) else text):
                answer_.take(one, 1.0)
        for one in reader.end():
            answer_.take(one, 1.0)
        answer_.take_rest(b"\n".join(reader.stray), 1.0)
    except ErrorInside as inside:
        failure = status_failure(status_in(inside.body), explanation(inside.body), {}, "host", None)
    except ValueError as wrong:
        failure = Failure("bad_response", str(wrong))
    done = answer_.completion("cost", answer_.flaw() and (failure or answer_.flaw()), 0.0, "", None)
    assert done.failure is None or done.failure.message
    json.dumps(asdict(done))

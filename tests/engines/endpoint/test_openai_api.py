from __future__ import annotations

import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from harness.engines.endpoint import openai_api
from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.errors import ModelUnavailable
from harness.messages import Message
from harness.records import Completion, ModelSpec, Quota, RateLimits, Request
from tests.loopback import Loopback, Play, answer, hang, raw, stream, trickle

SECRET = "sk-very-secret-0123456789"


def spec(server: Loopback, **changes: Any) -> ModelSpec:
    values: dict[str, Any] = {"provider": "mine", "base_url": server.url, "model": "small", **changes}
    return ModelSpec("endpoint", "openai", **values)


def request(**changes: Any) -> Request:
    values: dict[str, Any] = {"messages": (Message("user", "Say hello"),), "timeout_s": 5.0, **changes}
    return Request("1", "suite", "task", **values)


def ask(model: ModelSpec, *requests: Request) -> list[Completion]:
    async def go() -> list[Completion]:
        engine = OpenAIEndpoint(model)
        await engine.open()
        try:
            return list(await asyncio.gather(*map(engine.complete, requests)))
        finally:
            await engine.close()

    return asyncio.run(go())


def ask_one(*plays: Play, request_: Request | None = None, **changes: Any) -> tuple[Completion, Loopback]:
    with Loopback(*plays) as server:
        return ask(spec(server, **changes), request_ or request())[0], server


def failed(*plays: Play, request_: Request | None = None, **changes: Any) -> tuple[str, str, Completion]:
    done, _ = ask_one(*plays, request_=request_, **changes)
    assert done.failure is not None
    return done.failure.kind, done.failure.message, done


def test_a_steady_stream_is_one_text_with_times_and_usage() -> None:
    done, server = ask_one(
        stream("Hel", "lo", pause=0.05, extra={"model": "small-2026", "system_fingerprint": "fp1"}),
        request_=request(seed=7, max_tokens=9, stop=("END",), temperature=0.5),
    )
    assert done.failure is None
    assert (done.output, done.finish_reason) == ("Hello", "stop")
    assert (done.prompt_tokens, done.completion_tokens) == (11, 3)
    assert (done.reasoning_tokens, done.cached_tokens, done.billed_usd) == (None, None, None)
    assert done.model_revision == "small-2026@fp1"
    assert done.ttft_s is not None and done.latency_s is not None and 0 < done.ttft_s < done.latency_s
    sent = server.calls[0].body
    assert sent["messages"] == [{"role": "user", "content": "Say hello"}]
    assert (sent["seed"], sent["max_tokens"], sent["stop"], sent["temperature"]) == (7, 9, ["END"], 0.5)
    assert "top_p" not in sent
    assert sent["stream_options"] == {"include_usage": True}


def test_the_first_token_is_waited_for_and_the_last_pause_is_not_counted() -> None:
    done, _ = ask_one(stream("a", "b", first_pause=0.3))
    assert done.ttft_s is not None and done.latency_s is not None
    assert done.ttft_s >= 0.3
    assert done.latency_s >= done.ttft_s


def test_reasoning_counts_as_the_first_token_but_is_no_output() -> None:
    usage = {
        "prompt_tokens": 5,
        "completion_tokens": 30,
        "completion_tokens_details": {"reasoning_tokens": 20},
        "prompt_tokens_details": {"cached_tokens": 4},
        "cost": 0.00125,
    }
    done, _ = ask_one(stream("42", usage=usage, reasoning="Let me see", pause=0.1))
    assert done.output == "42"
    assert (done.reasoning_tokens, done.cached_tokens, done.billed_usd) == (20, 4, 0.00125)


def test_without_usage_tokens_are_unknown_and_nonsense_is_not_believed() -> None:
    done, _ = ask_one(stream("hi", usage=None))
    assert done.failure is None and done.output == "hi"
    assert (done.prompt_tokens, done.completion_tokens) == (None, None)
    nonsense = {"prompt_tokens": -1, "completion_tokens": "many", "cost": "free", "prompt_tokens_details": 3}
    done, _ = ask_one(stream("hi", usage=nonsense))
    assert done.failure is None
    assert (done.prompt_tokens, done.completion_tokens, done.cached_tokens, done.billed_usd) == (None,) * 4


def test_an_empty_answer_is_an_answer() -> None:
    done, _ = ask_one(stream())
    assert (done.failure, done.output, done.finish_reason) == (None, "", "stop")
    assert done.ttft_s is None and done.latency_s is not None


@pytest.mark.parametrize(("wait", "seconds"), [("3", 3.0), ("0.5", 0.5), (None, None), ("soon", None)])
def test_429_is_a_rate_limit_with_the_wait_the_server_asks_for(
    wait: str | None, seconds: float | None
) -> None:
    headers = {"Retry-After": wait} if wait else {}
    kind, _, done = failed(answer(429, {"error": {"message": "slow down"}}, headers=headers))
    assert kind == "rate_limit"
    assert done.failure and done.failure.retryable and done.failure.retry_after_s == seconds


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    _, _, done = failed(answer(429, {}, headers={"Retry-After": date}))
    assert done.failure and done.failure.retry_after_s is not None
    assert 20 < done.failure.retry_after_s <= 30


@pytest.mark.parametrize(
    ("status", "body", "kind", "retryable", "fatal"),
    [
        (400, {"error": {"message": "no such role"}}, "bad_request", False, False),
        (400, {"error": {"message": "maximum context length is 8192"}}, "context_exceeded", False, False),
        (
            400,
            {"error": {"message": "x", "code": "context_length_exceeded"}},
            "context_exceeded",
            False,
            False,
        ),
        (422, {"detail": [{"loc": ["body", "n"], "msg": "Input should be"}]}, "bad_request", False, False),
        (401, {"error": {"message": "bad key"}}, "auth", False, True),
        (403, {"error": "forbidden"}, "auth", False, True),
        (403, {"error": {"message": "your input was flagged"}}, "moderation", False, False),
        (402, {"error": {"message": "no credit"}}, "payment", False, True),
        (429, {"error": {"message": "x", "code": "insufficient_quota"}}, "payment", False, True),
        (404, {"error": {"message": "no model"}}, "not_found", False, True),
        (500, "oops", "server_error", True, False),
        (503, {"error": {"message": "loading"}}, "server_error", True, False),
        (408, "", "timeout", True, False),
    ],
)
def test_statuses_have_stable_kinds(status: int, body: Any, kind: str, retryable: bool, fatal: bool) -> None:
    got, message, done = failed(answer(status, body))
    assert done.failure
    assert (got, done.failure.retryable, done.failure.fatal) == (kind, retryable, fatal)
    assert str(status) in message and "\n" not in message


def test_html_is_named_and_not_quoted() -> None:
    page = "<!DOCTYPE html><html><body>" + "welcome " * 500
    kind, message, _ = failed(answer(200, page, kind="text/html"))
    assert kind == "bad_response" and "HTML" in message and "welcome" not in message
    kind, message, _ = failed(answer(502, page, kind="text/html"))
    assert kind == "server_error" and "welcome" not in message


def test_a_whole_json_answer_instead_of_a_stream_is_refused() -> None:
    kind, message, _ = failed(answer(200, {"error": {"message": "model is asleep"}}))
    assert kind == "bad_response" and "model is asleep" in message


@pytest.mark.parametrize(
    "tail", [b"data: {not json\n\n", b'data: "text"\n\n', b'data: {"choices": "\xff\xfe"}\n\n']
)
def test_a_chunk_that_is_no_chunk_keeps_the_text_so_far(tail: bytes) -> None:
    kind, _, done = failed(stream("so ", "far", finish=None, usage=None, tail=tail))
    assert (kind, done.output) == ("bad_response", "so far")


def test_a_cut_stream_is_an_error_with_the_text_so_far() -> None:
    kind, _, done = failed(stream("half ", "an", cut=True))
    assert (kind, done.output) == ("broken_stream", "half an")
    assert done.failure and done.failure.retryable
    kind, _, done = failed(stream("half ", "an", finish=None, usage=None, tail=b""))
    assert (kind, done.output) == ("broken_stream", "half an")


def test_an_answer_that_was_complete_before_the_connection_broke_counts() -> None:
    done, _ = ask_one(stream("all of it", tail=b"data: {broken\n\n"))
    assert (done.failure, done.output) == (None, "all of it")


def test_an_error_inside_the_stream_is_classified_by_its_code() -> None:
    event = json.dumps({"error": {"code": 429, "message": "upstream is busy"}})
    kind, message, done = failed(stream("par", finish=None, usage=None, tail=f"data: {event}\n\n".encode()))
    assert (kind, done.output) == ("rate_limit", "par")
    assert "upstream is busy" in message


@pytest.mark.parametrize("play", [hang(), stream("beg", hang=True)])
def test_silence_ends_at_the_deadline(play: Play) -> None:
    kind, message, done = failed(play, request_=request(timeout_s=0.3))
    assert kind == "timeout" and "0.3 s" in message
    assert done.output in ("", "beg")
    assert done.failure and done.failure.retryable


def test_a_server_on_this_machine_may_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_api, "TIMEOUT_S", 0.05)
    slow = request(timeout_s=None)
    with Loopback(stream("a", "b", pause=0.1)) as server:
        here = ask(spec(server), slow)[0]
        monkeypatch.setattr(openai_api, "is_here", lambda _: False)
        elsewhere = ask(spec(server), slow)[0]
    assert here.failure is None and here.output == "ab"
    assert elsewhere.failure and elsewhere.failure.kind == "timeout"


def test_nobody_listening_is_a_connection_failure_that_names_the_host() -> None:
    with Loopback(stream("x")) as server:
        gone = spec(server)
    kind = ask(gone, request())[0].failure
    assert kind and kind.kind == "connection" and kind.retryable and "127.0.0.1" in kind.message


def test_the_key_is_sent_and_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINE_KEY", f"{SECRET}\n")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-private")
    body = {"error": {"message": f"key {SECRET} is wrong\nsent: Authorization: Bearer abc"}}
    done, server = ask_one(answer(401, body), api_key_env="MINE_KEY")
    headers = server.calls[0].headers
    assert headers["authorization"] == f"Bearer {SECRET}"
    assert "openai-organization" not in headers
    assert done.failure and SECRET not in done.failure.message and "MINE_KEY" in done.failure.message
    assert "abc" not in done.failure.message and "\n" not in done.failure.message


def test_a_missing_key_is_said_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROQ_API_KEY", raising=False)
    with pytest.raises(ModelUnavailable, match="GROQ_API_KEY"):
        ask(ModelSpec("g", "openai", "groq", model="m"))
    with pytest.raises(ModelUnavailable, match="`model`"):
        ask(ModelSpec("o", "openai", "ollama"))
    with pytest.raises(ModelUnavailable, match="`base_url`"):
        ask(ModelSpec("x", "openai", "nobody", model="m"))
    with pytest.raises(ModelUnavailable, match="omit must be a list"):
        ask(ModelSpec("o", "openai", "ollama", model="m", params={"omit": "temperature"}))


@pytest.mark.parametrize("status", [400, 422])
def test_a_refused_parameter_without_influence_is_left_out_once_and_for_all(status: int) -> None:
    refusal = answer(
        status, {"detail": [{"loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted"}]}
    )
    with Loopback(refusal, stream("a")) as server:
        model = spec(server, limits=RateLimits(concurrency=1))

        async def go() -> list[Completion]:
            engine = OpenAIEndpoint(model)
            await engine.open()
            return [await engine.complete(request()), await engine.complete(request())]

        both = asyncio.run(go())
    assert [done.output for done in both] == ["a", "a"]
    assert ["stream_options" in call.body for call in server.calls] == [True, False, False]


def test_images_come_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "dot.png").write_bytes(b"not looked into")
    asked = request(
        messages=(Message("system", "Style."), Message("user", "Which?")), images=(str(tmp_path / "dot.png"),)
    )
    done, server = ask_one(stream("red"), request_=asked)
    assert done.output == "red"
    system, user = server.calls[0].body["messages"]
    assert system == {"role": "system", "content": "Style."}
    image, text = user["content"]
    data = base64.b64encode(b"not looked into").decode()
    assert image == {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}}
    assert text == {"type": "text", "text": "Which?"}


def test_the_other_name_of_the_token_limit_is_tried() -> None:
    words = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
    done, server = ask_one(answer(400, {"error": {"message": words}}), stream("a"))
    assert done.output == "a"
    assert server.calls[1].body["max_completion_tokens"] == 512 and "max_tokens" not in server.calls[1].body


def test_a_refused_temperature_is_never_dropped_silently() -> None:
    words = "Unsupported value: 'temperature' does not support 0 with this model."
    plays = (answer(400, {"error": {"message": words}}), stream("a"))
    kind, message, _ = failed(*plays)
    assert kind == "bad_request" and "omit: [temperature]" in message
    _, server = ask_one(stream("a"), params={"omit": ["temperature"], "reasoning_effort": "low"})
    assert "temperature" not in server.calls[0].body and server.calls[0].body["reasoning_effort"] == "low"
    assert "omit" not in server.calls[0].body


def test_what_a_provider_calls_otherwise_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    _, server = ask_one(stream("a"), provider="mistral", request_=request(seed=3))
    body = server.calls[0].body
    assert body["random_seed"] == 3 and "seed" not in body and "stream_options" not in body


def test_many_at_once_keep_their_answers_apart() -> None:
    async def echo(call: Any, writer: asyncio.StreamWriter) -> None:
        await stream(call.body["messages"][0]["content"], first_pause=0.1)(call, writer)

    with Loopback(echo) as server:
        done = ask(spec(server), *(request(messages=(Message("user", f"n{i}"),)) for i in range(20)))
    assert [one.output for one in done] == [f"n{i}" for i in range(20)]


def test_check_asks_for_the_list_and_looks_for_the_model() -> None:
    models = answer(200, {"data": [{"id": "vendor/small"}, {"id": "vendor/smell"}]})
    with Loopback(stream("x"), models=models) as server:
        assert "lists small" in asyncio.run(OpenAIEndpoint(spec(server)).check())
        with pytest.raises(ModelUnavailable, match="did you mean vendor/smell"):
            asyncio.run(OpenAIEndpoint(spec(server, model="vendor/smelly")).check())
    with pytest.raises(ModelUnavailable, match="no connection"):
        asyncio.run(OpenAIEndpoint(spec(server)).check())
    with Loopback(stream("x")) as server:
        assert "lists no models" in asyncio.run(OpenAIEndpoint(spec(server)).check())
    with (
        Loopback(stream("x"), models=answer(401, {})) as server,
        pytest.raises(ModelUnavailable, match="401"),
    ):
        asyncio.run(OpenAIEndpoint(spec(server)).check())


def test_what_is_left_of_the_limits_comes_with_answers_and_with_refusals() -> None:
    headers = {"x-ratelimit-remaining-requests": "7", "x-ratelimit-reset-requests": "2s"}
    for play in (answer(429, {}, headers=headers), answer(401, {}, headers=headers)):
        assert ask_one(play)[0].quota == Quota(7, 2.0)
    assert ask_one(stream("hi", headers=headers))[0].quota == Quota(7, 2.0)
    assert ask_one(stream("hi"))[0].quota is None


def test_five_megabytes_come_whole() -> None:
    text = "0123456789abcdef" * 4096
    done, _ = ask_one(stream(*[text] * 80), request_=request(timeout_s=30.0))
    assert done.failure is None
    assert done.output == text * 80


WORD = b'data: {"choices": [{"index": 0, "delta": {"content": "caf\xff "}}]}\n\n'


def test_bytes_that_are_no_utf8_are_an_error_and_keep_what_came() -> None:
    kind, message, done = failed(stream("so far", finish=None, usage=None, tail=WORD))
    assert kind == "bad_response"
    assert "utf-8" in message
    assert done.output == "so far"


def test_a_character_may_be_split_between_packets() -> None:
    word = "data: " + json.dumps(
        {"choices": [{"delta": {"content": "é"}, "finish_reason": "stop"}]}, ensure_ascii=False
    )
    data = word.encode() + b"\n\n"
    cut = data.index(b"\xc3") + 1
    chunks = b"".join(
        f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (data[:cut], data[cut:], b"")
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    done, _ = ask_one(raw(head + chunks))
    assert (done.failure, done.output) == (None, "é")


def test_last_chunks_that_come_twice_count_once() -> None:
    end = json.dumps({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 11}})
    done, _ = ask_one(stream("a", "a", tail=f"data: {end}\n\n".encode() * 3 + b"data: [DONE]\n\n" * 2))
    assert done.failure is None
    assert (done.output, done.prompt_tokens) == ("aa", 11)


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream", "text/html"])
@pytest.mark.parametrize("status", [b"200 OK", b"500 Error"])
def test_a_body_that_is_cut_is_asked_for_again(kind: str, status: bytes) -> None:
    head = b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: 1000\r\n\r\n" % (status, kind.encode())
    _, _, done = failed(raw(head + b'data: {"choices": [{"delta": {"content": "so'))
    assert done.failure and done.failure.retryable


def test_an_answer_that_is_no_http_is_a_connection_failure() -> None:
    assert failed(raw(b"SSH-2.0-OpenSSH_9.6\r\n"))[0] == "connection"
    assert failed(raw(b""))[0] == "connection"


def test_an_endpoint_that_repeats_the_key_does_not_bring_it_into_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MINE_KEY", SECRET)
    texts = [SECRET[:9], SECRET[9:], " is what you sent"]
    done, _ = ask_one(stream(*texts, extra={"model": f"m-{SECRET}"}), api_key_env="MINE_KEY")
    assert (done.output, done.model_revision) == ("*** is what you sent", "m-***")
    monkeypatch.setenv("MINE_KEY", "none")
    assert ask_one(stream("none of it"), api_key_env="MINE_KEY")[0].output == "none of it"


@pytest.mark.parametrize(
    ("models", "words"),
    [
        (answer(200, "<html><title>Log in</title></html>", kind="text/html"), "Log in; is `base_url` right"),
        (answer(200, {"error": {"message": "no such account"}}), "no such account"),
        (answer(200, "[" * 100_000), "nested"),
        (answer(500, "x" * 10**7), "500"),
        (trickle(b'{"data": ["' + b"x" * 65536, times=1000), "1 MB"),
        (trickle(b" ", times=100, pause=0.05), "no list of models within 2 s"),
        (raw(b"HTTP/1.1 200 OK\r\n\r\n[]"), "lists no models"),
    ],
)
def test_a_list_of_models_that_is_none_is_one_line(
    models: Play, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_api, "CHECK_S", 2.0)
    monkeypatch.setattr(openai_api, "LIST_BYTES", 1 << 20)
    with Loopback(stream("x"), models=models) as server:
        try:
            line = asyncio.run(OpenAIEndpoint(spec(server)).check())
        except ModelUnavailable as error:
            line = str(error)
    assert words in line and "\n" not in line


def test_an_image_that_cannot_be_read_is_said_as_that(tmp_path: Path) -> None:
    kind, message, _ = failed(stream("x"), request_=request(images=(str(tmp_path / "gone.png"),)))
    assert kind == "bad_request" and "cannot read the image" in message and "base_url" not in message


@pytest.mark.parametrize("url", ["http://[", "localhost:1/v1", "http://a:b@host/v1", "http://host:x/v1"])
def test_an_address_that_is_none_is_said_before_anything_is_asked(url: str) -> None:
    with pytest.raises(ModelUnavailable, match="base_url"):
        ask(ModelSpec("x", "openai", "mine", base_url=url, model="m"), request())


@pytest.mark.parametrize(
    "key", ["sk-line-1\nsk-line-2", "sk-schlüssel-1234", "sk-\x1b[31mred-12345", "sk-zero\u200bwidth"]
)
def test_a_key_that_no_header_takes_is_refused_without_being_shown(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINE_KEY", key)
    with pytest.raises(ModelUnavailable, match="the key in MINE_KEY has characters") as error:
        ask(ModelSpec("x", "openai", "mine", base_url="http://h/v1", model="m", api_key_env="MINE_KEY"))
    assert "sk-" not in str(error.value)


def test_a_wait_that_comes_with_an_error_inside_a_200_is_kept() -> None:
    play = answer(200, {"error": {"code": 429, "message": "slow"}}, headers={"Retry-After": "7"})
    _, _, done = failed(play)
    assert done.failure is not None and done.failure.retry_after_s == 7.0

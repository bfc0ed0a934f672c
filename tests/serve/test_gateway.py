"""What clients get of the gateway, whatever stands behind it and whoever they are."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from harness.results.observations import read_observations
from harness.rules.ruleset import CallPolicy, Candidate, Match, SpendingLimit
from harness.serve.callers import add_key
from harness.serve.gateway import Gateway
from harness.serve.server import HEADER_BYTES
from tests.exporters.sample import rule
from tests.loopback import Call, Loopback, answer, raw, stream
from tests.serve.gateways import KEY_ENV, serving, write_rules
from tests.serve.scenes import ask, error, stalled_at_once

CHAT = {"messages": [{"role": "user", "content": "Hello"}]}
USAGE = {"prompt_tokens": 1000, "completion_tokens": 500, "total_tokens": 1500}
CHOICE = {"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}
WHOLE = {"id": "1", "object": "chat.completion", "model": "x", "usage": USAGE, "choices": [CHOICE]}


def post(url: str, path: str, body: Any, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """A request that is not streamed: status, headers, body."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", path, data, {"Content-Type": "application/json", **named})
    response = connection.getresponse()
    done = response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    connection.close()
    return done


def chat(url: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], Any]:
    status, got, data = post(url, "/v1/chat/completions", {**CHAT, **(body or {})}, **headers)
    return status, got, json.loads(data)


@contextmanager
def before(folder: Path, *plays: Any, **rules: Any) -> Iterator[tuple[str, Gateway, Loopback]]:
    """A gateway before one server."""
    with (
        Loopback(*plays) as server,
        serving(write_rules(folder / "rules.yaml", server, **rules)) as (url, gateway),
    ):
        yield url, gateway, server


def test_a_whole_answer_passes_byte_for_byte(tmp_path: Path) -> None:
    text = json.dumps(WHOLE, indent=3, ensure_ascii=False)
    with before(tmp_path, answer(200, text)) as (url, _, server):
        status, headers, data = post(url, "/v1/chat/completions", {**CHAT, "x_own": [1, {"é": None}]})
    assert (status, data.decode()) == (200, text)
    assert headers["x-harness-model"] == "m1" and headers["x-harness-rule"] == "*"
    assert float(headers["x-harness-overhead-ms"]) < 1000
    assert server.calls[0].body == {**CHAT, "x_own": [1, {"é": None}], "model": "up-m1"}


def test_a_large_answer_that_comes_in_pieces_is_whole(tmp_path: Path) -> None:
    text = json.dumps({**WHOLE, "choices": [{**CHOICE, "message": {"content": "é" * 3_000_000}}]})
    with before(tmp_path, answer(200, text)) as (url, _, _server):
        status, _, data = post(url, "/v1/chat/completions", CHAT)
    assert (status, len(data)) == (200, len(text.encode()))


def test_other_addresses(tmp_path: Path) -> None:
    vectors = {"object": "list", "data": [{"index": 0, "embedding": [0.5]}], "usage": {"prompt_tokens": 2}}
    texts = {"id": "1", "choices": [{"index": 0, "text": "three", "finish_reason": "stop"}]}
    with before(tmp_path, answer(200, vectors), answer(200, texts)) as (url, _, server):
        assert json.loads(post(url, "/v1/embeddings", {"model": "m1", "input": "x"})[2]) == vectors
        assert json.loads(post(url, "/v1/completions", {"model": "auto", "prompt": "one two"})[2]) == texts
        assert [call.path for call in server.calls] == ["/v1/embeddings", "/v1/completions"]


def test_the_usage_frame_is_for_those_who_asked(tmp_path: Path) -> None:
    with before(tmp_path, stream("Hi"), stream("Hi")) as (url, _, server):
        assert ask(f"{url}/v1").usage
        assert not ask(f"{url}/v1", stream_options=None).usage
        assert all(call.body["stream_options"]["include_usage"] for call in server.calls)
    assert [call.completion_tokens for call in read_observations(tmp_path / "results")] == [3, 3]


def test_what_decides_the_task_type(tmp_path: Path) -> None:
    rules = (
        rule("code", "m1", match=Match(keywords=("compiler",))),
        rule("math", "m1", match=Match(metadata={"team": "algebra"})),
        rule("*", "m1", priority=0),
    )
    with before(tmp_path, answer(200, WHOLE), rules=rules) as (url, _, _server):

        def rule_of(body: Any = None, **headers: str) -> str:
            return chat(url, body, **headers)[1]["x-harness-rule"]

        assert rule_of() == "*"
        assert rule_of({"model": "math"}) == "math"
        assert rule_of({"messages": [{"role": "user", "content": "the COMPILER says"}]}) == "code"
        assert (
            rule_of({"messages": [{"role": "user", "content": [{"type": "text", "text": "compiler"}]}]})
            == "code"
        )
        assert rule_of({"metadata": {"team": "algebra"}}) == "math"
        assert rule_of(None, x_harness_metadata="team=algebra, other=1") == "math"
        assert rule_of(None, x_harness_task_type="code") == "code"
        assert rule_of({"model": "m1"}) == ""


@pytest.mark.parametrize("length", ["max_tokens", "max_completion_tokens"])
def test_a_rules_params_count_where_the_client_says_nothing(tmp_path: Path, length: str) -> None:
    rules = (rule("*", "m1", priority=0, params={"temperature": 0.25, "max_tokens": 100}),)
    with before(tmp_path, answer(200, WHOLE), rules=rules) as (url, _, server):
        chat(url)
        chat(url, {length: 7})
    bodies = [{k: v for k, v in call.body.items() if k not in ("messages", "model")} for call in server.calls]
    assert bodies == [{"temperature": 0.25, "max_tokens": 100}, {"temperature": 0.25, length: 7}]


def test_rules_without_a_default_answer_by_what_was_best_altogether(tmp_path: Path) -> None:
    def measured(name: str, n: int, quality: float) -> Candidate:
        return Candidate(name, n, quality, None, None, None, None, None, None, None)

    undecided = (
        rule("code", None, candidates=(measured("m1", 10, 0.9), measured("m2", 10, 0.8))),
        rule("math", None, candidates=(measured("m2", 90, 0.5), measured("m1", 90, 0.1))),
    )
    with Loopback(answer(200, WHOLE)) as one, Loopback(answer(200, WHOLE)) as two:
        rules = write_rules(tmp_path / "rules.yaml", one, two, rules=undecided)
        with serving(rules) as (url, _):
            asked = [chat(url, {"model": name})[1] for name in ("auto", "code")]
            seen = [(headers["x-harness-model"], headers["x-harness-rule"]) for headers in asked]
    assert seen == [("m2", "*"), ("m1", "code")]


def test_a_named_model_has_no_stand_in(tmp_path: Path) -> None:
    with Loopback(error(503, "down")) as one, Loopback(answer(200, WHOLE)) as two:
        with serving(write_rules(tmp_path / "rules.yaml", one, two)) as (url, _):
            status, _, body = chat(url, {"model": "m1"})
        assert status == 502 and body["error"]["code"] == "server_error" and not two.calls


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        (b"{", 400, None),
        (b"\xff\xfe", 400, None),
        (b"[]", 400, None),
        (b"[" * 100_000, 400, None),
        ({"messages": []}, 400, "messages"),
        ({"messages": "hi"}, 400, "messages"),
        ({"messages": [1]}, 400, "messages"),
        ({**CHAT, "stream": "yes"}, 400, "stream"),
        ({**CHAT, "model": 7}, 400, "model"),
        ({**CHAT, "model": "cod"}, 404, "model"),
        ({**CHAT, "model": "x" * 600}, 400, "model"),
    ],
)
def test_requests_that_no_model_is_asked(tmp_path: Path, body: Any, status: int, param: str | None) -> None:
    with before(tmp_path, answer(200, WHOLE)) as (url, _, server):
        got, _, data = post(url, "/v1/chat/completions", body)
        refused = json.loads(data)["error"]
    assert (got, refused["param"]) == (status, param) and not server.calls
    assert status != 404 or "code" in refused["message"]


def test_bodies_and_headers_have_bounds(tmp_path: Path) -> None:
    with before(tmp_path, answer(200, WHOLE)) as (url, _, _server):
        address = (urlsplit(url).hostname, urlsplit(url).port)
        with socket.create_connection(address, 10) as client:
            client.sendall(
                b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"
            )
            assert b" 413 " in client.recv(1000)
        with socket.create_connection(address, 10) as client:
            client.sendall(b"GET /health HTTP/1.1\r\n")
            with pytest.raises(OSError):
                for number in range(HEADER_BYTES):
                    client.sendall(f"X-{number}: {'y' * 1000}\r\n".encode())
        assert chat(url)[0] == 200  # it is none the worse for that


def test_keys_and_their_budgets(tmp_path: Path) -> None:
    keys = tmp_path / "keys.yaml"
    key, poor = add_key(keys, "alice"), add_key(keys, "bob")
    keys.write_text(keys.read_text() + "  budget: {usd: 0.001, period: day}\n")
    with Loopback(answer(200, WHOLE)) as server:
        rules = write_rules(tmp_path / "rules.yaml", server)
        with serving(rules, keys=keys) as (url, _):
            for wrong in ({}, {"Authorization": "Bearer hk-wrong"}, {"Authorization": f"Basic {key}"}):
                status, headers, body = chat(url, None, **wrong)
                assert (status, headers["www-authenticate"]) == (401, "Bearer")
                assert key not in json.dumps(body)
            assert not server.calls
            assert chat(url, None, Authorization=f"Bearer {key}")[0] == 200
            assert chat(url, None, Authorization=f"bearer {poor}")[0] == 200
            status, _, body = chat(url, None, Authorization=f"Bearer {poor}")
            assert (status, body["error"]["code"]) == (429, "insufficient_quota")
        assert all(key not in str(call.headers) for call in server.calls)
    assert key not in keys.read_text() and poor not in keys.read_text()


def test_upstreams_get_their_own_key_and_never_tell_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "sk-upstream-0123456789abcdef"
    monkeypatch.setenv(KEY_ENV, secret)
    refusal = {"error": {"message": f"wrong key {secret}", "code": "invalid_api_key"}}
    with before(tmp_path, answer(401, refusal), key_env=KEY_ENV) as (url, _, server):
        status, _, body = chat(url, None, Authorization="Bearer sk-caller-0123456789")
        assert server.calls[0].headers["authorization"] == f"Bearer {secret}"
    assert status == 401 and secret not in json.dumps(body) and "wrong key" in json.dumps(body)


def test_a_variable_with_more_than_a_key_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_ENV, "sk-one\r\nX-Injected: sk-two")
    with before(tmp_path, answer(200, WHOLE), key_env=KEY_ENV) as (url, _, server):
        status, _, body = chat(url)
    assert status == 502 and KEY_ENV in body["error"]["message"] and "sk-" not in json.dumps(body)
    assert not server.calls


def test_redirects_are_not_followed(tmp_path: Path) -> None:
    with Loopback(answer(200, WHOLE)) as other:
        moved = answer(307, "", headers={"Location": f"{other.url}/chat/completions"})
        with before(tmp_path, moved) as (url, _, _server):
            assert chat(url)[0] == 502
        assert not other.calls


def test_a_budget_that_is_spent_is_not_overdrawn(tmp_path: Path) -> None:
    policy = CallPolicy(budget=SpendingLimit(0.0025, "day"), timeout_s=5.0)
    costs = Candidate("m1", 40, 0.9, 0.8, 0.95, 0.9, None, None, None, 0.002)
    rules = (rule("*", "m1", priority=0, candidates=(costs,)),)
    with before(tmp_path, answer(200, WHOLE), policy=policy, rules=rules) as (url, gateway, _):
        assert [chat(url)[0] for _ in range(2)] == [200, 429]  # each costs $0.002
        assert gateway.router.spending is not None and gateway.router.spending.left < 0.001


def test_when_all_cool_down_the_client_hears_for_how_long(tmp_path: Path) -> None:
    with before(tmp_path, error(429, "busy", retry_after="600")) as (url, _, server):
        first, second = chat(url), chat(url)
        assert first[0] == second[0] == 429
        assert 595 <= int(second[1]["retry-after"]) <= 600
        assert len(server.calls) == 1


def test_a_client_that_hangs_up_ends_the_call_behind_it(tmp_path: Path) -> None:
    ended: list[float] = []

    async def endless(call: Call, writer: Any) -> None:
        try:
            await stream(*["word "] * 400, pause=0.05)(call, writer)
        finally:
            ended.append(time.monotonic())

    with before(tmp_path, endless) as (url, gateway, server):

        def hang_up(number: int) -> None:
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
            connection.request(
                "POST", "/v1/chat/completions", json.dumps({**CHAT, "stream": number % 2 == 0})
            )
            if number % 2 == 0:
                connection.getresponse().read(10)
            else:
                time.sleep(0.2)
            connection.close()

        with ThreadPoolExecutor(10) as pool:
            list(pool.map(hang_up, range(30)))
        deadline = time.monotonic() + 10
        while (len(ended) < len(server.calls) or not ended) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(ended) == len(server.calls) >= 15  # who hung up at once was not put to anybody
        assert gateway.metrics.registry.get_sample_value("harness_in_flight_requests") == 0
    calls = read_observations(tmp_path / "results")
    assert [call for call in calls if not call.cancelled] == [] and len(calls) >= len(ended)


def test_measures_name_no_stranger(tmp_path: Path) -> None:
    with before(tmp_path, error(503, "down"), stream("Hi"), stream("Hi")) as (url, _, _server):
        ask(f"{url}/v1")
        for number in range(50):
            chat(url, {"model": f"stranger-{number}"})
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        connection.close()
    assert "stranger" not in text
    assert 'gen_ai_client_token_usage_count{gen_ai_request_model="m1",gen_ai_token_type="output"} 1.0' in text
    assert 'error_type="server_error"' in text


def test_answers_that_are_not_the_json_asked_for_score_nothing(tmp_path: Path) -> None:
    good = {**WHOLE, "choices": [{**CHOICE, "message": {"content": '{"a": 1}'}}]}
    form = {"response_format": {"type": "json_object"}}
    with before(tmp_path, answer(200, good), answer(200, WHOLE)) as (url, _, _server):
        chat(url, form)
        chat(url, form)
        chat(url)
    assert [call.score for call in read_observations(tmp_path / "results")] == [10.0, 0.0, None]


def test_an_endpoint_that_does_not_stream_is_made_to(tmp_path: Path) -> None:
    with before(tmp_path, answer(200, WHOLE)) as (url, _, _server):
        seen = ask(f"{url}/v1")
    assert (seen.text, seen.finish, seen.done) == ("Hi", "stop", True)


@pytest.mark.parametrize(
    "garbage", [b"\x00\x01", b"HTTP/1.1 200 OK\r\n\r\n<html>", b"HTTP/1.1 999 Hm\r\n\r\n"]
)
def test_what_is_no_answer_is_an_error(tmp_path: Path, garbage: bytes) -> None:
    with before(tmp_path, raw(garbage)) as (url, _, _server):
        assert chat(url)[0] == 502
        assert ask(f"{url}/v1").status == 502


def started(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """The command itself, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "harness", "serve", "--rules", "rules.yaml", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ})
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.02)
    return process, f"http://127.0.0.1:{port}"


def test_killed_nothing_that_was_finished_is_lost(tmp_path: Path) -> None:
    with Loopback(*[answer(200, WHOLE)] * 4, stream("Hi")) as server:
        write_rules(tmp_path / "rules.yaml", server)
        process, url = started(tmp_path)
        for _ in range(4):
            assert chat(url)[0] == 200
        assert ask(f"{url}/v1").done
        process.kill()  # at once: what a client has whole is on disk
        process.wait(10)
    assert len(read_observations(tmp_path / "results")) == 5


def test_new_rules_by_a_signal_and_an_end_that_waits(tmp_path: Path) -> None:
    with (
        Loopback(answer(200, WHOLE), stream("a", "b", pause=0.4)) as one,
        Loopback(answer(200, WHOLE)) as two,
    ):
        file = write_rules(tmp_path / "rules.yaml", one)
        process, url = started(tmp_path)
        assert process.stderr is not None
        assert chat(url)[1]["x-harness-model"] == "m1"
        file.write_text("nonsense: [")
        process.send_signal(signal.SIGHUP)
        while "stay as they were" not in process.stderr.readline():
            assert process.poll() is None
        write_rules(file, one, two, rules=(rule("*", "m2", "m1", priority=0),))
        process.send_signal(signal.SIGHUP)
        assert "m2" in process.stderr.readline()
        assert chat(url)[1]["x-harness-model"] == "m2"
        with ThreadPoolExecutor(1) as pool:
            answered = pool.submit(ask, f"{url}/v1", model="m1")
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            assert answered.result(20).text == "ab"
        assert process.wait(20) == 0
    assert len(read_observations(tmp_path / "results")) == 3


def test_silence_without_a_stand_in_is_a_time_out(tmp_path: Path) -> None:
    with before(tmp_path, stalled_at_once(), policy=CallPolicy(timeout_s=0.3)) as (url, _, _server):
        assert chat(url)[0] == 504

"""Clients that hang up, flood, stall or lie: the others are answered, and nothing is left behind."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from harness.results.observations import read_observations
from harness.serve import app, server
from tests.loopback import Loopback, answer, stream
from tests.serve.gateways import serving, write_rules
from tests.serve.test_gateway import CHAT, WHOLE, before, chat

DEEP = "[" * 90 + "]" * 90


def request(body: bytes, *headers: str, version: str = "1.1", path: str = "/v1/chat/completions") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"POST {path} HTTP/{version}", "Host: 127.0.0.1", "Content-Type: application/json", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def connected(url: str) -> Iterator[socket.socket]:
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), 10) as client:
        yield client


def sent(url: str, *pieces: bytes, end: bytes = b"") -> bytes:
    """What comes back until ``end``, or until the connection is closed."""
    with connected(url) as client:
        for piece in pieces:
            client.sendall(piece)
        back = b""
        while not (end and end in back) and (data := client.recv(65536)):
            back += data
    return back


ASKED = json.dumps(CHAT).encode()
CLOSE = "Connection: close"


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_whoever_hangs_up_at_whatever_point_leaves_nothing_behind(tmp_path: Path) -> None:
    streamed = request(json.dumps({**CHAT, "stream": True}).encode())
    cuts = (b"", b"POST /v1/ch", streamed[:60], streamed[:-5], streamed, request(ASKED))

    def hang_up(number: int) -> None:
        with connected(url) as client:
            client.sendall(cuts[number % len(cuts)])
            if number % 4 == 0:
                client.settimeout(0.2)
                with suppress(TimeoutError):
                    client.recv(100)

    def in_flight() -> float | None:
        return gateway.metrics.registry.get_sample_value("harness_in_flight_requests")

    endless = stream(*["word "] * 400, pause=0.05)
    with before(tmp_path, answer(200, WHOLE), endless) as (url, gateway, _):
        assert chat(url)[0] == 200  # which opens what stays open
        time.sleep(0.2)
        quiet = descriptors()
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(hang_up, range(1000)))
        deadline = time.monotonic() + 20
        while (descriptors() > quiet or in_flight()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert descriptors() <= quiet and in_flight() == 0
    first, *others = read_observations(tmp_path / "results")
    assert first.success and others and all(call.cancelled for call in others)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"messages": [{"role": "user", "content": "x"}], "seed": NaN}', "number"),
        (b'{"messages": [{"role": "user", "content": "x"}], "seed": 1e999}', "number"),
        (b'{"messages": [{"role": "user", "content": "x"}], "seed": ' + b"9" * 5000 + b"}", "number"),
        (
            b'{"messages": [{"role": "user", "content": "x"}], "x": ' + b"[" * 200 + b"]" * 200 + b"}",
            "nested",
        ),
        (b'{"messages": [{"role": "user", "content": "x"}], "x": ' + b"{" * 99_999, "JSON"),
        (b'{"messages": [{"role": "user", "content": "\xff"}]}', "JSON"),
    ],
)
def test_values_that_nothing_can_be_done_with_are_refused(gate: Gate, body: bytes, words: str) -> None:
    back = sent(gate.url, request(body, CLOSE))
    assert b" 400 " in back and words.encode() in back
    assert not gate.server.calls


class Gate:
    """A gateway that several tests attack, and the server behind it."""

    def __init__(self, url: str, server: Loopback) -> None:
        self.url, self.server = url, server


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    folder = tmp_path_factory.mktemp("attacks")
    with (
        Loopback(answer(200, WHOLE)) as server,
        serving(write_rules(folder / "rules.yaml", server)) as (url, _),
    ):
        yield Gate(url, server)


@pytest.fixture
def gate(shared: Gate) -> Gate:
    shared.server.calls.clear()
    return shared


def test_values_that_are_odd_go_on_as_they_are(gate: Gate) -> None:
    odd = f'{{"model": "nobody", "model": "m1", "n": {2**70}, "half": "\\ud800", "deep": {DEEP}'
    back = sent(gate.url, request(f"{odd}, {ASKED.decode()[1:]}".encode(), CLOSE))
    assert b" 200 " in back
    body = gate.server.calls[0].body
    assert (body["model"], body["n"], body["half"]) == ("up-m1", 2**70, "\ufffd")
    assert json.dumps(body["deep"]).replace(" ", "") == DEEP


@pytest.mark.parametrize(
    "raw",
    [
        request(ASKED, "Content-Length: 5", "Transfer-Encoding: chunked"),
        request(ASKED, "Content-Length: 5", "Content-Length: 6"),
        request(ASKED, "Content-Length: 0x5"),
        request(ASKED, "Transfer-Encoding: chunked, identity"),
        request(b"5\r\nhello\r\nZ\r\n", "Transfer-Encoding: chunked"),
        request(ASKED, "X-A: b\rX-C: d"),
        request(ASKED, "X A: b"),
        request(ASKED, version="3.7"),
    ],
)
def test_requests_that_two_servers_would_read_differently_are_refused(gate: Gate, raw: bytes) -> None:
    back = sent(gate.url, raw)
    assert back == b"" or b"HTTP/1.1 400 " in back, back
    assert not gate.server.calls


def test_a_request_inside_the_body_of_another_is_its_body(gate: Gate) -> None:
    inner = request(ASKED)
    back = sent(gate.url, request(inner, CLOSE))
    assert back.count(b"HTTP/1.1 ") == 1 and b" 400 " in back and not gate.server.calls


def test_compressed_bodies_are_refused_in_words(gate: Gate) -> None:
    back = sent(gate.url, request(gzip.compress(ASKED), "Content-Encoding: gzip", CLOSE))
    assert b" 415 " in back and b"compressed" in back and not gate.server.calls


def test_who_waits_to_be_asked_for_the_body_is(gate: Gate) -> None:
    head, body = request(ASKED, "Expect: 100-continue", CLOSE).split(b"\r\n\r\n", 1)
    with connected(gate.url) as client:
        client.sendall(head + b"\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 100 ")
        client.sendall(body)
        assert client.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_requests_one_behind_the_other_are_answered_in_turn(gate: Gate) -> None:
    wrong = request(b"{")
    back = sent(gate.url, request(ASKED) + wrong + request(ASKED, CLOSE))
    answers = [part[:3] for part in back.split(b"HTTP/1.1 ")[1:]]
    assert answers == [b"200", b"400", b"200"] and len(gate.server.calls) == 2


def test_old_clients_get_an_answer_and_its_end(gate: Gate) -> None:
    back = sent(gate.url, request(ASKED, version="1.0"))
    assert b" 200 " in back and b"chunked" not in back and json.loads(back.split(b"\r\n\r\n", 1)[1]) == WHOLE


def test_only_the_rules_say_where_requests_go(gate: Gate) -> None:
    with Loopback(answer(200, WHOLE)) as other:
        aimed: dict[str, Any] = dict.fromkeys(("base_url", "api_base", "url", "endpoint"), other.url)
        body = json.dumps({**CHAT, **aimed}).encode()
        host = urlsplit(other.url).netloc
        for path in ("/v1/chat/completions", f"{other.url}/chat/completions"):
            back = sent(gate.url, request(body, f"X-Forwarded-Host: {host}", CLOSE, path=path))
            assert b" 200 " in back
        assert not other.calls and len(gate.server.calls) == 2
        assert all(host not in json.dumps(dict(call.headers)) for call in gate.server.calls)


def test_headers_of_the_upstream_are_let_through_by_name(tmp_path: Path) -> None:
    theirs = {
        "Set-Cookie": "a=b", "Keep-Alive": "timeout=1", "Upgrade": "h2c", "X-Harness-Model": "other",
        "X-Ratelimit-Remaining": "7", "X-Ratelimit-Odd": "a\tb\x80", "Server": "theirs", "Trailer": "X",
    }  # fmt: skip
    with before(tmp_path, answer(200, WHOLE, headers=theirs)) as (url, _, _server):
        _, headers, _ = chat(url)
    assert headers["x-ratelimit-remaining"] == "7" and headers["x-harness-model"] == "m1"
    assert (
        not {"set-cookie", "keep-alive", "upgrade", "server", "trailer", "x-ratelimit-odd"} & headers.keys()
    )


def test_task_types_of_strangers_are_nobodys(tmp_path: Path) -> None:
    with before(tmp_path, answer(200, WHOLE)) as (url, _, _server):
        for number in range(3):
            assert chat(url, {"model": "m1"}, x_harness_task_type=f"stranger-{number}")[0] == 200
        assert chat(url, {"model": "m1"}, x_harness_task_type="code")[0] == 200
    calls = read_observations(tmp_path / "results")
    assert sorted(call.task_category for call in calls) == ["", "", "", "code"]


def test_who_sends_too_slowly_is_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEADER_S", 0.3)
    monkeypatch.setattr(app, "BODY_S", 0.3)
    with before(tmp_path, answer(200, WHOLE)) as (url, _, behind):
        assert sent(url, b"POST /v1/chat/completions HTTP/1.1\r\nX-A: b\r\n") == b""
        assert b" 408 " in sent(url, request(ASKED, CLOSE)[:-3])
        assert chat(url)[0] == 200 and len(behind.calls) == 1


def test_who_takes_nothing_is_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TAKES_S", 0.3)
    with before(tmp_path, stream(*["word " * 20_000] * 200)) as (url, gateway, _):
        with connected(url) as client:
            client.sendall(request(json.dumps({**CHAT, "stream": True}).encode()))
            deadline = time.monotonic() + 20
            while not gateway.live.requests["cancelled"] and time.monotonic() < deadline:
                time.sleep(0.05)
        assert gateway.live.requests["cancelled"] == 1
    (call,) = read_observations(tmp_path / "results")
    assert call.cancelled

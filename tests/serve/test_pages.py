"""The live page in a real browser, feedback, and what the gateway tells of itself."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.results.observations import read_observations
from harness.rules.ruleset import Provider
from harness.serve.callers import add_key
from harness.serve.texts import CHARACTERS, REQUESTS, KeptTexts, Texts
from tests.browser import Tab, browser
from tests.exporters.sample import model, rule
from tests.loopback import Loopback, answer, stream
from tests.serve.gateways import serving, write_rules
from tests.serve.scenes import ask, error
from tests.serve.test_gateway import WHOLE, before, chat, post

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def get(url: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    text = response.read(200_000 if path != "/live" else 100).decode()
    connection.close()
    return response.status, text


def test_the_page_shows_calls_as_they_come_whatever_they_are_called(tab: Tab, tmp_path: Path) -> None:
    plays = stream("secret words"), error(400, EVIL, EVIL), error(429, "busy", retry_after="600")
    with Loopback(*plays) as server:
        rules = write_rules(
            tmp_path / "rules.yaml",
            models=(model(EVIL, "p", "up", price_in_per_1m=1.0, price_out_per_1m=2.0),),
            providers=(Provider("p", "openai", server.url, None),),
            rules=(rule(f"type {EVIL}", EVIL), rule("*", EVIL, priority=0)),
        )
        with serving(rules) as (url, _):
            tab.open(url)
            tab.wait("document.body.innerText.includes('No call yet.')")
            for _ in range(3):
                ask(f"{url}/v1", model=f"type {EVIL}")
            tab.wait("document.body.innerText.includes('left alone for')")
            text, html = tab.run("document.body.innerText"), tab.html()
            assert tab.run("document.querySelectorAll('img').length") == 0
            assert tab.run("document.scripts.length") == 1
    assert f"type {EVIL}" in text and "rate_limit" in text and "bad_request" in text
    assert "secret words" not in html and html.count(">answered<") == 1
    assert tab.complaints == []


def test_texts_are_shown_to_who_made_the_request_and_only_where_they_are_kept(
    tab: Tab, tmp_path: Path
) -> None:
    alice, bob = (add_key(tmp_path / "keys.yaml", name) for name in ("alice", "bob"))
    with Loopback(stream("Hi ", EVIL)) as server:
        rules = write_rules(tmp_path / "rules.yaml", server)
        with serving(rules, keys=tmp_path / "keys.yaml", keep_texts=True) as (url, _):
            id_ = ask(f"{url}/v1", key=alice).headers["x-request-id"]
            tab.open(url)
            tab.wait("!document.getElementById('key').hidden")
            tab.run(
                f"document.querySelector('input').value = '{alice}';"
                "document.getElementById('key').requestSubmit()"
            )
            tab.wait("document.querySelector('#recent button') !== null")
            tab.run("document.querySelector('#recent button').click()")
            tab.wait("document.getElementById('texts').open")
            assert tab.run("document.getElementById('answer').textContent") == f"Hi {EVIL}"
            assert tab.run("document.getElementById('prompt').textContent")
            status, text = get(url, f"/texts/{id_}", Authorization=f"Bearer {alice}")
            assert (status, json.loads(text)["answer"]) == (200, f"Hi {EVIL}")
            assert get(url, f"/texts/{id_}", Authorization=f"Bearer {bob}")[0] == 404
            assert get(url, f"/texts/{id_}")[0] == 401
            assert EVIL not in get(url, "/live", Authorization=f"Bearer {alice}")[1]
        with serving(rules) as (url, _):
            id_ = ask(f"{url}/v1").headers["x-request-id"]
            assert get(url, f"/texts/{id_}")[0] == 404


def test_kept_texts_have_bounds() -> None:
    kept = KeptTexts()
    for number in range(REQUESTS + 5):
        kept.keep(f"req-{number}", Texts("alice", "p" * 3 * CHARACTERS, f"{number}"))
    assert kept.of("req-4", "alice") is None
    last = kept.of(f"req-{REQUESTS + 4}", "alice")
    assert last is not None and last.answer == f"{REQUESTS + 4}" and len(last.prompt) == CHARACTERS + 2


def test_requests_are_counted_by_how_they_ended(tmp_path: Path) -> None:
    plays = stream("Hi"), error(400, "no"), stream("Hi", cut=True, finish=None), error(503, "down")
    with before(tmp_path, *plays) as (url, gateway, _):
        seen = [ask(f"{url}/v1").status for _ in range(4)]
        unknown = chat(url, {"model": "nobody"})[0]
        text = get(url, "/metrics")[1]
        shown = gateway.shown()["requests"]
    assert (seen, unknown) == ([200, 400, 200, 502], 404)
    assert shown == {"answered": 1, "refused": 2, "failed": 2, "cancelled": 0}
    assert 'harness_requests_total{outcome="failed"} 2.0' in text


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/v1/responses", "chat completions"),
        ("/v1/messages", "claude-code-router"),
        ("/chat/completions", "ends in /v1"),
        ("/api/chat", "OpenAI-compatible"),
        ("/<script>", "/v1/chat/completions"),
        ("/metrics", "POST is not for"),
    ],
)
def test_an_address_that_is_not_served_says_which_are(tmp_path: Path, path: str, hint: str) -> None:
    with before(tmp_path, answer(200, WHOLE)) as (url, _, _server):
        status, headers, data = post(url, path, {})
    assert status == (405 if path == "/metrics" else 404) and hint in json.loads(data)["error"]["message"]
    assert headers["content-type"] == "application/json"


def test_models_are_listed_and_looked_up(tmp_path: Path) -> None:
    with before(tmp_path, answer(200, WHOLE)) as (url, _, _server):
        listed = json.loads(get(url, "/v1/models")[1])["data"]
        for entry in listed:
            assert json.loads(get(url, f"/v1/models/{entry['id']}")[1]) == entry
        assert get(url, "/v1/models/nobody")[0] == 404
    assert [entry["id"] for entry in listed] == ["auto", "code", "m1"]


def test_figures_are_for_those_who_have_a_key(tmp_path: Path) -> None:
    key = add_key(tmp_path / "keys.yaml", "alice")
    with Loopback(stream("x")) as server:
        rules = write_rules(tmp_path / "rules.yaml", server)
        with serving(rules, keys=tmp_path / "keys.yaml") as (url, _):
            for path in ("/live", "/metrics", "/v1/models"):
                assert get(url, path)[0] == 401
                assert get(url, path, Authorization=f"Bearer {key}")[0] == 200
            assert post(url, "/v1/feedback", {"request_id": "x", "score": 1})[0] == 401
            assert get(url, "/")[0] == get(url, "/health")[0] == 200  # they say nothing of anybody


def test_feedback_counts_in_place_of_what_was_thought(tmp_path: Path) -> None:
    with before(tmp_path, answer(200, WHOLE)) as (url, gateway, _):
        ids = [chat(url, {"model": "code"})[1]["x-request-id"] for _ in range(3)]
        assert (gateway.router.state("code").passed[0], gateway.router.state("code").failed[0]) == (3, 0)
        assert post(url, "/v1/feedback", {"request_id": ids[0], "score": 0.25})[0] == 200
        assert post(url, "/v1/feedback", {"request_id": ids[0], "score": 0.5})[0] == 200  # thought over
        known = gateway.router.state("code")
        assert (known.passed[0], known.failed[0]) == (0.5, 0.5)  # the other two say nothing of quality
        for body, status in (
            ({"request_id": "req-none", "score": 1}, 404),
            ({"request_id": ids[1], "score": 2}, 400),
            ({"request_id": ids[1]}, 400),
            ([], 400),
            (b"{", 400),
            (b"x" * 20_000, 413),
        ):
            assert post(url, "/v1/feedback", body)[0] == status
    calls = read_observations(tmp_path / "results")
    assert sorted(call.score or -1 for call in calls) == [-1, -1, 5.0]  # a call counts once


def test_a_snapshot_names_who_is_left_alone(tmp_path: Path) -> None:
    with before(tmp_path, error(429, "busy", retry_after="50")) as (url, gateway, _server):
        chat(url)
        state = gateway.shown()
    assert state["cooling"]["m1"]["why"] == "rate_limit"
    assert state["models"]["m1"]["failed"] == 1

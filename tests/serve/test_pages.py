"""The live page in a real browser, feedback, and what the gateway tells of itself."""

from __future__ import annotations

import http.client
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.results.observations import read_observations
from harness.serve.callers import add_key
from tests.loopback import Loopback, answer, stream
from tests.serve.gateways import serving, write_rules
from tests.serve.scenes import ask, error
from tests.serve.test_gateway import WHOLE, before, chat, post

EVIL = "<img src=x onerror=alert(1)>"


def get(url: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    text = response.read(200_000 if path != "/live" else 400).decode()
    connection.close()
    return response.status, text


@pytest.mark.slow  # a browser may write down the page before its stream has come: it is asked again
def test_the_page_shows_calls_as_they_come(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("there is no Chromium here")
    with before(
        tmp_path, stream("secret words"), error(400, EVIL), error(429, "busy", retry_after="600")
    ) as served:
        url, _, _ = served
        for _ in range(3):
            ask(f"{url}/v1")
        for patience_ms in (2000, 8000, 30_000):  # a busy machine takes its time
            done = subprocess.run(
                [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--timeout={patience_ms}",
                 f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", "--dump-dom", url],
                capture_output=True, text=True, timeout=120, check=True,
            )  # fmt: skip
            if "left alone for" in done.stdout:
                break
    assert "CONSOLE" not in done.stderr
    assert "left alone for" in done.stdout and "bad_request" in done.stdout
    assert "secret words" not in done.stdout and "<img" not in done.stdout
    assert done.stdout.count(">answered<") == 1


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
        thought = gateway.router.state("code")
        assert post(url, "/v1/feedback", {"request_id": ids[0], "score": 0.25})[0] == 200
        assert post(url, "/v1/feedback", {"request_id": ids[0], "score": 0.5})[0] == 200  # thought over
        known = gateway.router.state("code")
        assert known.passed[0] == thought.passed[0] - 0.5 and known.failed[0] == thought.failed[0] + 0.5
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

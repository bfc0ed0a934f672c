"""Which web pages may speak to the gateway, with and without keys."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.serve.callers import add_key
from tests.loopback import Loopback, answer
from tests.serve.gateways import serving, write_rules
from tests.serve.test_gateway import WHOLE, chat

SITE = "https://site.example"


@pytest.fixture(scope="module")
def open_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Loopback]]:
    rules = tmp_path_factory.mktemp("origins") / "rules.yaml"
    with Loopback(answer(200, WHOLE)) as server, serving(write_rules(rules, server)) as (url, _):
        yield url, server


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://localhost:3000"}, 200),
        ({"origin": "http://[::1]:3000"}, 200),
        ({"origin": "vscode-webview://abc"}, 200),
        ({"origin": SITE}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1.site.example"}, 403),
        ({"origin": "http://[::1"}, 403),
        ({"host": "site.example"}, 403),
        ({"host": "site.example:8080", "origin": "http://site.example:8080"}, 403),
        ({"host": "site.example."}, 403),
        ({"host": "127.0.0.1.site.example"}, 403),
        ({"host": "localhost:8080"}, 200),
        ({"host": "x"}, 200),
        ({"host": "[::1]:8080"}, 200),
        ({"host": "127.0.0.1:8080"}, 200),
        ({"host": "my.machine.local"}, 200),
    ],
)
def test_without_keys_only_this_machine_may(
    open_gateway: tuple[str, Loopback], headers: dict[str, str], status: int
) -> None:
    url, server = open_gateway
    server.calls.clear()
    got, answered, body = chat(url, None, **headers)
    assert got == status and len(server.calls) == (status == 200)
    if status == 200:
        assert answered.get("access-control-allow-origin") == headers.get("origin")
    else:
        assert "--keys" in body["error"]["message"] and "access-control-allow-origin" not in answered


def test_a_page_of_this_machine_is_told_that_it_may_ask(open_gateway: tuple[str, Loopback]) -> None:
    for origin, status in (("http://localhost:3000", 204), (SITE, 403)):
        connection = http.client.HTTPConnection(urlsplit(open_gateway[0]).netloc, timeout=10)
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        connection.request("OPTIONS", "/v1/chat/completions", headers=headers)
        assert connection.getresponse().status == status
        connection.close()


def test_with_keys_pages_of_all_sites_may_ask_and_need_one(tmp_path: Path) -> None:
    key = add_key(tmp_path / "keys.yaml", "alice")
    with Loopback(answer(200, WHOLE)) as server:
        rules = write_rules(tmp_path / "rules.yaml", server)
        with serving(rules, keys=tmp_path / "keys.yaml") as (url, _):
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
            asked = {"Origin": SITE, "Access-Control-Request-Method": "POST",
                     "Access-Control-Request-Headers": "authorization, x-stainless-os"}  # fmt: skip
            connection.request("OPTIONS", "/v1/chat/completions", headers=asked)
            allowed = connection.getresponse()
            assert (allowed.status, allowed.read()) == (204, b"")
            assert allowed.headers["access-control-allow-origin"] == SITE
            assert allowed.headers["access-control-allow-headers"] == "authorization, x-stainless-os"
            connection.close()
            assert chat(url, None, origin=SITE)[0] == 401
            status, headers, body = chat(url, None, origin=SITE, authorization=f"Bearer {key}")
    assert status == 200 and headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in headers and json.dumps(body)

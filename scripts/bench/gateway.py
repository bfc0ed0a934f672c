"""What the gateway adds to a request, how many it answers a second, and whether streams pass whole.

Everything is measured at the client, in one run: each request goes to the endpoint straight and through the
gateway in turn. ``python -m scripts.bench.gateway --scenes`` plays the sixteen scenes at their real pace.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from harness.rules.file import to_yaml
from harness.rules.ruleset import Provider
from scripts.bench.endpoint import serving
from tests.exporters.sample import model, rule, rule_set

ONE_BY_ONE, AT_ONCE, RATE_S = 600, 64, 6.0
STREAMS, DELTAS, STREAM_S = 200, 64, 1.28  # a delta each 20 ms
_BODY = {"model": "auto", "stream": True, "messages": [{"role": "user", "content": "What is 2 + 2?"}]}


def measure() -> dict[str, Any]:
    """Milliseconds added at one client, requests a second at 64, and what 200 streams lost."""
    with tempfile.TemporaryDirectory() as folder:
        with serving(0.0, 16) as endpoint, gateway_before(endpoint, Path(folder)) as gateway:
            added = asyncio.run(_added(endpoint, gateway))
            rate = asyncio.run(_rate(gateway))
            straight = asyncio.run(_rate(endpoint))
        with serving(STREAM_S, DELTAS) as endpoint, gateway_before(endpoint, Path(folder)) as gateway:
            streams = asyncio.run(_streams(endpoint, gateway))
    return {
        "aim": "added p50 <= 2 ms, p99 <= 5 ms; >= 700 requests/s; 0 frames lost, ttft p99 added <= 10 ms",
        "added_ms": added,
        "requests_a_second": {"clients": AT_ONCE, "gateway": rate, "endpoint_alone": straight},
        "streams": streams,
    }


@contextmanager
def gateway_before(url: str, folder: Path) -> Iterator[str]:
    """The command itself before one endpoint: its address."""
    rules = replace(
        rule_set(),
        providers=(Provider("p", "openai", url, None),),
        models=(model("m", "p", "m"),),
        rules=(rule("*", "m", priority=0),),
        baseline=None,
        role_map={},
    )
    (folder / "rules.yaml").write_text(to_yaml(rules), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [sys.executable, "-m", "harness", "serve", "--rules", str(folder / "rules.yaml")]
    command = [*serve, "--port", str(port), "--results", str(folder / "results")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(40)


async def _added(endpoint: str, gateway: str) -> dict[str, float]:
    """Percentiles of a whole answer's time: through the gateway less straight, one client."""
    async with _client() as session:
        for url in (endpoint, gateway) * 20:
            await _ask(session, url)
        pairs = [(await _ask(session, endpoint), await _ask(session, gateway)) for _ in range(ONE_BY_ONE)]
    straight, through = (quantiles([pair[at][0] for pair in pairs], n=100) for at in (0, 1))
    return {
        name: round((through[p - 1] - straight[p - 1]) * 1000, 3) for name, p in (("p50", 50), ("p99", 99))
    }


async def _rate(url: str) -> float:
    """Answers a second of clients that ask again at once."""
    done, end = 0, time.perf_counter() + RATE_S

    async def ask_on(session: ClientSession) -> None:
        nonlocal done
        while time.perf_counter() < end:
            await _ask(session, url)
            done += 1

    async with _client() as session:
        await asyncio.gather(*(ask_on(session) for _ in range(AT_ONCE)))
    return round(done / RATE_S, 1)


async def _streams(endpoint: str, gateway: str) -> dict[str, float]:
    """Frames lost in streams at once, and the p99 of the time to the first token that is added."""
    firsts, lost = {}, 0
    async with _client() as session:
        for name, url in (("endpoint", endpoint), ("gateway", gateway)):
            answers = await asyncio.gather(*(_ask(session, url) for _ in range(STREAMS)))
            firsts[name] = quantiles([first for _, first, _ in answers], n=100)[98]
            lost += sum(DELTAS - deltas for _, _, deltas in answers)
    return {
        "streams": STREAMS,
        "frames_lost": lost,
        "ttft_p99_added_ms": round((firsts["gateway"] - firsts["endpoint"]) * 1000, 2),
    }


async def _ask(session: ClientSession, url: str) -> tuple[float, float, int]:
    """One request: seconds, seconds to the first token, and how many tokens came."""
    began, first, body = time.perf_counter(), 0.0, b""
    async with session.post(f"{url}/chat/completions", json=_BODY) as response:
        async for part in response.content.iter_any():
            body += part
            if not first and b'"content"' in body:
                first = time.perf_counter() - began
    if b"[DONE]" not in body:
        raise RuntimeError(f"no whole answer: {body[-300:]!r}")
    return time.perf_counter() - began, first, body.count(b'"content"')


def _client() -> ClientSession:
    return ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=60))


def _await(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def play_scenes() -> dict[str, str]:
    """The grade of each scene at its real pace, by the gateway as it comes."""
    from harness.serve.upstream import Limits
    from tests.loopback import Loopback
    from tests.serve.gateways import serving as serving_gateway
    from tests.serve.gateways import write_rules
    from tests.serve.scenes import SCENES, Pace, Scene, play_scene

    def played(scene: Scene, folder: Path) -> str:
        @contextmanager
        def gateway(first: Loopback, second: Loopback) -> Iterator[str]:
            rules = write_rules(folder / "rules.yaml", first, second, contexts=scene.windows)
            with serving_gateway(rules, Limits()) as (url, _):
                yield f"{url}/v1"

        return play_scene(scene, Pace(retry_after_s=2, late_s=20, stall_s=30), gateway)[0]

    grades = {}
    for name, scene in SCENES.items():
        with tempfile.TemporaryDirectory() as folder:
            grades[f"{name} {scene.title}"] = played(scene, Path(folder))
    return grades


if __name__ == "__main__":
    print(json.dumps(play_scenes() if "--scenes" in sys.argv else measure(), indent=2))

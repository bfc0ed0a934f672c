"""What a gateway adds to a request, how many it answers a second, and whether streams pass whole.

Ours, and LiteLLM's proxy beside it where ``make test-external`` has installed it. All is measured at the
client, straight and through a gateway in turn; client, endpoint and gateway are a process each.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from scripts.bench.endpoint import serving
from scripts.bench.gateway_client import Caller, Timed
from scripts.bench.gateways import Place, Started, gateways, ours

ROUNDS = 3
ONE_BY_ONE, AT_ONCE, RATE_S = 300, 64, 4.0
STREAMS, DELTAS, STREAM_S = 200, 64, 1.28  # a delta each 20 ms
TURNS = 3  # streams of each client, one after the other
MINUTES = 10.0  # that memory is watched for
_RATES = ("streamed_a_second", "whole_a_second")
AIM = (
    "added p50 <= 2 ms, p99 <= 5 ms; >= 700 requests/s and >= 4 x LiteLLM's proxy; 0 frames lost, added time "
    "to the first token p99 <= 10 ms"
)


def measure() -> dict[str, Any]:
    """Milliseconds added at one client, answers a second at 64, what 200 streams lost of ours; medians."""
    figures: dict[str, Any] = {"aim": AIM}
    with tempfile.TemporaryDirectory() as folder:
        with serving(0.0, 16) as endpoint:
            for name, start in gateways().items():
                with start(Path(folder), {"auto": [Place(endpoint)]}) as gateway:
                    figures[name] = _medians([_speed(endpoint, gateway) for _ in range(ROUNDS)])
        with (
            serving(STREAM_S, DELTAS) as endpoint,
            ours(Path(folder), {"auto": [Place(endpoint)]}) as gateway,
        ):
            figures["ours"]["streams"] = _medians([_streams(endpoint, gateway) for _ in range(ROUNDS)])
    if "litellm" in figures:
        pairs = ((rate, figures["ours"][rate], figures["litellm"][rate]) for rate in _RATES)
        figures["times_litellm"] = {rate: round(one / other, 2) for rate, one, other in pairs}
    return figures


def _speed(endpoint: str, gateway: Started) -> dict[str, float]:
    added = asyncio.run(_added(endpoint, gateway))
    straight, _ = asyncio.run(_rate(Started(endpoint)))
    before = gateway.cpu_s()
    rate, answers = asyncio.run(_rate(gateway))
    cpu_ms = (gateway.cpu_s() - before) * 1000 / answers
    whole, _ = asyncio.run(_rate(gateway, streamed=False))
    return {
        **added,
        "streamed_a_second": rate,
        "streamed_a_second_straight": straight,
        "cpu_ms_a_streamed_one": round(cpu_ms, 3),
        "whole_a_second": whole,
    }


async def _added(endpoint: str, gateway: Started) -> dict[str, float]:
    """Percentiles of a whole answer's time, one client: through the gateway less straight."""
    straight, through = await Caller.connected(endpoint), await gateway.caller()
    for _ in range(30):
        await straight.ask(), await through.ask()
    pairs = [((await straight.ask()).seconds, (await through.ask()).seconds) for _ in range(ONE_BY_ONE)]
    straight.close()
    through.close()
    without, with_it = (quantiles([pair[at] for pair in pairs], n=100) for at in (0, 1))
    return {f"added_p{p}_ms": round((with_it[p - 1] - without[p - 1]) * 1000, 3) for p in (50, 99)}


async def _rate(server: Started, *, streamed: bool = True) -> tuple[float, int]:
    """Answers a second of clients that ask again at once, and how many there were."""
    callers = [await server.caller(streamed=streamed) for _ in range(AT_ONCE)]
    end = time.perf_counter() + RATE_S

    async def ask_on(caller: Caller) -> int:
        done = 0
        while time.perf_counter() < end:
            await caller.ask()
            done += 1
        caller.close()
        return done

    answers = sum(await asyncio.gather(*map(ask_on, callers)))
    return round(answers / RATE_S, 1), answers


def _streams(endpoint: str, gateway: Started) -> dict[str, float]:
    """Frames lost of 200 streams under way at any time, and what is added to their first tokens."""
    straight, through = asyncio.run(_paced(Started(endpoint))), asyncio.run(_paced(gateway))
    lost = sum(DELTAS - one.tokens for one in (*straight, *through))
    figures: dict[str, float] = {"frames_lost": lost}
    for p in (50, 99):
        without, with_it = (quantiles([one.first_s for one in all_], n=100) for all_ in (straight, through))
        figures[f"ttft_added_p{p}_ms"] = round((with_it[p - 1] - without[p - 1]) * 1000, 2)
    return figures


async def _paced(server: Started) -> list[Timed]:
    """Streams of clients that begin evenly spread over the time of one, each several after another."""

    async def client(number: int) -> list[Timed]:
        await asyncio.sleep(STREAM_S * number / STREAMS)
        caller = await server.caller()
        answers = [await caller.ask() for _ in range(TURNS)]
        caller.close()
        return answers

    return [one for answers in await asyncio.gather(*map(client, range(STREAMS))) for one in answers]


def _medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: median(one[name] for one in rounds) for name in rounds[0]}


def memory(minutes: float = MINUTES) -> dict[str, float]:
    """MiB a minute that the gateway grows by under a steady load, after a minute to warm up."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(0.1, 16) as endpoint,
        ours(Path(folder), {"auto": [Place(endpoint)]}) as gateway,
    ):
        asyncio.run(_steady(gateway, 60))
        before = gateway.memory_mib()
        answers = asyncio.run(_steady(gateway, minutes * 60))
        after = gateway.memory_mib()
    return {
        "minutes": minutes,
        "answers": answers,
        "mib_before": round(before, 1),
        "mib_after": round(after, 1),
        "mib_a_minute": round((after - before) / minutes, 3),
    }


async def _steady(server: Started, seconds: float) -> int:
    end = time.perf_counter() + seconds

    async def client() -> int:
        done = 0
        while time.perf_counter() < end:
            caller = await server.caller()
            for _ in range(20):
                await caller.ask()
            caller.close()
            done += 20
        return done

    return sum(await asyncio.gather(*(client() for _ in range(8))))

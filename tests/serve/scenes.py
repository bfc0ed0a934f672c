"""Sixteen scenes of a misbehaving provider, after failoverbench's list; all that is in them is ours.

A scene is judged by what the client gets: ``pass`` is the whole answer (or the refusal that is due),
``safe`` an error that cannot be taken for an answer, ``partial`` a part of an answer or one that comes
twice, ``fail`` anything else.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from tests.loopback import Call, Loopback, Play, answer, stream

Grade = Literal["pass", "safe", "partial", "fail"]
TOKENS = tuple(f"t{number} " for number in range(60))
WHOLE = "".join(TOKENS)
_FOR_GOOD = 60.0  # seconds


@dataclass
class Seen:
    """What a client got of one request."""

    status: int
    headers: Mapping[str, str]
    text: str = ""
    finish: str | None = None
    done: bool = False
    error: Any = None
    model: str = ""
    usage: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def grade(self) -> Grade:
        """By the text alone."""
        if self.status == 200 and self.error is None:
            if self.text == WHOLE and self.finish and self.done:
                return "pass"
            return "partial" if self.text else "fail"
        if self.text and not WHOLE.startswith(self.text):
            return "partial"
        return "safe" if self.error is not None and not self.done else "fail"


@dataclass(frozen=True)
class World:
    """What happened in a scene: what clients got, and what two providers were asked, and when."""

    seen: list[Seen]
    first: list[Call]
    second: list[Call]
    asked_at: list[float]  # of the first provider


@dataclass(frozen=True)
class Scene:
    """How two providers behave; ``slow`` is the seconds that the longest silence of the scene takes."""

    title: str
    first: Callable[[Pace], Iterable[Play]]
    judge: Callable[[World], Grade]
    second: Callable[[Pace], Iterable[Play]] = lambda pace: [fine()]
    requests: int = 1
    prefill: bool = False
    windows: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True)
class Pace:
    """The seconds of silences: a gateway's limits are below them."""

    retry_after_s: float
    late_s: float  # first token
    stall_s: float


def fine() -> Play:
    """The whole answer."""
    return stream(*TOKENS)


def reset() -> Play:
    """The connection is reset."""

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    return play


def error(status: int, message: str, code: str = "error", **headers: str) -> Play:
    """An error in OpenAI's form."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(status, {"error": {"message": message, "type": code, "code": code}}, headers=named)


def stalled(tokens: int, seconds: float) -> Play:
    """So many tokens, a silence, and the rest."""

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        begin = stream(*TOKENS[:tokens], finish=None, usage=None, tail=b"")
        await _without_end(begin, call, writer)
        await asyncio.sleep(seconds)
        await stream(*TOKENS[tokens:])(call, _Body(writer))  # type: ignore[arg-type]

    return play


def malformed(tokens: int) -> Play:
    """A chunk that is no JSON, in the middle."""

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        await _without_end(stream(*TOKENS[:tokens], finish=None, usage=None, tail=b""), call, writer)
        bad = b'data: {"id": "1", "choices": [{"delta": {"content": "t\n\n'
        writer.write(f"{len(bad):x}\r\n".encode() + bad + b"\r\n")
        await stream(*TOKENS[tokens:])(call, _Body(writer))  # type: ignore[arg-type]

    return play


async def _without_end(play: Play, call: Call, writer: asyncio.StreamWriter) -> None:
    """A streamed answer whose last, empty piece is left out."""
    await play(call, _Body(writer, head=True))  # type: ignore[arg-type]


class _Body:
    """A writer that leaves out heads and ends, to put two plays together."""

    def __init__(self, writer: asyncio.StreamWriter, head: bool = False) -> None:
        self._writer, self._head = writer, head

    def write(self, data: bytes) -> None:
        is_end = data == b"0\r\n\r\n"
        if data.startswith(b"HTTP/1.1"):
            if self._head:
                self._writer.write(data)
        elif not (is_end and self._head):
            self._writer.write(data)

    async def drain(self) -> None:
        await self._writer.drain()


def _first_passes(world: World) -> Grade:
    return world.seen[0].grade


def _to_the_larger(world: World) -> Grade:
    return world.seen[0].grade if len(world.first) == 1 and world.second else "fail"


def _not_elsewhere(world: World) -> Grade:
    seen = world.seen[0]
    refused = seen.status == 400 and "filter" in json.dumps(seen.error)
    return "pass" if refused and len(world.first) == 1 and not world.second else "fail"


def _all_pass(world: World) -> Grade:
    grades = [seen.grade for seen in world.seen]
    worst: tuple[Grade, ...] = ("fail", "partial", "safe")
    return next((grade for grade in worst if grade in grades), "pass")


def _says_who(world: World) -> Grade:
    seen = world.seen[0]
    by_name = seen.model in ("second", "S16-1")  # by itself, or by the settings of a gateway
    named = by_name and seen.usage.get("completion_tokens") == 3
    return seen.grade if named else "fail"


_CONTEXT = "This model's maximum context length is 8192 tokens; your messages have 9000"

SCENES: Mapping[str, Scene] = {
    "S01": Scene(
        "429 with Retry-After, once",
        lambda pace: [error(429, "slow down", retry_after=f"{pace.retry_after_s:g}"), fine()],
        _first_passes,
    ),
    "S02": Scene("429 for good", lambda pace: [error(429, "slow down")], _first_passes),
    "S03": Scene("500 once", lambda pace: [error(500, "oops"), fine()], _first_passes),
    "S04": Scene("503", lambda pace: [error(503, "overloaded")], _first_passes),
    "S05": Scene("the connection is reset", lambda pace: [reset()], _first_passes),
    "S06": Scene("silence", lambda pace: [stalled_at_once()], _first_passes),
    "S07": Scene(
        "the first token comes late", lambda pace: [stream(*TOKENS, first_pause=pace.late_s)], _first_passes
    ),
    "S08": Scene("cut after 40 of 60 tokens", lambda pace: [stream(*TOKENS[:40], cut=True)], _first_passes),
    "S09": Scene("a stall in the answer", lambda pace: [stalled(30, pace.stall_s)], _first_passes),
    "S10": Scene("a malformed chunk", lambda pace: [malformed(30)], _first_passes),
    "S11": Scene("no [DONE]", lambda pace: [stream(*TOKENS, tail=b"")], _first_passes),
    "S12": Scene(
        "the context is exceeded",
        lambda pace: [error(400, _CONTEXT, "context_length_exceeded")],
        _to_the_larger,
        windows=(8192, 131_072),
    ),
    "S13": Scene(
        "the content filter refuses",
        lambda pace: [error(400, "The response was filtered by the content filter", "content_filter")],
        _not_elsewhere,
    ),
    "S14": Scene(
        "the stand-in refuses a prefill",
        lambda pace: [error(503, "overloaded")],
        _first_passes,
        second=lambda pace: [error(400, "prefill is not supported: the last message must be the user's")],
        prefill=True,
    ),
    "S15": Scene(
        "flapping, 20 requests",
        lambda pace: [play for _ in range(20) for play in (error(503, "overloaded"), fine())],
        _all_pass,
        requests=20,
    ),
    "S16": Scene(
        "who answered, and what it used",
        lambda pace: [error(500, "oops")],
        _says_who,
        second=lambda pace: [stream(*TOKENS, extra={"model": "second"})],
    ),
}


def stalled_at_once() -> Play:
    """Nothing at all."""

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(_FOR_GOOD)

    return play


def ask(
    url: str,
    *,
    prefill: bool = False,
    timeout_s: float = 60.0,
    model: str = "auto",
    key: str = "sk-test-0000000000",
    **more: Any,
) -> Seen:
    """One streamed request, and what came of it."""
    messages = [{"role": "user", "content": "Count."}]
    if prefill:
        messages.append({"role": "assistant", "content": "t0 "})
    body = {"model": model, "messages": messages, "stream": True, "stream_options": {"include_usage": True}}
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=timeout_s)
    began = time.monotonic()
    try:
        connection.request(
            "POST", f"{parts.path}/chat/completions", json.dumps({**body, **more}),
            {"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
        )  # fmt: skip
        response = connection.getresponse()
        seen = Seen(response.status, {k.lower(): v for k, v in response.getheaders()})
        try:
            _read(response.read(), seen)
        except (http.client.IncompleteRead, OSError) as broken:
            _read(getattr(broken, "partial", b""), seen)
            seen.error = seen.error or str(broken)
    finally:
        connection.close()
    seen.seconds = time.monotonic() - began
    return seen


def _read(body: bytes, seen: Seen) -> None:
    if seen.status != 200:
        seen.error = json.loads(body) if body[:1] == b"{" else body.decode("utf-8", "replace")
        return
    for frame in body.decode("utf-8", "replace").split("\n\n"):
        data = frame.removeprefix("data: ").strip()
        if data == "[DONE]":
            seen.done = True
        elif frame.startswith("data: "):
            _take(json.loads(data), seen)


def _take(chunk: Mapping[str, Any], seen: Seen) -> None:
    seen.error = chunk.get("error") or seen.error
    seen.usage = chunk.get("usage") or seen.usage
    seen.model = chunk.get("model") or seen.model
    for choice in chunk.get("choices", ()):
        seen.text += choice["delta"].get("content") or ""
        seen.finish = choice.get("finish_reason") or seen.finish


def play_scene(
    scene: Scene,
    pace: Pace,
    gateway: Callable[[Loopback, Loopback], Any],
    model: str = "auto",
    ports: tuple[int, int] = (0, 0),
) -> tuple[Grade, World]:
    """Play a scene before the gateway that ``gateway``, a context manager, opens for two providers.

    ``model`` is whom clients ask for; the providers are at ``ports``.
    """
    asked_at: list[float] = []

    def timed(play: Play) -> Play:
        async def noted(call: Call, writer: asyncio.StreamWriter) -> None:
            asked_at.append(time.monotonic())
            await play(call, writer)

        return noted

    first = Loopback(*map(timed, scene.first(pace)), port=ports[0])
    second = Loopback(*scene.second(pace), port=ports[1])
    with first, second, gateway(first, second) as url:
        seen = [ask(url, prefill=scene.prefill, model=model) for _ in range(scene.requests)]
        world = World(seen, first.calls, second.calls, asked_at)
        try:
            return scene.judge(world), world
        except (KeyError, ValueError):
            return "fail", world

"""One call of one upstream: its first frames are held until they hold an answer, the others pass through."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from harness.credentials import mask
from harness.engines.endpoint.failures import (
    clean,
    explanation,
    status_failure,
    status_in,
)
from harness.jsontext import parse
from harness.records import Failure
from harness.serve.connections import Connection
from harness.serve.frames import DONE, BadFrame, ErrorFrame, FrameReader, Progress, parsed
from harness.serve.pool import Connections
from harness.serve.targets import Target

IDLE_S = 30.0  # between two pieces of an answer
LEFT_OVER_S = 2.0  # for the usage and the end, after the finish reason
ANSWER_BYTES = 64 << 20
_ERROR_BYTES = 256 << 10
_PASSED = ("openai-processing-ms", "openai-version")  # of an upstream's headers; the x-ratelimit ones too


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an upstream may take, in seconds."""

    first_s: float = 10.0  # to the first token of a streamed answer, where another model may be asked
    idle_s: float = IDLE_S


class CallFailed(Exception):
    """A call without an answer, or one whose answer broke off. ``status`` and ``body`` are the upstream's."""

    def __init__(self, failure: Failure, status: int | None = None, body: bytes = b"") -> None:
        super().__init__(failure.message)
        self.failure, self.status, self.body = failure, status, body


class Call(Protocol):
    """One call of a model, wherever it is."""

    progress: Progress
    headers: Mapping[str, str]  # of its answer, that may be passed on
    local: bool  # on this machine: slow is not broken

    async def begin(self, patience_s: float) -> list[bytes]:
        """Ask, and wait for the first token: the frames up to it, or the body. Raises ``CallFailed``."""
        ...

    async def more(self) -> bytes:
        """The frames that come next, until ``progress`` is done. Raises ``CallFailed`` at a break."""
        ...

    async def close(self) -> None:
        """End the call, whether it was answered or not."""
        ...


@dataclass(slots=True)
class HttpCall:
    """A call of an OpenAI-compatible endpoint. Redirects are not followed: they would take the key along."""

    connections: Connections
    target: Target
    body: bytes
    stream: bool
    who: str  # the host, for messages
    key_env: str | None
    keep_usage: bool = True  # whether a frame with the usage alone is passed on
    idle_s: float = IDLE_S
    local: bool = False
    progress: Progress = field(default_factory=Progress)
    headers: Mapping[str, str] = field(default_factory=dict)
    _response: Connection | None = None
    _reader: FrameReader = field(default_factory=FrameReader)

    async def begin(self, patience_s: float) -> list[bytes]:
        """As ``Call`` has it."""
        try:
            async with asyncio.timeout(patience_s):
                response = await self._ask()
                if not self.stream:
                    return [await self._whole(response)]
                return await self._first_frames(response)
        except TimeoutError:
            raise CallFailed(self._failure("timeout", f"no answer within {patience_s:g} s")) from None
        except OSError as error:
            raise CallFailed(self._failure("connection", self._words(str(error)))) from None

    async def more(self) -> bytes:
        """As ``Call`` has it."""
        assert self._response is not None
        frames: list[bytes] = []
        while not frames:
            try:
                received = await self._response.read(LEFT_OVER_S if self.progress.finish else self.idle_s)
            except TimeoutError:
                if not self.progress.finish:
                    raise CallFailed(
                        self._failure("timeout", f"silent for {self.idle_s:g} s, in an answer")
                    ) from None
                received = b""
            except OSError as error:
                raise CallFailed(self._failure("broken_stream", self._words(str(error)))) from None
            frames = self._take(received) if received else self._end()
        return b"".join(frames)

    async def close(self) -> None:
        """As ``Call`` has it. An answer that was read to its end leaves its connection to the next."""
        if self._response is not None:
            self.connections.give_back(self._response, done=self.progress.done)
            self._response = None

    async def _ask(self) -> Connection:
        key = self._key()
        if key is not None and not key.isprintable():
            raise CallFailed(Failure("auth", f"{self.who}: {self.key_env} holds more than a key", fatal=True))
        self._response = response = await self.connections.ask(self.target, self.body, key)
        self.headers = {
            name: value
            for name, value in response.headers.items()
            if (name in _PASSED or name.startswith("x-ratelimit-")) and value.isprintable()
        }
        if response.status != 200:
            raise await self._refused(response)
        return response

    async def _first_frames(self, response: Connection) -> list[bytes]:
        held: list[bytes] = []
        while True:
            received = await response.read()
            if not received:
                if self._reader.rest[:1] == b"{" and not held:  # it does not stream
                    return _as_frames(self._body(bytes(self._reader.rest)))
                held += self._end()
                return held
            for frame in self._take(received):
                held.append(frame)
            if self.progress.begun or self.progress.finish or self.progress.done:
                return held

    def _take(self, received: bytes) -> list[bytes]:
        """The whole frames in what was received, each looked at."""
        frames = []
        try:
            for frame in self._reader.feed(received):
                if not self.progress.take(frame) or self.keep_usage:
                    frames.append(frame)
        except BadFrame as error:
            raise self._bad(error) from None
        return frames

    def _end(self) -> list[bytes]:
        """What is left when nothing more comes: perhaps a last frame, and the end where it is missing."""
        frames = self._take(b"\n\n") if self._reader.rest.strip() else []
        if self.progress.done:
            return frames
        if not self.progress.finish:
            raise CallFailed(self._failure("broken_stream", "the answer broke off"))
        self.progress.done = True
        return [*frames, DONE]

    async def _whole(self, response: Connection) -> bytes:
        body = await _read(response, ANSWER_BYTES)
        if len(body) > ANSWER_BYTES:
            raise CallFailed(self._failure("bad_response", f"more than {ANSWER_BYTES >> 20} MB"))
        return self._body(body)

    def _body(self, body: bytes) -> bytes:
        try:
            self.progress.take_body(body)
        except BadFrame as error:
            raise self._bad(error) from None
        return body

    async def _refused(self, response: Connection) -> CallFailed:
        text = (await _read(response, _ERROR_BYTES))[:_ERROR_BYTES].decode("utf-8", "replace")
        text = mask(text, self._key())
        if response.status < 400:
            reason = f"answered {response.status}, which is no answer; is `base_url` right?"
            return CallFailed(self._failure("bad_response", reason))
        try:
            body: object = parse(text)
        except ValueError:
            body = text
        words = self._words(explanation(body))
        failure = status_failure(response.status, words, response.headers, self.who, self.key_env)
        return CallFailed(failure, response.status, text.encode())

    def _bad(self, error: BadFrame) -> CallFailed:
        if not isinstance(error, ErrorFrame):
            return CallFailed(self._failure("bad_response", str(error)))
        status, words = status_in(error.body), self._words(explanation(error.body))
        headers = self._response.headers if self._response is not None else {}
        failure = status_failure(status, words, headers, self.who, self.key_env)
        body = error.body if isinstance(error.body, dict) and "error" in error.body else {"error": error.body}
        return CallFailed(failure, status or 502, mask(json.dumps(body), self._key()).encode())

    def _failure(self, kind: str, words: str) -> Failure:
        return Failure(kind, f"{self.who}: {words}", retryable=True)

    def _words(self, text: str) -> str:
        return clean(text, self._key())

    def _key(self) -> str | None:
        return os.environ.get(self.key_env, "").strip() or None if self.key_env else None


async def _read(response: Connection, most: int) -> bytes:
    """The body, or a little more than ``most`` bytes of it."""
    parts = bytearray()
    while len(parts) <= most and (part := await response.read()):
        parts += part
    return bytes(parts)


def _as_frames(body: bytes) -> list[bytes]:
    """A whole answer as a stream of one chunk: the endpoint does not stream, and the client wants it so."""
    answer = dict(parsed(body))
    chunk = {**answer, "object": "chat.completion.chunk"}
    chunk["choices"] = [
        {**{k: v for k, v in choice.items() if k != "message"}, "delta": choice.get("message", {})}
        for choice in answer["choices"]
    ]
    return [b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n", DONE]

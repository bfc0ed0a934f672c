"""Server-sent events as they pass through: cut apart without a change, and what each says.

The bytes of a frame go on to the client as they came; a copy is parsed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness import jsontext
from harness.engines.endpoint.failures import error_in

FRAME_BYTES = 4 << 20  # of one frame: an answer of a million tokens
DONE = b"data: [DONE]\n\n"
_END = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")
_LINE = re.compile(rb"\r\n|\n|\r")
_DECODER = json.JSONDecoder()
_CONTENT = ("tool_calls", "function_call", "refusal", "reasoning_content", "reasoning", "audio")


class BadFrame(ValueError):
    """What came is no chunk of an answer."""


class FrameReader:
    """Cuts a stream of bytes behind each empty line. Raises ``BadFrame`` where none comes for too long."""

    def __init__(self) -> None:
        self.rest = bytearray()  # of a frame that has not ended

    def feed(self, received: bytes) -> Iterator[bytes]:
        """The frames that end in ``received``, with their empty lines."""
        if not self.rest and received.endswith(b"\n\n") and b"\r" not in received:
            for frame in received[:-2].split(b"\n\n"):  # most packets are whole frames
                yield frame + b"\n\n"
            return
        looked_at = max(0, len(self.rest) - 3)
        self.rest += received
        begin = 0
        for end in _END.finditer(self.rest, looked_at):
            if end.end() == len(self.rest) and end[0] == b"\r\r":
                break  # a line feed may follow
            yield bytes(self.rest[begin : end.end()])
            begin = end.end()
        del self.rest[:begin]
        if len(self.rest) > FRAME_BYTES:
            raise BadFrame(f"a frame of more than {FRAME_BYTES >> 20} MB")


def data_of(frame: bytes) -> bytes | None:
    """What a frame says; ``None`` for comments, and for lines without data."""
    if frame.startswith(b"data: ") and frame.find(b"\n") == len(frame) - 2 and b"\r" not in frame:
        return frame[6:-2].strip() or None  # most frames are one line
    lines = [line[5:].removeprefix(b" ") for line in _LINE.split(frame) if line.startswith(b"data:")]
    return b"\n".join(lines).strip() or None if lines else None


@dataclass(slots=True)
class Progress:
    """What was learned of an answer from the chunks that passed, or from its one body."""

    begun: bool = False  # a token or a call of a tool has come
    finish: str | None = None
    done: bool = False  # the endpoint sent ``[DONE]``, or a whole answer
    usage: Mapping[str, Any] = field(default_factory=dict)
    chunks: int = 0
    words: list[str] = field(default_factory=list)  # of the answer's text
    calls: bool = False

    def take(self, frame: bytes) -> bool:
        """Count a frame; whether it is for the usage alone. Raises ``BadFrame``."""
        data = data_of(frame)
        if data is None:
            return False
        if data.startswith(b"[DONE]"):
            self.done = True
            return False
        chunk = parsed(data)
        self.chunks += 1
        return self._take(chunk)

    def take_body(self, data: bytes) -> None:
        """Count a whole answer. Raises ``BadFrame`` where it is none."""
        body = parsed(data)
        if isinstance(body.get("data"), list):  # embeddings
            self.begun = True
        elif not body.get("choices"):
            raise BadFrame("an answer without choices")
        self._take(body)
        self.done = True

    def _take(self, chunk: Mapping[str, Any]) -> bool:
        usage, choices = chunk.get("usage"), chunk.get("choices")
        if isinstance(usage, Mapping):
            self.usage = usage
        for choice in choices if isinstance(choices, list) else ():
            if not isinstance(choice, dict):
                raise BadFrame("a choice that is no object")
            part = choice.get("delta") or choice.get("message") or choice
            if isinstance(part, dict):
                self._add(part)
            self.finish = choice.get("finish_reason") or self.finish
        return bool(usage) and not choices

    def _add(self, part: Mapping[str, Any]) -> None:
        text = part.get("content") or part.get("text")
        if isinstance(text, str):
            self.words.append(text)
        self.calls = self.calls or bool(part.get("tool_calls") or part.get("function_call"))
        self.begun = self.begun or bool(text) or any(map(part.get, _CONTENT))

    def add_text(self, text: str) -> None:
        """Count a piece of text that came otherwise than in a frame."""
        self.begun = True
        self.chunks += 1
        self.words.append(text)


def parsed(data: bytes) -> Mapping[str, Any]:
    """The object that a chunk or an answer is. Raises ``BadFrame``."""
    try:
        value = _quickly(data) or jsontext.parse(data)
    except ValueError as error:
        raise BadFrame(f"no JSON: {error}") from None
    if (inner := error_in(value)) is not None:
        raise ErrorFrame(inner)
    if not isinstance(value, dict):
        raise BadFrame("a chunk that is no object")
    return value


def _quickly(data: bytes) -> Any:
    """The value of JSON that is well-formed and flat, as nearly every chunk is; ``None`` of any other."""
    if data.count(b"[") + data.count(b"{") > jsontext.DEPTH or b"\\u" in data:
        return None
    try:
        text = data.decode()
        value, end = _DECODER.raw_decode(text)
    except ValueError:
        return None
    return value if end == len(text) else None


class ErrorFrame(BadFrame):
    """An error in place of a chunk; ``body`` is what it says."""

    def __init__(self, body: object) -> None:
        super().__init__("an error in place of an answer")
        self.body = body


def error_frame(message: str, kind: str) -> bytes:
    """An error after the answer has begun, as clients of OpenAI understand it."""
    return b"data: " + json.dumps(error_body(message, kind), ensure_ascii=False).encode() + b"\n\n"


def error_body(message: str, kind: str, param: str | None = None) -> dict[str, Any]:
    """An error in OpenAI's form."""
    return {"error": {"message": message, "type": kind, "param": param, "code": kind}}

"""What a client asks of the gateway: its body, read within bounds, and what of it decides who answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from harness import jsontext

Kind = Literal["chat/completions", "completions", "embeddings"]
BODY_BYTES = 32 << 20  # a prompt of a million tokens and some images
AUTO = "auto"
TASK_TYPE, METADATA = "x-harness-task-type", "x-harness-metadata"
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)  # made once: it takes as long as a body
_READ = 200_000  # characters of a prompt that keywords are looked for in
_NAME = 500


class BadRequest(ValueError):
    """A body that no model can be asked with; ``param`` is the key that is wrong."""

    def __init__(self, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.param = param


@dataclass(frozen=True, slots=True)
class ClientRequest:
    """One request: its body as it came, and what was read in it."""

    kind: Kind
    body: Mapping[str, Any]
    model: str
    stream: bool
    wants_usage: bool  # the client asked for a frame of its own with the usage
    text: str  # of the prompt, for keywords
    tokens: int  # of the prompt; a token counts as four characters
    task_type: str | None = None  # by the header
    metadata: Mapping[str, str] = field(default_factory=dict)

    def with_defaults(self, params: Mapping[str, float]) -> ClientRequest:
        """The same with ``params`` where the client says nothing of them, in either name of the length."""
        if not params:
            return self
        left_out = "max_tokens" if "max_completion_tokens" in self.body else ""  # both are refused together
        given = {key: value for key, value in params.items() if key != left_out}
        return replace(self, body={**given, **self.body})

    def sent(self, upstream_name: str) -> bytes:
        """The body for one upstream: with its name of the model, and a demand for the usage.

        Raises ``BadRequest`` for a number that JSON has no digits for.
        """
        body = {**self.body, "model": upstream_name}
        if self.stream:
            options = body.get("stream_options")
            body["stream_options"] = {**(options if isinstance(options, dict) else {}), "include_usage": True}
        try:
            return _ENCODER.encode(body).encode()
        except ValueError:
            raise BadRequest("the body has a number beyond all bounds, or none (NaN)") from None


def read_request(kind: Kind, raw: bytes, headers: Mapping[str, str]) -> ClientRequest:
    """Read a body. Raises ``BadRequest``."""
    try:
        body = jsontext.parse(raw)
    except ValueError as error:
        raise BadRequest(f"the body is no JSON: {error}") from None
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    model = body.get("model", AUTO)
    if not isinstance(model, str) or not 0 < len(model) <= _NAME:
        raise BadRequest("'model' must be a name: auto, a task type or a model of the rules", "model")
    stream = body.get("stream") or False
    if not isinstance(stream, bool) or (stream and kind == "embeddings"):
        raise BadRequest("'stream' must be true or false", "stream")
    options = body.get("stream_options")
    texts = list(_texts(kind, body))
    characters = sum(map(len, texts))
    return ClientRequest(
        kind=kind,
        body=body,
        model=model,
        stream=stream,
        wants_usage=isinstance(options, dict) and bool(options.get("include_usage")),
        text="\n".join(texts)[:_READ],
        tokens=characters // 4,
        task_type=headers.get(TASK_TYPE) or None,
        metadata=_metadata(headers.get(METADATA)) | _strings(body.get("metadata")),
    )


def _texts(kind: Kind, body: Mapping[str, Any]) -> list[str]:
    if kind == "chat/completions":
        messages = body.get("messages")
        if not isinstance(messages, list) or not messages:
            raise BadRequest("'messages' must be a list with at least one message", "messages")
        if not all(isinstance(message, dict) for message in messages):
            raise BadRequest("each of 'messages' must be an object with 'role' and 'content'", "messages")
        return [text for message in messages for text in _strings_in(message.get("content"))]
    key = "prompt" if kind == "completions" else "input"
    if body.get(key) in (None, "", []):
        raise BadRequest(f"{key!r} must be a text or a list", key)
    return _strings_in(body[key])


def _strings_in(content: object) -> list[str]:
    """The texts of a content: itself, or those of its parts."""
    if isinstance(content, str):
        return [content]
    if not isinstance(content, list):
        return []
    parts = [part.get("text") if isinstance(part, dict) else part for part in content]
    return [part for part in parts if isinstance(part, str)]


def _metadata(header: str | None) -> dict[str, str]:
    """``team=backend, urgent=yes`` as a mapping."""
    pairs = [part.partition("=") for part in (header or "").split(",")]
    return {key.strip(): value.strip() for key, equals, value in pairs if equals}


def _strings(value: object) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    return {key: one for key, one in given.items() if isinstance(one, str)}

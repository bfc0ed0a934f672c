"""A client's request as the local engine knows it. What the engine cannot do is refused, never left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from harness.graders.schemas import schema_flaw
from harness.messages import Message
from harness.records import Request
from harness.serve.frames import error_body
from harness.serve.requests import ClientRequest

MAX_TOKENS = 4096  # where the client says nothing
_ROLES = {"developer": "system"}
_UNKNOWN = (  # what only other servers have
    *("tools", "functions", "logit_bias", "audio", "logprobs", "echo", "suffix"),
    *("frequency_penalty", "presence_penalty"),
)


class LocalRefusal(ValueError):
    """What a model on this machine cannot be asked."""

    def __init__(self, message: str, param: str) -> None:
        super().__init__(message)
        self.body = json.dumps(error_body(message, "invalid_request_error", param)).encode()


def chat_request(client: ClientRequest) -> Request:
    """The request. Raises ``LocalRefusal``."""
    body = client.body
    if client.kind == "embeddings":
        raise LocalRefusal("a model on this machine makes no embeddings here", "model")
    for name in _UNKNOWN:
        if body.get(name):
            raise LocalRefusal(f"a model on this machine does not know {name!r}", name)
    if body.get("n") not in (None, 1):
        raise LocalRefusal("a model on this machine gives one answer a request", "n")
    is_chat = client.kind == "chat/completions"
    messages = tuple(map(_message, body["messages"])) if is_chat else (_prompt(body["prompt"]),)
    return Request(
        sample_id="",
        suite="",
        task_id="",
        messages=messages,
        raw=not is_chat,
        seed=_whole(body, "seed", 0, 0, 2**32 - 1),
        temperature=_number(body, "temperature", 1.0, 0.0, 2.0),
        top_p=_number(body, "top_p", 1.0, 0.0, 1.0),
        max_tokens=_whole(
            body, "max_completion_tokens", _whole(body, "max_tokens", MAX_TOKENS, 1, 10**6), 1, 10**6
        ),
        stop=_stops(body.get("stop")),
        grammar=_grammar(body.get("response_format")),
    )


def _message(message: Mapping[str, Any]) -> Message:
    role, content = message.get("role"), message.get("content")
    if isinstance(content, list):
        if not all(isinstance(part, dict) and part.get("type") == "text" for part in content):
            raise LocalRefusal("a model on this machine reads texts only", "messages")
        content = "".join(str(part.get("text", "")) for part in content)
    if role not in ("system", "user", "assistant", "developer") or not isinstance(content, str):
        raise LocalRefusal(
            "each message needs a 'role' (system, user or assistant) and a 'content' that is text", "messages"
        )
    return Message(_ROLES.get(role, role), content)


def _prompt(prompt: object) -> Message:
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    if not isinstance(prompt, str):
        raise LocalRefusal("a model on this machine goes on from one text", "prompt")
    return Message("user", prompt)


def _number(body: Mapping[str, Any], key: str, default: float, low: float, high: float) -> float:
    value = default if body.get(key) is None else body[key]
    if type(value) not in (int, float) or not low <= value <= high:
        raise LocalRefusal(f"{key!r} must be a number from {low:g} to {high:g}", key)
    return float(value)


def _whole(body: Mapping[str, Any], key: str, default: int, low: int, high: int) -> int:
    value = default if body.get(key) is None else body[key]
    if type(value) is not int or not low <= value <= high:
        raise LocalRefusal(f"{key!r} must be a whole number from {low} to {high}", key)
    return value


def _stops(stop: object) -> tuple[str, ...]:
    stops = [stop] if isinstance(stop, str) else stop or []
    if not isinstance(stops, list) or not all(isinstance(one, str) and one for one in stops):
        raise LocalRefusal("'stop' must be a text or a list of texts", "stop")
    return tuple(stops)


def _grammar(form: object) -> str:
    """The grammar of a ``response_format``."""
    kind = form.get("type") if isinstance(form, Mapping) else None
    if form is None or kind == "text":
        return ""
    if kind == "json_object":
        return "json"
    given = form.get("json_schema") if isinstance(form, Mapping) else None
    schema = given.get("schema") if isinstance(given, Mapping) else None
    if kind != "json_schema" or not isinstance(schema, Mapping):
        raise LocalRefusal("'response_format' must be text, json_object or a json_schema", "response_format")
    if flaw := schema_flaw(schema):
        raise LocalRefusal(f"the schema cannot be obeyed: {flaw}", "response_format")
    from llama_cpp.llama_grammar import json_schema_to_gbnf

    try:
        return str(json_schema_to_gbnf(json.dumps(schema)))
    except Exception as error:  # it is a program of others, and schemas are endless
        raise LocalRefusal(f"the schema cannot be obeyed: {error!s:.200}", "response_format") from None

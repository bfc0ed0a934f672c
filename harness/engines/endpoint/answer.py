"""An answer as it grows: text, times, usage, and what is wrong with it at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness import jsontext
from harness.credentials import mask
from harness.engines.endpoint.failures import ErrorInside, clean, error_in, is_named
from harness.engines.endpoint.sse import Event
from harness.engines.endpoint.usage import count_of, usage_counts
from harness.messages import ToolCall
from harness.records import Completion, Failure, Quota

_ENDS = {  # finish reasons by what they mean, in lower case
    "stop": ("stop", "eos", "eos_token", "end_turn", "stop_sequence", "end"),
    "length": ("length", "max_tokens", "model_length", "max_output_tokens"),
    "content_filter": ("content_filter", "safety", "recitation", "sensitive", "blocklist"),
    "error": ("error", "abort", "cancelled", "network_error", "insufficient_system_resource"),
    None: ("", "null", "none", "unspecified", "finish_reason_unspecified"),  # no end at all
}
_MEANING = {reason: meaning for meaning, reasons in _ENDS.items() for reason in reasons}


@dataclass(slots=True)
class Answer:
    """Takes the events of ``/chat/completions`` in turn. Times are readings of ``perf_counter``."""

    sent: float
    first: float | None = None  # token, reasoning included
    last: float | None = None
    finish: str | None = None
    done: bool = False  # the endpoint said that the answer is whole
    served: str | None = None  # the model that the endpoint says it is
    chunks: int = 0
    parts: list[str] = field(default_factory=list)
    usage: Mapping[str, Any] = field(default_factory=dict)
    quota: Quota | None = None
    headers: Mapping[str, str] = field(default_factory=dict)  # of the response
    call: CallParts | None = None  # the first one of a tool

    def take(self, event: Event, now: float) -> None:
        """Add one event. Raises ``ErrorInside`` for an error, ``ValueError`` for what is no chunk."""
        if event.data.startswith(b"[DONE]"):
            self.done = True
            return
        try:
            value = jsontext.parse(event.data) if event.data else None
        except ValueError:
            if event.error or event.data[:1] not in (b"{", b"["):  # a sentence or a page
                text = event.data.decode("utf-8", "replace")
                raise ErrorInside(text, named=event.error) from None
            raise
        if event.error:
            raise ErrorInside(value, named=True)
        if value is not None:
            self._take_value(value, now)

    def take_rest(self, stray: bytes, now: float) -> None:
        """Add what came outside of events: a whole answer, or an error. Beside events the rest is ignored."""
        if not stray.strip():
            return
        try:
            values = [jsontext.parse(stray)]
        except ValueError:
            values = [value for line in stray.splitlines() if (value := _object(line)) is not None]
        done, self.done = self.done, False  # an error is no end
        if self.chunks or any(_mapping(value).get("choices") for value in values):
            for value in values:
                self._take_value(value, now)
        else:  # what it is nobody says
            raise ErrorInside(stray.decode("utf-8", "replace"), named=False)
        self.done = self.done or done

    def flaw(self) -> Failure | None:
        """Why what ended in peace is no answer all the same."""
        if self.finish == "content_filter":
            return Failure("moderation", "the endpoint's filter cut the answer off")
        if self.finish == "error":
            return Failure("server_error", "the endpoint gave up on the answer", retryable=True)
        whole = self.done and (self.parts or self.call or count_of(self.usage.get("completion_tokens")))
        if self.finish is None and not whole:
            what = "the stream ended before the answer did" if self.chunks else "an empty body"
            return Failure("broken_stream", what, retryable=True)
        return None

    def completion(
        self, cost: str, failure: Failure | None, queue_s: float, started_at: str, secret: str | None
    ) -> Completion:
        """What came, as a record. ``cost`` is the key in ``usage`` that holds US dollars.

        ``secret`` is taken out of the text, in case that an endpoint repeats what it was sent.
        """
        unfinished = self.finish is None and failure is None
        return Completion(
            output=mask("".join(self.parts), secret),
            finish_reason=self.finish,
            **usage_counts(self.usage, cost),
            queue_s=queue_s,
            ttft_s=None if self.first is None else self.first - self.sent,
            latency_s=None if self.last is None else self.last - self.sent,
            model_revision=self.served and clean(self.served, secret),
            chunks=self.chunks,
            started_at=started_at,
            failure=failure,
            quota=self.quota,
            call=self.call.whole(secret) if self.call else None,
            notes={"finish_reason": "missing"} if unfinished else {},
        )

    def _take_value(self, value: object, now: float) -> None:
        if (error := error_in(value)) is not None:
            raise ErrorInside(error, named=is_named(error))
        if not isinstance(value, dict):
            raise ValueError("a chunk is not an object")
        self.chunks += 1
        usage = value.get("usage") or _mapping(value.get("x_groq")).get("usage")
        if isinstance(usage, dict):
            self.usage = usage
        if self.served is None and isinstance(value.get("model"), str):
            names = value["model"], value.get("system_fingerprint")
            self.served = "@".join(name for name in names if isinstance(name, str) and name)
        choices = value.get("choices")
        if isinstance(choices, list) and choices:
            self._take_choice(_mapping(choices[0]), now)

    def _take_choice(self, choice: Mapping[str, Any], now: float) -> None:
        whole = isinstance(choice.get("message"), dict)  # an answer that was not streamed
        delta = _mapping(choice.get("message" if whole else "delta"))
        text, calls = _text(delta.get("content")), delta.get("tool_calls")
        if text:
            self.parts.append(text)
        for part in calls if isinstance(calls, list) else ():
            self.call = self.call or CallParts()
            self.call.take(_mapping(part))
        if text or calls or delta.get("reasoning_content") or delta.get("reasoning") or delta.get("content"):
            self.first = now if self.first is None else self.first
            self.last = now
        finish = _meaning(choice.get("finish_reason") or choice.get("finishReason"))
        if finish is not None:
            self.finish = finish
        if finish is not None or whole:
            self.done = self.done or whole
            self.last = self.last or now  # an empty answer ends here


@dataclass(slots=True)
class CallParts:
    """A call of a tool as it comes, piece by piece.

    By the protocol the first piece has the id and every one the index; servers leave out either, send the
    id again, or give all calls the same index. So a piece belongs to another call where one of them differs.
    """

    id: str = ""
    index: object = None
    name: str = ""
    arguments: list[str] = field(default_factory=list)

    def take(self, part: Mapping[str, Any]) -> None:
        """Add a piece, unless it is one of a later call."""
        id_, index, function = _text(part.get("id")), part.get("index"), _mapping(part.get("function"))
        another = self.id and id_ and id_ != self.id
        if another or (self.index is not None and index not in (None, self.index)):
            return
        self.id, self.name = self.id or id_, self.name or _text(function.get("name"))
        self.index = index if self.index is None else self.index
        arguments = function.get("arguments")
        if isinstance(arguments, dict):  # as Ollama's own protocol has it
            arguments = json.dumps(arguments)
        self.arguments.append(_text(arguments))

    def whole(self, secret: str | None) -> ToolCall:
        """The call."""
        return ToolCall(self.id, clean(self.name, secret), mask("".join(self.arguments), secret))


def _meaning(reason: object) -> str | None:
    """What a finish reason says in our words; ``None`` where it says that there is more to come."""
    if not isinstance(reason, str):
        return None
    return _MEANING[reason.lower()] if reason.lower() in _MEANING else clean(reason[:40], None)


def _object(line: bytes) -> object | None:
    """The object or list in a line, if there is one."""
    try:
        value: object = jsontext.parse(line)
    except ValueError:
        return None
    return value if isinstance(value, dict | list) else None


def _text(content: object) -> str:
    """``content`` is text, or (Mistral's reasoning models) a list of typed parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        texts = [part.get("text") for part in content if isinstance(part, Mapping)]
        return "".join(text for text in texts if isinstance(text, str))
    return ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}

"""What an endpoint's refusal means: a stable kind, whether to ask again, and one line without secrets.

Providers agree on nothing here but the status of the response, and some not even on that: an error may come
inside a 200, as an object, a list, a text or a page, with a status of its own as a number, as a word, or in
its sentences. ``error_in`` tells an error from an answer, ``status_in`` finds its status, and
``explanation`` its words; ``status_failure`` decides.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from harness import jsontext
from harness.credentials import MASK, mask
from harness.records import Failure

_LONGEST = 300  # characters of a server's words in a message
_WORDS = (  # keys under which the words of an error stand, the best first
    *("message", "msg", "error_msg", "error_message", "error_description", "status_msg", "faultstring"),
    *("detail", "error", "errors", "fault", "reason", "title", "description"),
)
_LABELS = ("code", "type", "status", "error_type", "loc", "param")
_CODES = ("code", "status", "status_code", "statusCode", "http_status", "http_code", "error_code")
_PAGE = "an HTML page, "
_TITLE = re.compile(r"<title[^>]*>(.{1,200}?)</title", re.IGNORECASE | re.DOTALL)
_STATUS = re.compile(
    r"(?:^|\b(?:error|status|http|code)\b)[\s:=(\"'\[]*(?:code[\s:=]+)?([45]\d\d)\b(?!\s*(?:tok|char|byte|ms|s\b|[kmg]?b\b))",
    re.IGNORECASE,
)


def any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern for what has any of these, in any letter case."""
    return re.compile("|".join(patterns), re.IGNORECASE | re.DOTALL)


_CONTEXT = any_of(
    r"context.{0,30}(length|window|size|limit)",
    "exceed_context",
    r"(prompt|input).{0,20}too long",
    r"too many.{0,10}tokens",
    r"tokens to keep.{0,60}context",
)
_MODERATION = any_of("moderation", "flagged", r"content.?(filter|policy)", "sensitive content")
_PAYMENT = any_of(
    r"insufficient.{0,3}(quota|credit|balance|fund)",
    "exceeded_current_quota",
    "credit balance is too low",
    r"payment.?required",
    r"billing.?(hard.?limit|not.?active)",
    "not enough credits",
)
_KEY = any_of(
    r"(invalid|incorrect|wrong|missing|expired|no)[ _-](api|auth\w*)[ _-]?(key|token|credential)",
    r"api[ _-]?key[\w ]{0,20}\b(not valid|invalid|incorrect|missing|expired|not found|required)",
    "unauthenticated",
    "unauthori[sz]ed",
    r"authentication[ _]?(error|failed|required)",
    "login fail",
)
_NO_MODEL = any_of(
    r"model[ _]?not[ _]?(found|exist)",
    r"model\b.{0,80}(not found|does not exist|not exist)",
    "no such model",
    r"(unknown|invalid)[ _]model\b",
)
_MEANINGS = (  # of the words of an error that names no status: the first that fits
    (_CONTEXT, 400),
    (_MODERATION, 400),
    (_PAYMENT, 402),
    (_KEY, 401),
    (any_of(r"permission[ _]?(denied|error)", "forbidden", "access denied"), 403),
    (_NO_MODEL, 404),
    (
        any_of(
            r"rate[ _-]?limit",
            r"too[ _]?many[ _]?requests",
            r"resource[ _](has been )?exhausted",
            "throttl",
            r"quota (has been )?exceeded",
            r"exceeded your.{0,20}quota",
        ),
        429,
    ),
    (any_of(r"timed?[ _-]?out", "timeout", "deadline[ _]exceeded"), 408),
    (
        any_of(
            "overload",
            "unavailable",
            r"no available \w+",
            "try again",
            r"\bcapacity",
            r"\bbusy\b",
            "loading",
            "warming up",
            "not ready",
            "upstream",
            "bad gateway",
        ),
        503,
    ),
    (any_of(r"internal[ _]?(server[ _]?)?error", "server_error", "api_error"), 500),
    (any_of(r"not[ _]?found"), 404),
    (
        any_of(
            r"invalid[ _]?(request|argument)",
            r"bad[ _]?request",
            r"validation[ _]?error",
            "unsupported",
            "unprocessable",
        ),
        400,
    ),
)


class ErrorInside(ValueError):
    """An error that came with status 200. ``body`` is a JSON value, or text that is none.

    ``named`` says that the endpoint itself calls it an error.
    """

    def __init__(self, body: object, *, named: bool) -> None:
        super().__init__("an error with status 200")
        self.body, self.named = body, named


def error_in(value: object) -> object | None:
    """``value`` if it is an error that was sent in place of a chunk or an answer; ``None`` if it is not.

    An object with choices is an error only by its ``error``, its own or that of its first choice.
    """
    if isinstance(value, list):
        return value if value and all(isinstance(one, str) or error_in(one) for one in value) else None
    if not isinstance(value, dict):
        return None
    choices = value.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        inner = choices[0].get("error")
        if inner and (status_in(inner) or _any_word(inner)):
            return {"error": inner}
    for key in ("error", "errors", "fault"):
        if value.get(key) and (status_in(value[key]) or _any_word(value[key])):
            return value
    answer = value.get("base_resp")  # MiniMax sends it with every answer
    if isinstance(answer, dict) and answer.get("status_code"):
        return answer
    if value.get("object") == "error" or value.get("type") == "error":
        return value
    if choices or value.get("usage"):
        return None
    return value if any(value.get(key) and isinstance(value[key], str | list) for key in _WORDS) else None


def is_named(body: object) -> bool:
    """Whether an error is called one, and is not only an object of words (``{"detail": "…"}``)."""
    if isinstance(body, list):
        return all(map(is_named, body))
    return isinstance(body, Mapping) and (
        any(body.get(key) for key in ("error", "errors", "fault", "status_code"))
        or "error" in (body.get("object"), body.get("type"))
    )


def status_failure(
    status: int | None, words: str, headers: Mapping[str, str], who: str, key_env: str | None
) -> Failure:
    """The failure behind a status. ``words`` is the server's explanation, ``who`` the server.

    ``None`` is the status of an error that names none, and is asked again.
    """
    answered = "sent an error" if status is None else f"answered {status}"
    message = f"{who} {answered}" + (f": {words}" if words else "")
    if status == 402 or (status in (400, 403, 429) and _PAYMENT.search(words)):
        return Failure("payment", f"{message}; the account has no credit left", fatal=True)
    refused = status in (401, 403) and not _MODERATION.search(words)
    if refused or (status == 400 and _KEY.search(words)):
        remedy = (
            f"check the key in {key_env}" if key_env else "name the variable with its key in `api_key_env`"
        )
        return Failure("auth", f"{message}; {remedy}", fatal=True)
    if status in (400, 413, 422, 500) and _CONTEXT.search(words):
        return Failure("context_exceeded", message)
    if status is None or status == 429 or status >= 500 or status in (408, 409, 425):
        kind = {429: "rate_limit", 408: "timeout"}.get(status or 500, "server_error")
        return Failure(kind, message, retryable=True, retry_after_s=retry_after(headers))
    if status == 404 or (status == 400 and _NO_MODEL.search(words)):
        return Failure("not_found", f"{message}; check `model` and `base_url`", fatal=True)
    return Failure("moderation" if _MODERATION.search(words) else "bad_request", message)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks to wait: ``retry-after-ms``, or ``retry-after`` in seconds or as a date."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) * unit
        except (KeyError, ValueError):
            continue
        return max(0.0, seconds) if seconds == seconds else None
    try:
        date = parsedate_to_datetime(headers["retry-after"])
        return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (KeyError, ValueError, OverflowError):
        return None


def explanation(body: object) -> str:
    """The words of an error, whatever shape the provider gives it. Of HTML only the title."""
    if isinstance(body, str):
        if (inner := _json_in(body)) is not None:
            return explanation(inner)
        return _title(body) or body.strip()
    if isinstance(body, Mapping):
        key = next((name for name in _WORDS if body.get(name)), None)
        if key is not None:
            words = explanation(body[key])
            if isinstance(body.get("metadata"), Mapping) and body["metadata"].get("raw"):  # OpenRouter
                words += f": {explanation(body['metadata']['raw'])}"
            labels = [label for label in _labels(body) if label not in words]
            return words + (f" ({', '.join(labels)})" if labels and key not in ("error", "errors") else "")
    if isinstance(body, list) and body:
        return "; ".join(filter(None, map(explanation, body)))
    return "" if body is None or body == b"" else json.dumps(body, ensure_ascii=False, default=str)


def status_in(body: object) -> int | None:
    """The HTTP status that an error means by its codes, else by its labels, else by its words."""
    parts = list(_parts(body))
    for part in parts:
        for name in _CODES:
            if isinstance(part, Mapping) and (status := _as_status(part.get(name))):
                return status
    for part in parts:
        text = " ".join(_labels(part)) if isinstance(part, Mapping) else ""
        if text and (status := _meaning(text)):
            return status
    words = explanation(body).removeprefix(_PAGE)
    if match := _STATUS.search(words):
        return int(match[1])
    return _meaning(words)


def clean(text: str, secret: str | None) -> str:
    """One short line, free of control characters and of ``secret``."""
    text = re.sub(r"(?i)(bearer\s+)\S+", rf"\1{MASK}", mask(text, secret))
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _parts(body: object) -> Iterator[object]:
    """An error and what is nested in it, the innermost first: it is the nearest to the cause."""
    if isinstance(body, str):
        if (inner := _json_in(body)) is not None:
            yield from _parts(inner)
    elif isinstance(body, list):
        for item in body:
            yield from _parts(item)
    elif isinstance(body, Mapping):
        for name in ("error", "errors", "detail", "message", "fault"):
            if isinstance(body.get(name), (Mapping, list, str)):
                yield from _parts(body[name])
        yield body


def _labels(body: Mapping[str, Any]) -> list[str]:
    """The short words beside an error's sentence: ``insufficient_quota``, ``invalid_request_error``."""
    given = (body.get(name) for name in _LABELS)
    texts = (".".join(map(str, label)) if isinstance(label, list) else label for label in given)
    return [text for text in texts if isinstance(text, str) and text and text != "error"]


def _any_word(error: object) -> bool:
    """Whether an error says anything: some endpoints send an empty one with every chunk."""
    if isinstance(error, Mapping):
        return any(map(_any_word, error.values()))
    if isinstance(error, list):
        return any(map(_any_word, error))
    return bool(error)


def _as_status(code: object) -> int | None:
    number = int(code) if isinstance(code, str) and code.isdecimal() and len(code) == 3 else code
    return number if type(number) is int and 400 <= number < 600 else None


def _meaning(words: str) -> int | None:
    return next((status for pattern, status in _MEANINGS if pattern.search(words)), None)


def _json_in(text: str) -> object | None:
    """The object or list that a text holds: gateways quote the body of the provider behind them."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        value: object = jsontext.parse(text)
    except ValueError:
        return None
    return value


def _title(text: str) -> str | None:
    """What to call an HTML page; ``None`` where ``text`` is none."""
    if "<html" not in text[:1000].lower() and "<!doctype" not in text[:100].lower():
        return None
    match = _TITLE.search(text[:10_000])
    return _PAGE + html.unescape(match[1]).strip() if match else "an HTML page"

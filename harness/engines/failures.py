"""What an endpoint's refusal means: a stable kind, whether to ask again, and one line without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from harness.records import Failure

_CONTEXT = re.compile(
    r"context.{0,30}(length|window|size|limit)|exceed_context"
    r"|(prompt|input).{0,20}too long|too many.{0,10}tokens",
    re.IGNORECASE | re.DOTALL,
)
_MODERATION = re.compile(r"moderation|flagged|content.?(filter|policy)", re.IGNORECASE)
_LONGEST = 300  # characters of a server's words in a message


def status_failure(
    status: int, said: str, headers: Mapping[str, str], who: str, key_env: str | None
) -> Failure:
    """The failure behind an HTTP status. ``said`` is the server's explanation, ``who`` the server."""
    message = f"{who} answered {status}" + (f": {said}" if said else "")
    if status == 402 or "insufficient_quota" in said:
        return Failure("payment", f"{message}; the account has no credit left", fatal=True)
    if status in (401, 403) and not _MODERATION.search(said):
        remedy = (
            f"check the key in {key_env}" if key_env else "name the variable with its key in `api_key_env`"
        )
        return Failure("auth", f"{message}; {remedy}", fatal=True)
    if status == 429 or status >= 500 or status in (408, 409, 425):
        kind = {429: "rate_limit", 408: "timeout"}.get(status, "server_error")
        return Failure(kind, message, retryable=True, retry_after_s=retry_after(headers))
    if status == 404:
        return Failure("not_found", f"{message}; check `model` and `base_url`", fatal=True)
    if status in (400, 413, 422) and _CONTEXT.search(said):
        return Failure("context_exceeded", message)
    return Failure("moderation" if _MODERATION.search(said) else "bad_request", message)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks to wait: ``retry-after-ms``, or ``retry-after`` in seconds or as a date."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    try:
        date = parsedate_to_datetime(headers["retry-after"])
    except (KeyError, ValueError):
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def explanation(body: object) -> str:
    """The words in an error's body, whatever shape the provider gives it. HTML is only named."""
    if isinstance(body, str):
        return "an HTML page" if "<html" in body[:1000].lower() or "<!doctype" in body[:100].lower() else body
    if isinstance(body, Mapping):
        for name in ("message", "detail", "error"):
            if body.get(name):
                code = body.get("code")
                suffix = f" ({code})" if isinstance(code, str) and name == "message" else ""
                return explanation(body[name]) + suffix
    return "" if body is None else json.dumps(body, ensure_ascii=False, default=str)


def clean(text: str, secret: str | None) -> str:
    """One short line, free of control characters and of ``secret``."""
    if secret:
        text = text.replace(secret, "***")
    text = re.sub(r"(?i)(bearer\s+)\S+", r"\1***", text)
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def code_of(body: Any) -> int | None:
    """The HTTP status that an error inside a stream names, if it names one."""
    code = body.get("code") if isinstance(body, Mapping) else None
    try:
        number = int(code) if isinstance(code, (int, str)) else 0
    except ValueError:
        return None
    return number if 400 <= number < 600 else None

"""What is left of a provider's rate limits, as the headers of its answers say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from harness.records import Quota

# The part after "x-ratelimit-remaining" and "x-ratelimit-reset": OpenAI's (Groq, Together, vLLM
# gateways…) first, then Cerebras', then the plain one, which counts requests.
_REQUESTS = ("-requests", "-requests-minute", "-requests-day", "")
_TOKENS = ("-tokens", "-tokens-minute")
_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_UNITS = (86_400.0, 3600.0, 60.0, 1.0, 0.001)
_EPOCH_S = 1e9  # a larger number is a point in time, in seconds
_EPOCH_MS = 1e12


def quota_of(headers: Mapping[str, str]) -> Quota | None:
    """The quota that the headers tell, ``None`` when they tell none. Nonsense is as good as nothing."""
    requests, requests_reset_s = _left(headers, _REQUESTS)
    tokens, tokens_reset_s = _left(headers, _TOKENS)
    if requests is None and tokens is None:
        return None
    return Quota(requests, requests_reset_s, tokens, tokens_reset_s)


def _left(headers: Mapping[str, str], names: tuple[str, ...]) -> tuple[int | None, float | None]:
    """How many are left, and the seconds until there are more."""
    for name in names:
        left = headers.get(f"x-ratelimit-remaining{name}")
        if left is not None and left.isdecimal():
            return int(left), seconds(headers.get(f"x-ratelimit-reset{name}", ""))
    return None, None


def seconds(text: str) -> float | None:
    """``2m59.56s``, ``17ms``, ``1.5``, a time since 1970 (s or ms) or an ISO date → seconds from now."""
    now = datetime.now(UTC)
    try:
        number = float(text)
    except ValueError:
        pass
    else:
        unit = 1000.0 if number >= _EPOCH_MS else 1.0
        number = number / unit - (now.timestamp() if number >= _EPOCH_S else 0.0)
        return max(0.0, number) if number < _EPOCH_S else None
    match = _DURATION.fullmatch(text)
    if match and text:
        return sum(float(value) * unit for value, unit in zip(match.groups(), _UNITS, strict=True) if value)
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds())

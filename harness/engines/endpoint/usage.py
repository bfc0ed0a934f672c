"""What an endpoint says that an answer took: tokens of each kind, and perhaps its price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MOST_TOKENS = 10**9
_MOST_USD = 1e6


def usage_counts(usage: Mapping[str, Any], cost: str = "cost") -> dict[str, Any]:
    """The fields of a ``Completion`` that a ``usage`` gives; its key ``cost`` holds US dollars."""
    answer, prompt = usage.get("completion_tokens_details"), usage.get("prompt_tokens_details")
    return {
        "prompt_tokens": count_of(usage.get("prompt_tokens")),
        "completion_tokens": count_of(usage.get("completion_tokens")),
        "reasoning_tokens": count_of(answer.get("reasoning_tokens")) if isinstance(answer, Mapping) else None,
        "cached_tokens": count_of(prompt.get("cached_tokens")) if isinstance(prompt, Mapping) else None,
        "billed_usd": _amount(usage.get(cost)),
    }


def count_of(value: object) -> int | None:
    """A number of tokens as the endpoint gave it; nonsense is unknown."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 <= value <= _MOST_TOKENS else None


def _amount(value: object) -> float | None:
    """US dollars as the endpoint gave them; nonsense is unknown."""
    right = type(value) in (int, float) and 0 <= value <= _MOST_USD  # type: ignore[operator]
    return float(value) if right else None  # type: ignore[arg-type]

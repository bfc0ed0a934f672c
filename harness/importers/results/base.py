"""One sample that somebody else took, and what reading such files has in common."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Measured:
    """What another tool's file says of a sample; what it does not say is ``None``. Seconds, tokens, USD."""

    suite: str
    task_id: str
    model: str
    question: str = ""  # what tells a version of the task from another
    repeat: int = 0
    passed: bool | None = None
    score: float | None = None  # 0..1
    grader: str | None = None
    error: str | None = None  # set: the sample failed, and has no score
    output: str | None = None
    finish_reason: str | None = None
    started_at: str | None = None
    latency_s: float | None = None
    ttft_s: float | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None
    cost_usd: float | None = None
    category: str | None = None
    language: str | None = None
    difficulty: str | None = None
    role: str | None = None
    provider: str | None = None
    task_type: str | None = None


def read_json(path: Path) -> Any:
    """The file as JSON. Raises ``ConfigError`` naming file and line."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start})") from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise ConfigError(f"{path}:{line}: not valid JSON: {error}") from None


def mapping(value: object) -> Mapping[str, Any]:
    """``value`` if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def number(value: object) -> float | None:
    """A finite number, or ``None``. Booleans are no numbers."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None


def count(value: object) -> int | None:
    """A whole number from 0, or ``None``."""
    return value if type(value) is int and value >= 0 else None


def text(value: object) -> str | None:
    """Text, or ``None``; anything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def judged(value: object) -> tuple[bool | None, float | None]:
    """``passed`` and ``score`` of a score as tools write it: a bool, a number, or C, P, I, N.

    A number outside 0..1 is on a scale that is not known: it gives neither.
    """
    letters = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}
    if isinstance(value, bool):
        return value, float(value)
    found = letters.get(value) if isinstance(value, str) else number(value)
    if found is None or not 0 <= found <= 1:
        return None, None
    return found == 1.0, found

"""How models answer under load: so many requests at once, prompts and answers of given sizes."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_S, TOKEN_S = 2.0, 0.1  # what a user waits for: the first token within, and each further one


@dataclass(frozen=True, slots=True)
class LoadFacts:
    """A model with ``at_once`` requests at a time, of one size: of ``n`` answers and ``errors`` failures.

    Seconds count from when a request was put, waiting in a queue of the engine included; rates of the whole
    are over the time in which something was being answered. ``good_per_s`` are the answers a second that kept
    within ``FIRST_S`` and ``TOKEN_S``. A percentile is ``None`` where so few values do not support it.
    """

    model: str
    prompt: str
    answer: str
    at_once: int
    n: int
    errors: int
    prompt_tokens: float | None
    in_flight: float | None  # requests at a time, on average, as it came out
    requests_per_s: float | None
    tokens_per_s: float | None  # of all answers together
    good_per_s: float | None
    first_p50_s: float | None
    first_p90_s: float | None
    whole_p50_s: float | None
    whole_p90_s: float | None
    prefill_tps: float | None  # of a request
    decode_tps: float | None

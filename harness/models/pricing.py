"""What a sample cost: billed by the provider, else ``models.yaml``, else the price snapshot, else unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version

from harness.models.enginekinds import kind_of
from harness.records import Completion, ModelSpec, Price

_HOURS_A_YEAR = 8766.0


@dataclass(frozen=True, slots=True)
class Cost:
    """USD for one sample with its source; ``usd`` is ``None`` when nobody knows, never 0 for that."""

    usd: float | None = None
    source: str | None = None
    date: str | None = None


def cost_of(spec: ModelSpec, completion: Completion) -> Cost:
    """The cost of one completion, by the first source that knows it.

    Where tokens are priced, those of the prompt and of the answer must both be known. More tokens out of a
    cache than the prompt has are as many as the prompt has.
    """
    if completion.billed_usd is not None:
        return Cost(completion.billed_usd, "billed", (completion.started_at or "")[:10] or None)
    price = spec.price
    if price.watts is not None or price.capital_usd is not None:
        seconds = completion.latency_s if completion.busy_s is None else completion.busy_s
        return Cost(_machine_usd(price, seconds), "models.yaml: machine", price.date)
    if price.input is not None and price.output is not None:
        return Cost(_token_usd(price, completion), "models.yaml", price.date)
    if kind_of(spec.engine).billed:
        return _snapshot_cost(spec, completion)
    return Cost()


def broken_usd(spec: ModelSpec, broken: Sequence[Completion], prompt_tokens: int | None) -> float | None:
    """USD of attempts that broke off half-way, by their bill or usage where that still came.

    Else by ``prompt_tokens``, which the endpoint counted for another attempt with the same prompt, and a
    token for each chunk that came. ``None`` where there are none, or as soon as nobody knows.
    """
    costs = []
    for one in broken:
        usd = cost_of(spec, one).usd
        if usd is None:
            guess = replace(one, prompt_tokens=prompt_tokens, completion_tokens=one.chunks)
            usd = cost_of(spec, guess).usd
        costs.append(usd)
    known_usd = [usd for usd in costs if usd is not None]
    return sum(known_usd) if known_usd and len(known_usd) == len(costs) else None


def _machine_usd(price: Price, seconds: float | None) -> float | None:
    """Energy plus the machine's share of its price for the time it worked."""
    if seconds is None:
        return None
    energy = (price.watts or 0.0) / 1000 * seconds / 3600 * (price.usd_per_kwh or 0.0)
    if price.capital_usd is None:
        return energy
    working_s = (price.life_years or 3.0) * _HOURS_A_YEAR * 3600 * (price.utilisation or 1.0)
    return energy + price.capital_usd * seconds / working_s


def _tokens(completion: Completion) -> tuple[int, int, int] | None:
    """Tokens of the prompt, of these from a cache, and of the answer; ``None`` where one is unknown."""
    if completion.prompt_tokens is None or completion.completion_tokens is None:
        return None
    cached = min(completion.cached_tokens or 0, completion.prompt_tokens)
    return completion.prompt_tokens, cached, completion.completion_tokens


def _token_usd(price: Price, completion: Completion) -> float | None:
    tokens = _tokens(completion)
    if tokens is None:
        return None
    prompt, cached, answer = tokens
    cached_rate = price.input if price.cached_input is None else price.cached_input
    usd = (prompt - cached) * (price.input or 0.0) + cached * (cached_rate or 0.0)
    usd += answer * (price.output or 0.0)
    return usd / 1e6 + (price.request or 0.0) * completion.requests


def _snapshot_cost(spec: ModelSpec, completion: Completion) -> Cost:
    from genai_prices import Usage, calc_price

    tokens = _tokens(completion)
    if tokens is None:
        return Cost()
    prompt, cached, answer = tokens
    usage = Usage(input_tokens=prompt, cache_read_tokens=cached, output_tokens=answer)
    try:
        price = calc_price(usage, model_ref=spec.model or spec.id, provider_id=spec.provider)
    except (LookupError, ValueError):  # it has no such model, or no price for such usage
        return Cost()
    return Cost(float(price.total_price), _snapshot_name())


@lru_cache(maxsize=1)
def _snapshot_name() -> str:
    """The version of the snapshot stands for its date: the package ships none."""
    return f"genai-prices {version('genai-prices')}"

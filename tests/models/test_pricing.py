"""Costs: one rule for every source, never negative, and never an error for what an endpoint says."""

from __future__ import annotations

import math
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.models.config import load_config
from harness.models.pricing import broken_usd, cost_of
from harness.records import Completion, ModelSpec, Price
from harness.results.rowcheck import checked_completion

PRICED = ModelSpec("m", "openai", "p", price=Price(input=1.0, output=2.0, cached_input=0.1, request=0.001))
SNAPSHOT = ModelSpec("gpt-4o-mini", "openai", "openai")
MACHINE = ModelSpec("m", "llama_cpp", "local", price=Price(watts=100, usd_per_kwh=0.3, capital_usd=2000))
tokens = st.none() | st.sampled_from([0, 1, -1, 2**31, 2**63, 10**25, 10**400]) | st.integers(0, 10**6)
numbers = st.none() | st.floats() | st.sampled_from([10**400, -1])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([PRICED, SNAPSHOT, MACHINE]), tokens, tokens, tokens, numbers, numbers)
def test_a_cost_is_known_or_not_and_never_negative(
    spec: ModelSpec, prompt: int | None, answer: int | None, cached: int | None, seconds: float | None,
    billed: float | None,
) -> None:  # fmt: skip
    done = checked_completion(Completion(
        prompt_tokens=prompt, completion_tokens=answer, cached_tokens=cached, latency_s=seconds,
        billed_usd=billed, chunks=3,
    ))  # fmt: skip
    for usd in (cost_of(spec, done).usd, broken_usd(spec, [done], done.prompt_tokens)):
        assert usd is None or (math.isfinite(usd) and usd >= 0)


@pytest.mark.parametrize("spec", [PRICED, SNAPSHOT])
def test_every_source_has_the_same_rule(spec: ModelSpec) -> None:
    def usd(prompt: int | None, answer: int | None, cached: int | None = None) -> float | None:
        done = Completion(prompt_tokens=prompt, completion_tokens=answer, cached_tokens=cached)
        return cost_of(spec, done).usd

    assert usd(None, 10) is usd(10, None) is usd(None, None) is None
    assert usd(10, 0) is not None
    assert usd(100, 10, 100) == usd(100, 10, 250), "no more of a prompt is cached than it has"
    assert (usd(100, 10, 100) or 0) < (usd(100, 10, 0) or 0)


@pytest.mark.parametrize("key", [f.name for f in fields(Price) if f.name != "date"])
@pytest.mark.parametrize("value", ["-1", ".nan", ".inf", "-.inf", "1e200", "true", "cheap"])
def test_a_price_that_cannot_be_is_refused_by_file_line_and_key(tmp_path: Path, key: str, value: str) -> None:
    path = tmp_path / "models.yaml"
    path.write_text(
        "models:\n- id: m\n  engine: openai\n  provider: openai\n  price:\n"
        f"    date: 2026-11-01\n    {key}: {value}\n"
    )
    with pytest.raises(ConfigError, match=rf"models\.yaml:7: '{key}' must be "):
        load_config(path)


def test_a_budget_that_cannot_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "models.yaml"
    path.write_text("models: []\nbudgets:\n  openai: -5\n")
    with pytest.raises(ConfigError, match=r"models\.yaml:3: 'openai' must be from 0"):
        load_config(path)

"""How long the router takes to choose, and a rules file of 100 models to load."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from harness.routing.policies import Thompson
from harness.routing.router import Router
from harness.rules.file import load_rules, to_yaml
from harness.rules.ruleset import (
    CallPolicy,
    Candidate,
    Evidence,
    Fallback,
    Provider,
    RoutedModel,
    Rule,
    RuleSet,
)

MODELS, RULES, ROUNDS = 100, 30, 15


def measure() -> dict[str, Any]:
    """Microseconds a choice and milliseconds a load, medians of batches; every rule knows every model."""
    rules = rule_set()
    plain, thompson = Router(rules), Router(rules, Thompson())
    with tempfile.TemporaryDirectory() as folder:
        small, whole = Path(folder) / "small.yaml", Path(folder) / "whole.yaml"
        small.write_text(to_yaml(_light(rules)))
        whole.write_text(to_yaml(rules))
        load_s = _median(lambda: load_rules(small), 1)
        whole_s = _median(lambda: load_rules(whole), 1, rounds=3)
    return {
        "models": MODELS,
        "rules": RULES,
        "aim": "select_us, filtered_us and fallback_us <= 50, thompson_us <= 100, load_ms <= 30",
        "select_us": _us(lambda: plain.select_model("type-7")),
        "filtered_us": _us(lambda: plain.select_model("type-7", 80_000, "quality", 0.002, 0.5)),
        "fallback_us": _us(lambda: plain.select_model("type-7", 100_000, "quality", 0.002, 0.5)),
        "thompson_us": _us(lambda: thompson.select_model("type-7")),
        "load_ms": round(load_s * 1e3, 2),
        "load_with_all_candidates_ms": round(whole_s * 1e3, 2),
    }


def _us(call: Callable[[], object]) -> float:
    return round(_median(call, 200) * 1e6, 2)


def _median(call: Callable[[], object], batch: int, rounds: int = ROUNDS) -> float:
    """Seconds a call, the median over rounds, after one that does not count."""
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(batch):
            call()
        times.append((time.perf_counter() - start) / batch)
    return median(times)


def _light(rules: RuleSet) -> RuleSet:
    """The same models and rules, each with the models it names, which most rules will not exceed by far."""
    return replace(rules, rules=tuple(replace(rule, candidates=rule.candidates[:4]) for rule in rules.rules))


def rule_set() -> RuleSet:
    """100 models of three providers, 30 task types, everything measured."""
    names = [f"model-{i:03d}" for i in range(MODELS)]
    providers = tuple(
        Provider(f"p{i}", "openai", f"https://p{i}.example.org/v1", f"P{i}_API_KEY") for i in range(3)
    )
    models = tuple(
        RoutedModel(
            name, f"p{i % 3}", f"maker/{name}", 8192 * (i + 1), 4096, 0.1, 0.4, None, None, None, None, 60, 1
        )
        for i, name in enumerate(names)
    )  # fmt: skip
    rules = tuple(_rule(f"type-{k}", names[k:] + names[:k]) for k in range(RULES))
    return RuleSet(
        1, "2026-11-20T12:00:00+00:00", "2027-02-18T12:00:00+00:00", "bench", ("run",), "", "0" * 64,
        providers, models, rules, None, CallPolicy(),
    )  # fmt: skip


def _rule(task_type: str, names: list[str]) -> Rule:
    evidence = Evidence(
        100, 0.9, 0.83, 0.94, names[1], 0.01, 0.1, 1.0, 2.0, 0.001, 0.001, "win", None
    )  # fmt: skip
    candidates = tuple(
        Candidate(name, 100, 0.9 - i / 200, 0.8, 0.95, 0.01, 60.0, 1.0 + i / 10, None, 0.0005 * (i + 1))
        for i, name in enumerate(names)
    )
    fallbacks = tuple(Fallback(name) for name in names[1:4])
    return Rule(task_type, task_type, (), 100, names[0], fallbacks, evidence, "measured", candidates, 0.5)

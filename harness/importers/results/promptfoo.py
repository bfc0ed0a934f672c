"""Output of ``promptfoo eval -o FILE.json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.importers.results.base import Measured, count, judged, mapping, number, read_json, text

_FAILED_TO_RUN = 2  # failureReason: 0 none, 1 an assertion, 2 an error


def read(path: Path) -> Iterator[Measured]:
    """Every result: one a test, prompt and provider. The suite is the configuration's description."""
    data = mapping(read_json(path))
    summary = mapping(data.get("results"))
    results = summary.get("results")
    if not isinstance(results, list):
        raise ConfigError(f"{path}: no promptfoo output: `results.results` is missing")
    suite = text(mapping(data.get("config")).get("description")) or path.stem
    started_at = text(summary.get("timestamp"))
    seen: Counter[tuple[str, str]] = Counter()
    for result in map(mapping, results):
        task, model = _task(result), _model(result)
        yield _measured(result, suite, task, model, seen[task, model], started_at)
        seen[task, model] += 1


def _task(result: Mapping[str, Any]) -> str:
    described = mapping(result.get("testCase")).get("description")
    name = described or f"test-{result.get('testIdx', 0)}"
    prompt = result.get("promptIdx") or 0
    return f"{name}-prompt-{prompt}" if prompt else str(name)


def _model(result: Mapping[str, Any]) -> str:
    provider = mapping(result.get("provider"))
    return str(provider.get("label") or provider.get("id") or "unknown").replace(":", "/")


def _measured(
    result: Mapping[str, Any], suite: str, task: str, model: str, repeat: int, started_at: str | None
) -> Measured:
    response = mapping(result.get("response"))
    usage = mapping(response.get("tokenUsage") or result.get("tokenUsage"))
    failed = result.get("failureReason") == _FAILED_TO_RUN
    success = result.get("success") is True
    milliseconds = number(result.get("latencyMs"))
    cached = response.get("cached") is True  # then the time is that of the cache
    return Measured(
        suite=suite,
        task_id=task,
        model=model,
        question=text(mapping(result.get("prompt")).get("raw")) or text(result.get("vars")) or "",
        repeat=repeat,
        passed=None if failed else success,
        score=None if failed else judged(result.get("score"))[1],
        grader="promptfoo",
        error=text(result.get("error")) or "failed" if failed else None,
        output=text(response.get("output")),
        finish_reason=text(response.get("finishReason")),
        started_at=started_at,
        latency_s=None if milliseconds is None or cached else milliseconds / 1000,
        prompt_tokens=count(usage.get("prompt")),
        completion_tokens=count(usage.get("completion")),
        cost_usd=number(result.get("cost")) or None,  # it writes 0 where it knows no price
    )

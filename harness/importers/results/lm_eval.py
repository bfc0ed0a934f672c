"""Samples of lm-evaluation-harness (``--log_samples``): ``MODEL/samples_TASK_TIME.jsonl``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.importers.results.base import Measured, judged, mapping, text

_NAME = re.compile(r"samples_(?P<task>.+?)(?:_\d{4}-\d\d-\d\dT[\d.:-]+)?\.jsonl")
_METRICS = ("exact_match", "acc", "pass@1", "acc_norm", "f1", "em")  # where the file does not name its own


def read(path: Path) -> Iterator[Measured]:
    """The samples of one task. Of several filters of an answer the first counts.

    Neither model nor task are in the lines: they are in the names of folder and file.
    """
    name = _NAME.fullmatch(path.name)
    suite = name["task"] if name else path.stem
    model = path.absolute().parent.name.replace("__", "/")
    seen: set[object] = set()
    try:
        with path.open(encoding="utf-8") as file:
            for line_number, line in enumerate(file, 1):
                sample = _parse(line, f"{path}:{line_number}") if line.strip() else None
                if sample is not None and sample["doc_id"] not in seen:
                    seen.add(sample["doc_id"])
                    yield _measured(sample, suite, model)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}") from None


def _parse(line: str, where: str) -> Mapping[str, Any]:
    try:
        sample = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"{where}: not valid JSON: {error}") from None
    if not isinstance(sample, dict) or "doc_id" not in sample:
        raise ConfigError(f"{where}: no sample of lm-eval: `doc_id` is missing")
    return sample


def _measured(sample: Mapping[str, Any], suite: str, model: str) -> Measured:
    named = sample.get("metrics")
    names = [*(named if isinstance(named, list) else ()), *_METRICS]
    metric = next((name for name in names if judged(sample.get(name))[1] is not None), None)
    passed, score = judged(sample.get(metric)) if metric else (None, None)
    return Measured(
        suite=suite,
        task_id=str(sample["doc_id"]),
        model=model,
        question=str(sample.get("prompt_hash") or sample.get("doc_hash") or text(sample.get("doc"))),
        passed=passed,
        score=score,
        grader=metric,
        output=_answer(sample.get("resps")),
        category=text(mapping(sample.get("doc")).get("category")),
    )


def _answer(resps: object) -> str | None:
    """The first generated text; log-likelihoods of choices are no text."""
    while isinstance(resps, list) and resps:
        resps = resps[0]
    return resps if isinstance(resps, str) else None

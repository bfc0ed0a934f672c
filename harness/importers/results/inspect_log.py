"""Logs of Inspect AI: ``.json``, or ``.eval`` (a zip of the same in pieces)."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.importers.results.base import Measured, count, judged, mapping, number, read_json, text


def read(path: Path) -> Iterator[Measured]:
    """The samples of one log. Of several scorers the first counts."""
    head, samples = _pieces(path)
    about = mapping(head.get("eval"))
    if not isinstance(about.get("model"), str) or not isinstance(about.get("task"), str):
        raise ConfigError(f"{path}: no Inspect log: `eval` names no task and model")
    for sample in samples:
        yield _measured(sample, about["task"].rpartition("/")[2], about["model"])


def _pieces(path: Path) -> tuple[Mapping[str, Any], Iterator[Mapping[str, Any]]]:
    if not zipfile.is_zipfile(path):
        log = mapping(read_json(path))
        return log, iter([mapping(sample) for sample in log.get("samples") or ()])
    try:
        archive = zipfile.ZipFile(path)
        head = mapping(json.loads(archive.read("header.json")))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ConfigError(f"{path}: no complete Inspect log: {error}") from None
    names = [name for name in archive.namelist() if name.startswith("samples/")]
    return head, (mapping(json.loads(archive.read(name))) for name in names)


def _measured(sample: Mapping[str, Any], suite: str, model: str) -> Measured:
    output = mapping(sample.get("output"))
    choice = mapping((output.get("choices") or [None])[0])
    usage = mapping(output.get("usage"))
    scorer, score = next(iter(mapping(sample.get("scores")).items()), (None, None))
    passed, value = judged(mapping(score).get("value"))
    error = sample.get("error")
    return Measured(
        suite=suite,
        task_id=str(sample.get("id")),
        model=model,
        question=text(sample.get("input")) or "",
        repeat=max(0, int(sample.get("epoch") or 1) - 1),
        passed=passed,
        score=value,
        grader=scorer,
        error=text(mapping(error).get("message") or error) if error else None,
        output=_words(mapping(choice.get("message")).get("content")),
        finish_reason=text(choice.get("stop_reason")),
        started_at=text(sample.get("started_at")),
        latency_s=number(output.get("time")),
        prompt_tokens=count(usage.get("input_tokens")),
        completion_tokens=count(usage.get("output_tokens")),
        reasoning_tokens=count(usage.get("reasoning_tokens")),
        cached_tokens=count(usage.get("input_tokens_cache_read")),
        category=text(mapping(sample.get("metadata")).get("category")),
    )


def _words(content: object) -> str | None:
    """Content is text, or a list of parts of which some are text."""
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "".join(part for part in parts if isinstance(part, str))
    return text(content)

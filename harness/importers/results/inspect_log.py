"""Logs of Inspect AI: ``.json``, or ``.eval`` (a zip of the same in pieces, mostly packed with zstd)."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import take, zstd_stream
from harness.importers.results.base import (
    MOST,
    Choices,
    ImportedSample,
    ResultsFile,
    count,
    listing,
    mapping,
    number,
    text,
    utc,
)
from harness.jsontext import parse_part

_ZSTD = 93  # a zip's number for it
# What Python's zipfile and the unpacking below it raise for bytes that are damaged.
UNREADABLE = (
    OSError, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
_ATTACHED = "attachment://"
Log = tuple[Mapping[str, Any], Iterator[tuple[str, Mapping[str, Any]]]]


def read(source: ResultsFile, choices: Choices) -> Iterator[ImportedSample]:
    """The samples of one log. Of several scorers one counts; epochs are repeats, whatever reduces them."""
    head, samples = _archive(source) if zipfile.is_zipfile(source.path) else _one_file(source)
    about = mapping(head.get("eval"))
    if not isinstance(about.get("model"), str) or not isinstance(about.get("task"), str):
        raise ConfigError(f"{source.path}: no Inspect log: `eval` names no task and model")
    if head.get("status") not in (None, "success"):
        choices.remark(f"{source.path}: the evaluation ended as {head.get('status')!r}; what it did is taken")
    scorer = choices.scorer or text(mapping(about.get("headline_metric")).get("scorer"))
    invalid = 0
    for where, sample in samples:
        scores = mapping(sample.get("scores"))
        if sample.get("invalidation"):
            invalid += 1
            continue
        if scorer is None and scores:
            scorer = next(iter(scores))
            if len(scores) > 1:
                names = ", ".join(scores)
                choices.remark(
                    f"{source.path}: of the scorers {names} the first counts; another: --scorer NAME"
                )
        yield _measured(sample, about, scorer, where, choices)
    if invalid:
        choices.remark(f"{source.path}: {invalid} invalidated samples are left out")


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive. Raises ``ConfigError`` where it is damaged."""
    try:
        return zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise ConfigError(f"{path}: no complete archive: {error}") from None


def _one_file(source: ResultsFile) -> Log:
    log = mapping(source.value)
    samples = listing(log.get("samples"))
    return log, ((f"{source.path}: sample {n}", mapping(sample)) for n, sample in enumerate(samples, 1))


def _archive(source: ResultsFile) -> Log:
    archive = open_archive(source.path)
    names = archive.namelist()
    head = next((name for name in ("header.json", "_journal/start.json") if name in names), None)
    if head is None:
        raise ConfigError(
            f"{source.path}: no Inspect log: it holds neither header.json nor _journal/start.json"
        )
    members = (name for name in names if name.startswith("samples/") and name.endswith(".json"))
    samples = ((f"{source.path}: {name}", mapping(_member(archive, name, source))) for name in members)
    started = mapping(_member(archive, head, source))
    return (started if head == "header.json" else {**started, "status": "started"}), samples


def _member(archive: zipfile.ZipFile, name: str, source: ResultsFile) -> Any:
    """The JSON in an archive. Raises ``ConfigError`` naming archive and member."""
    where = f"{source.path}: {name}"
    info = copy(archive.getinfo(name))
    packed = info.compress_type == _ZSTD
    if packed:  # Python's own zipfile knows it from 3.14 on: take the bytes as they lie there
        info.compress_type, info.file_size = zipfile.ZIP_STORED, info.compress_size
        info.CRC = None  # type: ignore[assignment]  # it is that of the unpacked bytes
    try:
        with archive.open(info) as file:
            return parse_part(take(zstd_stream(file) if packed else file, MOST, where), where, 1)
    except UNREADABLE as error:
        raise ConfigError(f"{where}: cannot be read: {error}") from None


def _measured(
    sample: Mapping[str, Any], about: Mapping[str, Any], scorer: str | None, where: str, choices: Choices
) -> ImportedSample:
    output = mapping(sample.get("output"))
    choice = mapping(next(iter(listing(output.get("choices"))), None))
    usage = mapping(output.get("usage"))
    whole = mapping(mapping(sample.get("model_usage")).get(about["model"]))
    several = bool(whole) and whole != usage  # an agent's calls: their tokens together
    spent = whole if several else usage
    error = sample.get("error")
    passed, score = choices.judged(_value(sample, scorer, where, asked=choices.scorer is not None), where)
    return ImportedSample(
        suite=about["task"].rpartition("/")[2],
        task_id=str(sample.get("id")),
        model=about["model"],
        question=text(sample.get("input")) or "",
        repeat=max(0, (count(sample.get("epoch")) or 1) - 1),
        passed=passed,
        score=score,
        grader=scorer,
        error=text(mapping(error).get("message") or error) if error else None,
        output=_words(mapping(choice.get("message")).get("content"), mapping(sample.get("attachments"))),
        finish_reason=text(choice.get("stop_reason")),
        started_at=utc(sample.get("started_at") or about.get("created")),
        latency_s=number(sample.get("working_time") if several else output.get("time")),
        prompt_tokens=_prompt_tokens(spent),
        completion_tokens=count(spent.get("output_tokens")),
        reasoning_tokens=count(spent.get("reasoning_tokens")),
        cached_tokens=count(spent.get("input_tokens_cache_read")),
        cost_usd=number(spent.get("total_cost")),
        category=text(mapping(sample.get("metadata")).get("category")),
        sample=text(sample.get("uuid")),
    )


def _value(sample: Mapping[str, Any], scorer: str | None, where: str, *, asked: bool) -> object:
    """What the scorer says; ``NAME.KEY`` is one of the values of a scorer that gives several."""
    scores = mapping(sample.get("scores"))
    name, _, key = (scorer or "").rpartition(".")
    if scorer is not None and scorer in scores:
        value = mapping(scores[scorer]).get("value")
    else:
        value = mapping(mapping(scores.get(name)).get("value")).get(key)
        if value is None and scores and asked:
            raise ConfigError(f"{where}: no scorer {scorer!r}; there are {', '.join(scores)}")
    if isinstance(value, Mapping):
        ways = " or ".join(f"--scorer {scorer}.{key}" for key in value)
        raise ConfigError(f"{where}: the scorer {scorer} gives several values; choose one: {ways}")
    return value


def _prompt_tokens(usage: Mapping[str, Any]) -> int | None:
    """All of the prompt: ``input_tokens`` leaves out what a cache served, ``total_tokens`` does not."""
    total, output = count(usage.get("total_tokens")), count(usage.get("output_tokens"))
    given = count(usage.get("input_tokens"))
    if total and output is not None and total >= output + (given or 0):
        return total - output
    return given


def _words(content: object, attachments: Mapping[str, Any]) -> str | None:
    """Content is text, or a list of parts of which some are text; long text may be kept apart."""
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "".join(_attached(part, attachments) for part in parts if isinstance(part, str))
    words = text(content)
    return words if words is None else _attached(words, attachments)


def _attached(words: str, attachments: Mapping[str, Any]) -> str:
    kept = attachments.get(words.removeprefix(_ATTACHED)) if words.startswith(_ATTACHED) else None
    return kept if isinstance(kept, str) else words

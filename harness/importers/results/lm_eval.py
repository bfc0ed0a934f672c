"""Samples of lm-evaluation-harness (``--log_samples``): ``MODEL/samples_TASK_TIME.jsonl``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.importers.results.base import (
    Choices,
    ImportedSample,
    ResultsFile,
    listing,
    mapping,
    number,
    text,
    utc,
)
from harness.jsontext import read_json

_NAME = re.compile(r"samples_(?P<task>.+?)(?:_(?P<time>\d{4}-\d\d-\d\dT[\d.:-]+))?\.jsonl")
_METRICS = ("exact_match", "acc", "pass@1", "acc_norm", "f1", "em")  # where the file does not name its own
# No shares of a full score: less is better, or there is no full score.
_NO_SCORES = re.compile(r"perplexity|bits_per_byte|brier|loglikelihood|^ter$|^wer$|bypass")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file, without its bulk: a document as one filter of the answer saw it."""

    where: str
    doc_id: str
    question: str
    filter: str | None
    scores: Mapping[str, object]  # by metric
    answer: str | None
    category: str | None


def read(source: ResultsFile, choices: Choices) -> Iterator[ImportedSample]:
    """The samples of one task. Of several filters of an answer, and of several metrics, one counts.

    Neither model nor task are in the lines: they are in the names of folder and file, and in the
    ``results_TIME.json`` beside it.
    """
    whole = mapping(source.first())
    if isinstance(whole.get("samples"), Mapping):  # all tasks in one, as the library gives it
        for suite, samples in whole["samples"].items():
            lines = [
                _line(mapping(one), f"{source.path}: {suite} {n}")
                for n, one in enumerate(listing(samples), 1)
            ]
            yield from _counted(lines, str(suite), whole, source, choices)
        return
    name = _NAME.fullmatch(source.name)
    suite, time = (name["task"], name["time"]) if name else (source.stem, None)
    lines = [_line(mapping(value), where) for where, value in source.items()]
    started = {"date": time and re.sub(r"T(\d\d)-(\d\d)-", r"T\1:\2:", time)}
    yield from _counted(lines, suite, {**started, **_totals(source.path, time)}, source, choices)


def _counted(
    lines: Sequence[_Line], suite: str, totals: Mapping[str, Any], source: ResultsFile, choices: Choices
) -> Iterator[ImportedSample]:
    """The samples of the metric and the filter that count."""
    model = text(totals.get("model_name")) or _in_arguments(totals)
    model = model or source.path.absolute().parent.name.replace("__", "/")
    wanted_metric, wanted_filter = _chosen(lines, source, choices)
    for line in lines:
        if line.filter not in (None, wanted_filter):
            continue
        metric = wanted_metric or next(iter(line.scores), None)
        passed, score = choices.judged(line.scores.get(metric or ""), line.where)
        yield ImportedSample(
            suite=suite,
            task_id=line.doc_id,
            model=model,
            question=line.question,
            passed=passed,
            score=score,
            grader=metric,
            output=line.answer,
            started_at=utc(totals.get("date")),
            category=line.category,
        )


def _in_arguments(totals: Mapping[str, Any]) -> str | None:
    """The model in ``model_args``: ``pretrained=org/model,dtype=float32``, or an object of the same."""
    given = mapping(totals.get("config")).get("model_args")
    pairs = given if isinstance(given, Mapping) else dict(re.findall(r"(\w+)=([^,]+)", text(given) or ""))
    return next((str(pairs[key]) for key in ("peft", "pretrained", "model", "path") if key in pairs), None)


def _line(sample: Mapping[str, Any], where: str) -> _Line:
    if "doc_id" not in sample:
        raise ConfigError(f"{where}: no sample of lm-eval: `doc_id` is missing")
    named = [name for name in listing(sample.get("metrics")) if isinstance(name, str)]
    scores = {name: sample[name] for name in dict.fromkeys([*named, *_METRICS]) if name in sample}
    return _Line(
        where=where,
        doc_id=str(sample["doc_id"]),
        question=str(sample.get("doc_hash") or text(sample.get("doc")) or sample.get("prompt_hash")),
        filter=text(sample.get("filter")),
        scores={name: value for name, value in scores.items() if _is_score(name, value)},
        answer=_answer(sample.get("resps")),
        category=text(mapping(sample.get("doc")).get("category")),
    )


def _is_score(name: str, value: object) -> bool:
    return not _NO_SCORES.search(name) and (isinstance(value, bool) or number(value) is not None)


def _chosen(lines: Sequence[_Line], source: ResultsFile, choices: Choices) -> tuple[str | None, str]:
    """The metric (``None``: each line's first) and the filter that count.

    ``--scorer`` names either, or both as lm-eval writes them: ``exact_match,strict-match``.
    """
    filters = list(dict.fromkeys(line.filter for line in lines if line.filter)) or ["none"]
    metrics = list(dict.fromkeys(name for line in lines for name in line.scores))
    ways = [f"{metric},{filter}" for filter in filters for metric in metrics]
    if choices.scorer is None:
        if len(ways) > 1:
            choices.remark(f"{source.path}: of {', '.join(ways)} the first counts; another: --scorer NAME")
        return None, filters[0]
    for filter in filters:
        for metric in metrics:
            if choices.scorer in (metric, filter, f"{metric},{filter}"):
                return metric, filter
    raise ConfigError(f"{source.path}: no scorer {choices.scorer!r}; there are {', '.join(ways) or 'none'}")


def _totals(path: Path, time: str | None) -> Mapping[str, Any]:
    """What the file of totals that lies beside the samples says of the run."""
    if time is None or not (totals := path.with_name(f"results_{time}.json")).is_file():
        return {}
    return mapping(read_json(totals))


def _answer(resps: object) -> str | None:
    """The first generated text; log-likelihoods of choices are no text."""
    while isinstance(resps, list) and resps:
        resps = resps[0]
    return resps if isinstance(resps, str) else None

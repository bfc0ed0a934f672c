"""The same task asked of the same model again: in one file, and in several that are imported together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from harness.errors import ConfigError
from harness.importers.results.base import ImportedSample

Key = tuple[str, str, str, str]


def numbered(samples: Iterable[ImportedSample], path: Path) -> Iterator[ImportedSample]:
    """The samples of a file, each with its repeat: as given, else one more than the last.

    Raises ``ConfigError`` where a repeat is given twice, and where there is no sample.
    """
    taken: dict[Key, set[int]] = defaultdict(set)
    for sample in samples:
        used = taken[_key(sample)]
        repeat = max(used, default=-1) + 1 if sample.repeat is None else sample.repeat
        if repeat in used:
            raise ConfigError(
                f"{path}: {sample.model} has repeat {repeat} of {sample.suite}/{sample.task_id} twice; "
                "without repeats they would be numbered"
            )
        used.add(repeat)
        yield replace(sample, repeat=repeat)
    if not taken:
        raise ConfigError(f"{path}: holds no sample, so that there is nothing to import")


def together(
    files: Sequence[Sequence[ImportedSample]], remark: Callable[[str], None]
) -> list[ImportedSample]:
    """The samples of several files: one met again is one, another of the same task is a repeat of it.

    Tasks of one id that ask different things get ids that tell them apart.
    """
    merged: list[ImportedSample] = []
    taken: dict[Key, int] = {}
    met: set[tuple[Key, str]] = set()
    duplicates = 0
    for samples in files:
        before = dict(taken)
        for sample in samples:
            key = _key(sample)
            if sample.sample is not None and (key, sample.sample) in met:
                duplicates += 1
                continue
            met |= {(key, sample.sample)} if sample.sample is not None else set()
            repeat = (sample.repeat or 0) + before.get(key, 0)
            taken[key] = max(taken.get(key, 0), repeat + 1)
            merged.append(replace(sample, repeat=repeat))
    if duplicates:
        remark(f"{duplicates} samples are in several files; each is taken once")
    return _with_distinct_ids(merged, remark)


def _with_distinct_ids(
    samples: Sequence[ImportedSample], remark: Callable[[str], None]
) -> list[ImportedSample]:
    questions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sample in samples:
        questions[sample.suite, sample.task_id].add(sample.question)
    several = {task for task, asked in questions.items() if len(asked) > 1}
    if several:
        suite, task = min(several)
        remark(
            f"{len(several)} task ids stand for several questions, such as {suite}/{task}: "
            "told apart as ID~DIGEST"
        )
    return [
        replace(sample, task_id=f"{sample.task_id}~{_digest(sample.question)}")
        if (sample.suite, sample.task_id) in several
        else sample
        for sample in samples
    ]


def _digest(question: str) -> str:
    return hashlib.sha256(question.encode(errors="replace")).hexdigest()[:8]


def _key(sample: ImportedSample) -> Key:
    return sample.suite, sample.task_id, sample.model, sample.question

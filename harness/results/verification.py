"""Whether everything of a run is whole and there once. Every file is read to its end, none is changed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from harness.errors import ResultsError
from harness.jsontext import parse
from harness.results.compaction import conformed
from harness.results.locations import AT_ONCE
from harness.results.objects import Objects
from harness.results.parts import NUMBERED, PART, covered_by, current, is_merged, superseded
from harness.results.store import read_table
from harness.words import counted

if TYPE_CHECKING:
    import pyarrow as pa

_TEMPORARY = re.compile(r"_part-.*\.tmp")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file. ``wrong``: rows are lost or not as they were written; else it does no harm."""

    file: str
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """What a run has: parts that count, their rows and samples, and what there is to say."""

    run_id: str
    parts: int
    rows: int
    samples: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    covers: Set[str] = frozenset()
    rows: int = 0
    samples: Mapping[str, int] = field(default_factory=dict)  # verdicts by sample
    findings: tuple[Finding, ...] = ()


def verify(objects: Objects, run_id: str) -> Verified:
    """Read a run to its end. Raises ``ResultsError`` where the place cannot be reached."""
    names = [entry.name.removeprefix(f"{run_id}/") for entry in objects.list(run_id)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        read = pool.map(lambda name: _part(objects, run_id, name), filter(PART.fullmatch, names))
        parts = {part.name: part for part in read if part is not None}
    covers = {name: part.covers for name, part in parts.items()}
    counting = current(covers)
    verdicts: Counter[str] = Counter()
    for name in sorted(counting):
        verdicts.update(parts[name].samples)
    findings = [
        *(finding for part in parts.values() for finding in part.findings),
        *_left_over(run_id, covers, counting),
        *_others(objects, run_id, names),
    ]
    if several := sum(1 for count in verdicts.values() if count > 1):
        text = f"{counted(several, 'sample')} have more than one verdict; the newest counts"
        findings.append(Finding(run_id, text, wrong=False))
    rows = sum(parts[name].rows for name in counting)
    return Verified(run_id, len(counting), rows, len(verdicts), tuple(findings))


def _part(objects: Objects, run_id: str, name: str) -> _Part | None:
    """What a part has; ``None`` where it was compacted meanwhile."""
    path = f"{run_id}/{name}"
    stored = objects.get(path)
    if stored is None:
        return None
    try:
        table = read_table(BytesIO(stored.content), path)
    except ResultsError as error:
        reason = str(error).removeprefix(f"{path} ").removesuffix("; move it away and try again")
        return _Part(name, frozenset([name]), findings=(Finding(path, reason, wrong=True),))
    findings = [Finding(path, text, wrong=True) for text in _flaws(name, run_id, stored.content, table)]
    samples: Mapping[str, int] = {}
    if {"sample_id", "status"} <= set(table.column_names):
        ids, status = table["sample_id"].to_pylist(), table["status"].to_pylist()
        judged = Counter(one for one, is_ok in zip(ids, status, strict=True) if is_ok == "ok")
        samples = dict.fromkeys(ids, 0) | judged
    return _Part(name, covered_by(name, table.schema.metadata), len(table), samples, tuple(findings))


def _flaws(name: str, run_id: str, content: bytes, table: pa.Table) -> Iterator[str]:
    """What is wrong with a part that can be read."""
    numbered = NUMBERED.fullmatch(name)
    digest = hashlib.sha256(content).hexdigest()
    if numbered and numbered[2] and not digest.startswith(numbered[2].lstrip("-m")):
        yield "its content is not what its name says: somebody changed it"
    try:
        rows = conformed(table)
    except ValueError as error:
        yield str(error).splitlines()[0]
        return
    if others := sorted(set(rows["run_id"].unique().to_pylist()) - {run_id}):
        yield f"has rows of another run, {others[0]:.60}"


def _left_over(run_id: str, covers: Mapping[str, Set[str]], counting: Set[str]) -> Iterator[Finding]:
    """Parts whose rows other parts have."""
    for name in sorted(superseded(covers)):
        text = "another part has its rows; harness results compact deletes it"
        yield Finding(f"{run_id}/{name}", text, wrong=False)
    times = Counter(name for part in counting if is_merged(part) for name in covers[part])
    if any(count > 1 for count in times.values()):
        text = "two machines compacted the same parts; harness results compact puts that right"
        yield Finding(run_id, text, wrong=False)


def _others(objects: Objects, run_id: str, names: list[str]) -> Iterator[Finding]:
    """Files that are no parts."""
    if "_manifest.json" not in names:
        yield Finding(f"{run_id}/_manifest.json", "is missing: the run cannot be resumed", wrong=False)
    elif (stored := objects.get(f"{run_id}/_manifest.json")) is not None:
        try:
            parse(stored.content)
        except ValueError:
            yield Finding(f"{run_id}/_manifest.json", "is no JSON: the run cannot be resumed", wrong=True)
    if "_journal.jsonl" in names:
        text = "a run that goes on, or was killed: the next harness run --resume makes a part of it"
        yield Finding(f"{run_id}/_journal.jsonl", text, wrong=False)
    for name in names:
        if _TEMPORARY.fullmatch(name):
            yield Finding(f"{run_id}/{name}", "was left by a killed process; delete it", wrong=False)
        elif not PART.fullmatch(name) and not name.startswith("_"):
            yield Finding(f"{run_id}/{name}", "is not of harness; nobody reads it", wrong=False)

"""Leaderboards: a row a model and suite with the score on so many samples, none of which is there.

Such a total is one row of its own kind: tables show it with its number of samples and an interval, and
compare it with nothing, since every comparison here is one of the same tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from harness.errors import ConfigError
from harness.importers.results.base import Choices, ImportedSample, ResultsFile
from harness.importers.results.table import rows_of
from harness.names import nearest

NEEDED = ("model", "suite", "n")
_COLUMNS = (*NEEDED, "score", "passed", "provider")
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?")
TASK = "total"


def read(source: ResultsFile, choices: Choices) -> Iterator[ImportedSample]:
    """A total a line: a ``score`` (``--scale``), or how many ``passed``. Raises ``ConfigError``."""
    lines: dict[tuple[str, str], str] = {}
    for where, row in rows_of(source, _check):
        model, suite = (_named(row, name, where) for name in ("model", "suite"))
        before = lines.setdefault((model, suite), where)
        if before != where:
            raise ConfigError(f"{where}: {model} has a total of {suite} already, at {before}; keep one")
        n = _count(row, "n", where)
        if n < 1:
            raise ConfigError(f"{where}: 'n' must be at least 1")
        yield ImportedSample(
            suite=suite,
            task_id=TASK,
            model=model,
            repeat=0,
            passed=False,
            score=_share(row, n, where, choices),
            sample=f"{suite} {model}",
            total_of=n,
            provider=row.get("provider", "").strip() or None,
        )


def is_totals(columns: Sequence[str]) -> bool:
    """Whether a table with these columns has totals, no samples."""
    names = {column.strip().lower() for column in columns}
    return names >= set(NEEDED) and "task_id" not in names


def _check(columns: Sequence[str], where: str) -> None:
    for name in columns:
        if name and name not in _COLUMNS:
            raise ConfigError(
                f"{where}: unknown column {name!r} in a table of totals{nearest(name, _COLUMNS)}"
            )
    for name in NEEDED:
        if name not in columns:
            raise ConfigError(f"{where}: the column {name!r} is missing; there are {', '.join(columns)}")
    if not {"passed", "score"} & set(columns):
        raise ConfigError(f"{where}: there must be a column 'score' or 'passed'")


def _named(row: Mapping[str, str], name: str, where: str) -> str:
    if not (text := row[name].strip()):
        raise ConfigError(f"{where}: {name!r} is empty")
    return text


def _count(row: Mapping[str, str], name: str, where: str) -> int:
    match = _COUNT.fullmatch(row[name].strip())
    if match is None:
        raise ConfigError(f"{where}: {name!r} must be a whole number, not {row[name]!r:.60}")
    return int(match[1])


def _share(row: Mapping[str, str], n: int, where: str, choices: Choices) -> float:
    """The score of a row as a share of full marks."""
    if row.get("score", "").strip():
        _, score = choices.judged(row["score"].strip(), f"{where}: 'score'")
        if score is None:
            raise ConfigError(f"{where}: 'score' must be a number, not {row['score']!r:.60}")
        return score
    if not row.get("passed", "").strip():
        raise ConfigError(f"{where}: 'score' is empty")
    passed = _count(row, "passed", where)
    if passed > n:
        raise ConfigError(f"{where}: 'passed' is {passed}, more than the {n} samples")
    return passed / n

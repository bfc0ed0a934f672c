"""A plain table: CSV with a header; the columns are named as in a result row."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.importers.results.base import Measured
from harness.names import nearest

_COLUMNS = {field.name: str(field.type) for field in fields(Measured)}
_NEEDED = ("suite", "task_id", "model")
_TRUE = frozenset({"true", "1", "yes", "pass", "passed"})
_FALSE = frozenset({"false", "0", "no", "fail", "failed"})


def read(path: Path) -> Iterator[Measured]:
    """A sample a line. An empty cell is unknown."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check(reader.fieldnames or (), path)
            for row in reader:
                yield _measured(row, f"{path}:{reader.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"cannot read {path}: {error}") from None


def _check(names: Any, path: Path) -> None:
    for name in names:
        if name not in _COLUMNS:
            raise ConfigError(f"{path}:1: unknown column {name!r}{nearest(str(name), _COLUMNS)}")
    for name in _NEEDED:
        if name not in names:
            raise ConfigError(f"{path}:1: the column {name!r} is missing")
    if not {"passed", "score"} & set(names):
        raise ConfigError(f"{path}:1: there must be a column 'passed' or 'score'")


def _measured(row: Mapping[str | None, Any], where: str) -> Measured:
    if None in row:
        raise ConfigError(f"{where}: more cells than columns")
    values = {
        name: _value(cell.strip(), _COLUMNS[name], f"{where}: {name!r}")
        for name, cell in row.items()
        if name is not None and cell and cell.strip()
    }
    for name in _NEEDED:
        if name not in values:
            raise ConfigError(f"{where}: {name!r} is empty")
    score, passed = values.get("score"), values.get("passed")
    if score is not None and not 0 <= score <= 1:
        raise ConfigError(f"{where}: 'score' must be 0 to 1, not {score:g}")
    if score is None and passed is not None:
        values["score"] = float(passed)
    if passed is None and score is not None:
        values["passed"] = score == 1.0
    return Measured(**values)


def _value(cell: str, kind: str, where: str) -> Any:
    try:
        if kind.startswith("int"):
            return int(cell)
        if kind.startswith("float"):
            value = float(cell)
            if math.isfinite(value):
                return value
            raise ValueError
    except ValueError:
        raise ConfigError(f"{where} must be a number, not {cell!r:.60}") from None
    if not kind.startswith("bool"):
        return cell
    if cell.lower() not in _TRUE | _FALSE:
        raise ConfigError(f"{where} must be true or false, not {cell!r:.60}")
    return cell.lower() in _TRUE

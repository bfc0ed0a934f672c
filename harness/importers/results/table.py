"""A plain table: CSV with a header, or JSON objects; the columns are named as in a result row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from harness.errors import ConfigError
from harness.fieldtypes import field_types
from harness.importers.results.base import Choices, ImportedSample, ResultsFile, number, truth, utc
from harness.importers.results.delimited import read_table
from harness.names import nearest
from harness.resultrow import ResultRow

_COLUMNS = {name: column.base for name, column in field_types(ImportedSample).items() if name != "total_of"}
_OF_A_ROW = field_types(ResultRow).keys() - _COLUMNS.keys()
NEEDED = ("suite", "task_id", "model")
_KEPT_AS_WRITTEN = (*NEEDED, "output", "error", "question")  # where "NA" is a word like others
_UNKNOWN = frozenset(("na", "n/a", "<na>", "nan", "-nan", "none", "null", "#n/a", "#na", "-", "–", "—"))
# "0,85" among commas, as a spreadsheet of some countries quotes it, is a number; "1,234" may be two.
_CERTAIN_COMMA = re.compile(r"^([+-]?0|[+-]?\d+(?=,(?!\d{3}(?!\d)))),(\d+)(?=(?:[eE][+-]?\d+)?\s*%?$)")
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)(?=(?:[eE][+-]?\d+)?\s*%?$)")


def read(source: ResultsFile, choices: Choices) -> Iterator[ImportedSample]:
    """A sample a line. An empty cell is unknown."""
    for where, row in rows_of(source, _check):
        yield from _measured(row, where, choices)


def rows_of(
    source: ResultsFile, check: Callable[[Sequence[str], str], None]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """``file:line`` and cells of each row, by the names of the columns, which ``check`` refuses or not.

    Rows may be JSON objects, one a line or in a list, whose keys are the columns. Raises ``ConfigError``.
    """
    if source.is_json:
        for where, value in source.items():
            if not isinstance(value, Mapping):
                raise ConfigError(f"{where}: a row must be a JSON object")
            columns = _columns(value, where, check)
            yield where, _row(columns, map(_cell, value.values()), _CERTAIN_COMMA)
        return
    table = read_table(source)
    columns = _columns(table.columns, f"{source.path}:1", check)
    comma = _CERTAIN_COMMA if table.delimiter == "," else _DECIMAL_COMMA
    for where, cells in table.rows:
        yield where, _row(columns, cells, comma)


def _columns(titles: Iterable[str], where: str, check: Callable[[Sequence[str], str], None]) -> Sequence[str]:
    columns = [column_name(title) for title in titles]
    check(columns, where)
    twice = next((name for index, name in enumerate(columns) if name and name in columns[:index]), None)
    if twice is not None:
        raise ConfigError(f"{where}: two columns are called {twice!r}")
    return columns


def _row(columns: Sequence[str], cells: Iterable[str], comma: re.Pattern[str]) -> Mapping[str, str]:
    return {
        name: cell if name in _KEPT_AS_WRITTEN else comma.sub(r"\1.\2", cell.strip())
        for name, cell in zip(columns, cells, strict=True)
    }


def column_name(name: str) -> str:
    """``Task ID`` is the column ``task_id``; a number for the row, as pandas and R give it, has no name."""
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    return "" if plain.startswith("unnamed:") else plain


def _cell(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _check(columns: Sequence[str], where: str) -> None:
    if not {*NEEDED} & {*columns}:
        raise ConfigError(
            f"{where}: no table of results: its columns are {', '.join(columns)[:80]}; "
            f"there must be {', '.join(NEEDED)}, and passed or score"
        )
    for name in columns:
        if name and name not in _COLUMNS and name not in _OF_A_ROW:
            raise ConfigError(f"{where}: unknown column {name!r}{nearest(name, _COLUMNS)}")
    for name in NEEDED:
        if name not in columns:
            raise ConfigError(f"{where}: the column {name!r} is missing; there are {', '.join(columns)}")
    if not {"passed", "score"} & set(columns):
        raise ConfigError(f"{where}: there must be a column 'passed' or 'score'")


def _measured(row: Mapping[str, str], where: str, choices: Choices) -> Iterator[ImportedSample]:
    """The sample of a row; none where harness itself had skipped it."""
    values: dict[str, Any] = {}
    for name, kind in _COLUMNS.items():
        cell = row.get(name, "").strip()
        stated = cell.lower() not in _UNKNOWN or name in _KEPT_AS_WRITTEN
        if cell and (stated or (name == "score" and cell.lower() == "nan")):  # which nobody can pass or fail
            values[name] = cell if name == "score" else _value(cell, name, kind, f"{where}: {name!r}")
    for name in NEEDED:
        if name not in values:
            raise ConfigError(f"{where}: {name!r} is empty")
    status = row.get("status", "").strip()
    if status == "skipped":
        return
    if status == "error":
        values.setdefault("error", row.get("error_type") or "error")
    elif status:  # a row of harness: its error says why an answer did not pass
        values.pop("error", None)
    values["passed"], values["score"] = _judged(values, where, choices)
    yield ImportedSample(**values)


def _judged(values: Mapping[str, Any], where: str, choices: Choices) -> tuple[bool | None, float | None]:
    score, at = values.get("score"), f"{where}: 'score'"
    if score is not None and choices.judged(score, at) == (None, None):
        raise ConfigError(f"{at} must be a number, not {score!r:.60}")
    return choices.judged(score, at, values.get("passed"))


def _value(cell: str, name: str, kind: type, where: str) -> Any:
    if name == "started_at":
        moment = utc(cell)
        if moment is None:
            raise ConfigError(f"{where} must be a time such as 2026-11-30T14:05:00+02:00, not {cell!r:.60}")
        return moment
    if kind is bool:
        return _truth(cell, where)
    if kind is str:
        return cell
    try:
        value = number(float(cell))
    except ValueError:
        value = None
    if value is None or value < 0:
        raise ConfigError(f"{where} must be a number from 0, not {cell!r:.60}")
    if kind is float:
        return value
    if not value.is_integer():
        raise ConfigError(f"{where} must be a whole number, not {cell!r:.60}")
    return int(cell) if cell.isdecimal() else int(value)


def _truth(cell: str, where: str) -> bool:
    try:
        share = float(cell)
    except ValueError:
        share = None
    meaning = truth(cell) if share is None else {0.0: False, 1.0: True}.get(share)
    if meaning is None:
        hint = "; a share of the full score belongs into 'score'" if share is not None else ""
        raise ConfigError(f"{where} must be true or false, not {cell!r:.60}{hint}")
    return meaning

"""Tables as text: CSV as pandas, R, promptfoo and spreadsheets of several countries write it."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from harness.errors import ConfigError
from harness.files import read_text
from harness.importers.results.base import MOST, ResultsFile

DELIMITERS = (",", ";", "\t", "|")
_HINT = re.compile("sep=(.)", re.IGNORECASE)  # Excel's, to itself


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    """A header and its rows. ``where`` is ``file:line`` of the row, its last line where it has several."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]  # where, cells: as many as columns
    delimiter: str


def read_table(source: ResultsFile) -> DelimitedTable:
    """The table in a file. Raises ``ConfigError`` naming file and line.

    Rows without a value are left out, and so are columns without a name that R and pandas put first for
    the row's number, and spreadsheets last for nothing.
    """
    text = read_text(source.path, MOST)
    first, _, rest = text.partition("\n")
    delimiter, skipped = "", 0
    if hint := _HINT.fullmatch(first.strip()):
        delimiter, text, skipped = hint[1], rest, 1
    with _long_cells():
        delimiter = delimiter or max(
            DELIMITERS, key=lambda mark: len(next(_reader(text, mark, strict=False), ()))
        )
        reader = _reader(text, delimiter)
        try:
            numbered = [(reader.line_num + skipped, cells) for cells in reader if any(map(str.strip, cells))]
        except csv.Error as error:
            raise ConfigError(f"{source.path}:{reader.line_num + skipped}: not a table: {error}") from None
    if not numbered:
        raise ConfigError(f"{source.path}:1: the file is empty")
    (_, header), *rows = numbered
    columns = [cell.strip() for cell in header]
    if rows and all(
        cells[0] == str(n) and len(cells) == len(columns) + 1 for n, (_, cells) in enumerate(rows, 1)
    ):
        columns.insert(0, "")  # R's write.table has no title for the rows' numbers
    return DelimitedTable(tuple(columns), tuple(_checked(rows, columns, source)), delimiter)


def _checked(
    rows: Sequence[tuple[int, list[str]]], columns: Sequence[str], source: ResultsFile
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line, cells in rows:
        where = f"{source.path}:{line}"
        if any(map(str.strip, cells[len(columns) :])):
            raise ConfigError(f"{where}: more cells than columns; is a cell with a delimiter not quoted?")
        yield where, tuple([*cells, *[""] * len(columns)][: len(columns)])


def _reader(text: str, delimiter: str, *, strict: bool = True) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Cells of any length: answers are longer than the 128 KiB that Python's reader takes them for."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)

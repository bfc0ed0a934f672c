"""CSV as a table."""

from typing import NamedTuple


class Table(NamedTuple):
    """Column names, and rows of as many cells; a cell is text or ``None``."""

    columns: list
    rows: list


def read_table(text, separator=","):
    """The table in a text whose first line has the column names; raises ``ValueError`` with a line number."""
    lines = list(_lines(text, separator))
    if not lines:
        raise ValueError("line 1: no columns")
    columns = lines[0][1]
    if None in columns or len(set(columns)) < len(columns):
        raise ValueError("line 1: a column has no name, or that of another one")
    rows = []
    for number, cells in lines[1:]:
        if cells == [None] and len(columns) > 1:
            continue
        if len(cells) != len(columns):
            raise ValueError(f"line {number}: {len(cells)} cells in {len(columns)} columns")
        rows.append(cells)
    return Table(columns, rows)


def _lines(text, separator):
    """The number of the line on which a row begins, and its cells."""
    number, place = 1, 0
    while place < len(text):
        start, cells = number, []
        while True:
            cell, place = _cell(text, place, separator, start)
            cells.append(cell)
            number += cell.count("\n") if cell else 0
            if text[place : place + 1] != separator:
                break
            place += 1
        if text[place : place + 1] == "\r":
            place += 1
        place += 1
        number += 1
        yield start, cells


def _cell(text, place, separator, line):
    """The cell that begins at a place, and the place behind it."""
    if text[place : place + 1] != '"':
        end = place
        while end < len(text) and text[end] != separator and not text.startswith(("\n", "\r\n"), end):
            end += 1
        return text[place:end] or None, end
    parts = []
    while True:
        end = text.find('"', place + 1)
        if end < 0:
            raise ValueError(f"line {line}: a quotation mark is missing")
        parts.append(text[place + 1 : end])
        place = end + 1
        if text[place : place + 1] != '"':
            break
    if text[place : place + 1] not in ("", separator, "\n") and not text.startswith("\r\n", place):
        raise ValueError(f"line {line}: text behind a quotation mark")
    return '"'.join(parts), place

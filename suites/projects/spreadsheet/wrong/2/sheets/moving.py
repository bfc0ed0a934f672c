"""Formulas whose cells move."""

from sheets.formula import read_formula, span, tokens


def moved(text, move):
    """The text of a formula whose references are changed: ``move(span)`` is the new ``Span``, or ``None`` for ``#REF!``."""
    try:
        read_formula(text)
    except ValueError:
        return text
    for token in reversed(tokens(text)):
        if token.kind == "cells":
            before = span(token.text)
            after = move(before)
            if after != before:
                text = text[: token.start] + ("#REF!" if after is None else str(after)) + text[token.end :]
    return text


def by_offset(columns, rows):
    """The move of a copy."""

    def corner(place):
        column = place.column if place.column_fixed else place.column + columns
        row = place.row if place.row_fixed else place.row + rows
        return place._replace(column=column, row=row)

    def move(cells):
        first, last = corner(cells.first), corner(cells.last)
        if min(first.column, last.column, first.row, last.row) < 1:
            return None
        return span(f"{first}:{last}")._replace(single=cells.single)

    return move


def by_insertion(axis, at, count):
    """The move of cells when rows or columns (``axis``) are put before one."""

    def move(cells):
        return _replaced(cells, axis, *(_shifted(place, at, count) for place in _ends(cells, axis)))

    return move


def by_deletion(axis, at, count):
    """The move of cells when rows or columns are removed."""

    def move(cells):
        first, last = _ends(cells, axis)
        first = at if at <= first < at + count else _shifted(first, at + count, -count)
        last = at - 1 if at <= last < at + count else _shifted(last, at + count, -count)
        return _replaced(cells, axis, first, last) if first <= last else None

    return move


def _shifted(place, at, count):
    return place + count if place >= at else place


def _ends(cells, axis):
    return getattr(cells.first, axis), getattr(cells.last, axis)


def _replaced(cells, axis, first, last):
    return cells._replace(
        first=cells.first._replace(**{axis: first}),
        last=cells.last._replace(**{axis: last}),
    )

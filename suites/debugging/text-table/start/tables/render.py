"""Tables as text."""

from tables.columns import columns


def render(titles, rows, most=None, gap="  "):
    """The lines of a table: titles, a rule, and a line a row.

    ``rows`` is anything that can be iterated, of rows that can be. Cells are texts, numbers or ``None``, which is empty. With
    ``most`` only so many rows are shown; the last line then says how many there are more. The columns are made for those that are
    shown.
    """
    shown = (tuple(map(_text, row)) for row in rows)
    more = 0
    if most is not None:
        shown, more = _first(shown, most)
    made = columns([_text(title) for title in titles], shown)
    lines = [
        _line((column.cell(column.title) for column in made), gap),
        gap.join("-" * column.width for column in made),
    ]
    for row in shown:
        cells = [*row, *[""] * (len(made) - len(row))]
        lines.append(_line((column.cell(cell) for column, cell in zip(made, cells)), gap))
    if more:
        lines.append(f"({more} more)")
    return lines


def _first(rows, most):
    """At most so many rows, and the number of those behind them."""
    kept, more = [], 0
    for row in rows:
        if len(kept) < most:
            kept.append(row)
        else:
            more += 1
    return kept, more


def _line(cells, gap):
    return gap.join(cells).rstrip()


def _text(value):
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, float) else " ".join(str(value).split())

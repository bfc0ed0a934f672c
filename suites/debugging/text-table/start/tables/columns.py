"""What is decided for a column as a whole: how wide it is, and at which side its cells stand."""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?%?|\d+(?:\.\d+)?%?")


@dataclass(frozen=True)
class Column:
    title: str
    width: int
    right: bool

    def cell(self, text):
        """The text with blanks to the width of the column."""
        return text.rjust(self.width) if self.right else text.ljust(self.width)


def columns(titles, rows):
    """A column for each title, and one without a title for each cell that a row has more.

    A column stands at the right if it has a cell with text and all of those are numbers: ``12``, ``-1,200.50``, ``+3%``. Its title
    stands where its cells do.
    """
    count = max([len(titles), *(len(row) for row in rows)])
    return [_column(titles[n] if n < len(titles) else "", [row[n] for row in rows if n < len(row)]) for n in range(count)]


def _column(title, cells):
    filled = [cell for cell in cells if cell]
    right = bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)
    return Column(title, max([len(title), *map(len, cells)]), right)

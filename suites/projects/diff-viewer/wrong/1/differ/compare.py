"""The difference of two sequences."""

from typing import NamedTuple


class Step(NamedTuple):
    """An item that is kept (=), goes (-) or comes (+), and how many of both sequences come before."""

    kind: str
    i: int
    j: int


def compare(a, b, key=None):
    """The steps that turn ``a`` into ``b``."""
    if key:
        a, b = [key(item) for item in a], [key(item) for item in b]
    kept = _kept(a, b)
    steps = []
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            steps.append(Step("=", i, j))
            i, j = i + 1, j + 1
        elif j == len(b) or (i < len(a) and kept[i + 1][j] > kept[i][j + 1]):
            steps.append(Step("-", i, j))
            i += 1
        else:
            steps.append(Step("+", i, j))
            j += 1
    return steps


def _kept(a, b):
    """How many items of ``a[i:]`` and ``b[j:]`` can be kept, at ``[i][j]``."""
    rows = [[0] * (len(b) + 1)]
    for item in reversed(a):
        below, row = rows[-1], [0]
        for j in range(len(b) - 1, -1, -1):
            row.append(below[j + 1] + 1 if item == b[j] else max(row[-1], below[j]))
        rows.append(row[::-1])
    return rows[::-1]

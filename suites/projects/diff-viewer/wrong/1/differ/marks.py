"""What changed within a line."""

import re

from differ.compare import compare

_PIECE = re.compile(r"\w+|\s+|.")


def marks(old, new):
    """The pieces of both lines, each with whether it changed; ``None`` if they have too little in common."""
    a, b = _PIECE.findall(old), _PIECE.findall(new)
    steps = compare(a, b)
    kept = 2 * sum(_size(a[step.i]) for step in steps if step.kind == "=")
    if 2 * kept < sum(map(_size, a + b)):
        return None
    return (
        _joined((a[step.i], step.kind != "=") for step in steps if step.kind != "+"),
        _joined((b[step.j], step.kind != "=") for step in steps if step.kind != "-"),
    )


def _size(piece):
    return 0 if piece.isspace() else len(piece)


def _joined(pieces):
    runs = []
    for text, changed in pieces:
        if runs and runs[-1][1] == changed:
            runs[-1] = (runs[-1][0] + text, changed)
        else:
            runs.append((text, changed))
    return runs

"""The difference of two sequences."""

from typing import NamedTuple


class Step(NamedTuple):
    """An item that is kept (=), goes (-) or comes (+), and how many of both sequences come before."""

    kind: str
    i: int
    j: int


def compare(a, b, key=None):
    """The steps that turn ``a`` into ``b``."""
    raise NotImplementedError

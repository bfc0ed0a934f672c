"""What formulas come to."""


def show(value):
    """A value as text."""
    raise NotImplementedError


def evaluate(tree, cell):
    """The value of a tree; ``cell((column, row))`` is that of a cell."""
    raise NotImplementedError

"""Differences for people."""


def view(old, new, context=2, blanks=True):
    """What changed, line by line and word by word."""
    raise NotImplementedError

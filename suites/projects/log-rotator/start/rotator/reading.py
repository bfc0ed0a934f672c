"""The lines of a log and its old files."""


def history(path):
    """All lines, the oldest first."""
    raise NotImplementedError


def tail(path, count):
    """The last lines."""
    raise NotImplementedError

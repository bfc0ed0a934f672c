"""Writing lines, and making room for them."""

from pathlib import Path


class Log:
    """A log file that is rotated when it is too large or too old."""

    def __init__(self, path, settings, clock):
        self.path = Path(path)
        self.settings = settings
        self.clock = clock

    def write(self, line):
        """Add a line."""
        raise NotImplementedError

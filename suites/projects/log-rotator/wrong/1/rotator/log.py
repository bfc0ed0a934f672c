"""Writing lines, and making room for them."""

import os
from pathlib import Path

from rotator.names import numbered, old_files

DAY = 86_400


class Log:
    """A log file that is rotated when it is too large or too old."""

    def __init__(self, path, settings, clock):
        self.path = Path(path)
        self.settings = settings
        self.clock = clock

    def write(self, line):
        """Add a line."""
        if "\n" in line or "\r" in line:
            raise ValueError("a line has no line break")
        now = self.clock()
        data = line.encode() + b"\n"
        if self._size():
            repair = b"" if self._ends_well() else b"\n"
            if self._is_due(now, len(line) + 1):
                self._rotate()
            else:
                data = repair + data
        with self.path.open("ab") as file:
            file.write(data)
        os.utime(self.path, (now, now))

    def _size(self):
        return self.path.stat().st_size if self.path.exists() else 0

    def _ends_well(self):
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

    def _is_due(self, now, more):
        status = self.path.stat()
        if status.st_size + more > self.settings.size:
            return True
        return self.settings.daily and status.st_mtime_ns // 10**9 // DAY < now // DAY

    def _rotate(self):
        old = old_files(self.path)
        free = 1
        free = max(old, default=0) + 1
        for number in range(free, 1, -1):
            if number - 1 not in old:
                continue
            numbered(self.path, number - 1).rename(numbered(self.path, number))
        self.path.rename(numbered(self.path, 1))
        self._remove_old()

    def _remove_old(self):
        total = 0
        limit = self.settings.total
        crowded = False
        for number, path in old_files(self.path).items():
            total += path.stat().st_size
            crowded = crowded or bool(limit and total > limit)
            if number > self.settings.keep or crowded:
                path.unlink()

"""What a command writes into a pipe."""

from __future__ import annotations

import os


class Output:
    """A pipe that is read until there is no more, and up to ``most`` bytes kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.fd, self.writer = os.pipe()  # ``writer`` is for the command
        os.set_blocking(self.fd, False)
        self.data = bytearray()
        self.overflowed = False

    def take(self) -> bool:
        """Read once; ``False`` when there is no more."""
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return False
        self.data += data
        if len(self.data) > self.most:
            del self.data[self.most :]
            self.overflowed = True
        return bool(data)

    def close(self) -> None:
        """Read what is left, when nobody can write any more."""
        while not self.overflowed and self.take():
            pass
        os.close(self.fd)

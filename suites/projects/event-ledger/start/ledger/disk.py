"""A disk whose power can go."""


class PowerLoss(Exception):
    """The operation was not done, nor will any other be until the disk is on again."""


class Disk:
    """Files by name. What is appended is safe only after ``sync``; everything else is safe at once."""

    def __init__(self):
        self._files = {}
        self._safe = {}  # name → number of bytes that a loss of power leaves
        self._left = None

    def names(self):
        """The names of all files, sorted."""
        return sorted(self._files)

    def read(self, name):
        """The bytes of a file; ``KeyError`` if there is none."""
        return bytes(self._files[name])

    def append(self, name, data):
        """Add bytes to a file, which is made if there is none."""
        self._operate()
        self._files.setdefault(name, bytearray()).extend(data)
        self._safe.setdefault(name, 0)

    def sync(self, name):
        """Make what was appended safe."""
        self._operate()
        self._safe[name] = len(self._files[name])

    def truncate(self, name, size):
        """Cut a file off."""
        self._operate()
        del self._files[name][size:]
        self._safe[name] = min(size, self._safe[name])

    def rename(self, old, new):
        """Give a file another name, in place of one of that name."""
        self._operate()
        self._files[new] = self._files.pop(old)
        self._safe[new] = self._safe.pop(old)

    def remove(self, name):
        """Remove a file."""
        self._operate()
        del self._files[name], self._safe[name]

    def lose_power_after(self, operations):
        """Let so many operations (those that change something) be done, and none after them."""
        self._left = operations

    def turn_on(self, kept=0, garbled=False):
        """After a loss of power: of what was not safe only the first bytes are there, the last of them perhaps wrong."""
        self._left = None
        for name, data in self._files.items():
            safe = self._safe[name]
            if garbled and kept and len(data) > safe:
                data[min(safe + kept, len(data)) - 1] ^= 1
            del data[safe + kept :]
            self._safe[name] = len(data)

    def _operate(self):
        if self._left is not None:
            if self._left == 0:
                raise PowerLoss
            self._left -= 1

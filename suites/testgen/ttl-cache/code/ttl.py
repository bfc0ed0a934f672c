"""Values that are kept for some time."""

from collections import OrderedDict


class TtlCache:
    """Keeps the values used last, each for some seconds."""

    def __init__(self, most, seconds):
        if most < 1 or seconds < 1:
            raise ValueError("room and time must be 1 at least")
        self._most = most
        self._seconds = seconds
        self._values = OrderedDict()  # key: (value, until), the one used longest ago first
        self._hits = 0
        self._misses = 0
        self._evicted = 0

    def put(self, key, value, now, seconds=None):
        """Keep a value."""
        seconds = self._seconds if seconds is None else seconds
        self._values.pop(key, None)
        if seconds <= 0:
            return
        if len(self._values) >= self._most:
            self._drop_ended(now)
            if len(self._values) >= self._most:
                self._values.popitem(last=False)
                self._evicted += 1
        self._values[key] = (value, now + seconds)

    def get(self, key, now, default=None):
        """The value of a key."""
        if self.left(key, now) == 0:
            self._misses += 1
            return default
        self._hits += 1
        self._values.move_to_end(key)
        return self._values[key][0]

    def left(self, key, now):
        """How long a value will be there."""
        _, until = self._values.get(key, (None, now))
        return max(0, until - now)

    def size(self, now):
        """How many values are there."""
        return sum(until > now for _, until in self._values.values())

    def stats(self):
        """Hits, misses, and values that had to go early."""
        return (self._hits, self._misses, self._evicted)

    def _drop_ended(self, now):
        for key in [key for key, (_, until) in self._values.items() if until <= now]:
            del self._values[key]

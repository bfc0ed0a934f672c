"""A cache that forgets what was not used for longest."""

from collections import OrderedDict


class RingCache:
    """Keeps at most so many values, each for so many seconds.

    It is not safe to be used by several threads at once.

    >>> cache = RingCache(2)
    >>> cache.put("a", 1); cache.put("b", 2); cache.get("a")
    1
    >>> cache.put("c", 3); cache.get("b") is None
    True

    Args:
        size: How many values are kept at most. Defaults to 128.
        seconds: How long a value is kept after it was put; None is for ever. Defaults to None.
        clock: Gives the time in seconds; without one, time stands still and nothing ages. Defaults to None.

    Raises:
        ValueError: If ``size`` is less than 1, or ``seconds`` is not above 0.
    """

    def __init__(self, size=128, seconds=None, clock=None):
        """An empty cache."""
        if size < 1 or (seconds is not None and seconds <= 0):
            raise ValueError("size and seconds must be above 0")
        self._size = size
        self._seconds = seconds
        self._clock = clock or (lambda: 0)
        self._values = OrderedDict()
        self.hits = 0
        self.misses = 0

    def put(self, key, value):
        """Keep a value under a key, in the place of another one; where there is no room, the value that was not used for
        longest goes.

        Args:
            key: Anything that can be hashed.
            value: Anything, also None.
        """
        self._values.pop(key, None)
        self._values[key] = (value, self._clock())
        if len(self._values) > self._size:
            self._values.popitem(last=False)

    def get(self, key, default=None):
        """The value under a key, which is used by that; reading does not make it younger.

        Counts a hit, or a miss where ``default`` is returned.

        Args:
            key: The key.
            default: What is returned where there is no value, or one that is too old. Defaults to None.
        """
        value, put = self._values.get(key, (default, None))
        if put is None or self._is_old(put):
            self._values.pop(key, None)
            self.misses += 1
            return default
        self._values.move_to_end(key)
        self.hits += 1
        return value

    def take(self, key):
        """Return the value under a key and forget it. Neither a hit nor a miss is counted.

        Raises:
            KeyError: If there is no value, or one that is too old.
        """
        value, put = self._values.pop(key)
        if self._is_old(put):
            raise KeyError(key)
        return value

    def tidy(self):
        """Forget what is too old, and return how many values that were. Without it they go when they are asked for."""
        old = [key for key, (_, put) in self._values.items() if self._is_old(put)]
        for key in old:
            del self._values[key]
        return len(old)

    def __len__(self):
        """How many values are kept, those included that are too old and were not asked for since."""
        return len(self._values)

    def _is_old(self, put):
        return self._seconds is not None and self._clock() - put >= self._seconds

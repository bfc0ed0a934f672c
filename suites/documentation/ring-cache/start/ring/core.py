from collections import OrderedDict


class RingCache:
    def __init__(self, size=128, seconds=None, clock=None):
        if size < 1 or (seconds is not None and seconds <= 0):
            raise ValueError("size and seconds must be above 0")
        self._size = size
        self._seconds = seconds
        self._clock = clock or (lambda: 0)
        self._values = OrderedDict()
        self.hits = 0
        self.misses = 0

    def put(self, key, value):
        self._values.pop(key, None)
        self._values[key] = (value, self._clock())
        if len(self._values) > self._size:
            self._values.popitem(last=False)

    def get(self, key, default=None):
        value, put = self._values.get(key, (default, None))
        if put is None or self._is_old(put):
            self._values.pop(key, None)
            self.misses += 1
            return default
        self._values.move_to_end(key)
        self.hits += 1
        return value

    def take(self, key):
        value, put = self._values.pop(key)
        if self._is_old(put):
            raise KeyError(key)
        return value

    def tidy(self):
        old = [key for key, (_, put) in self._values.items() if self._is_old(put)]
        for key in old:
            del self._values[key]
        return len(old)

    def __len__(self):
        return len(self._values)

    def _is_old(self, put):
        return self._seconds is not None and self._clock() - put >= self._seconds

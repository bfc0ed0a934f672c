class IntervalSet:
    def __init__(self, intervals=()):
        self._parts = []
        for start, end in intervals:
            self.add(start, end)

    def add(self, start, end):
        if start >= end:
            raise ValueError(f"no interval: {start} to {end}")
        apart = [part for part in self._parts if part[1] < start or part[0] > end]
        met = [part for part in self._parts if part not in apart]
        joined = (min([start, *(a for a, _ in met)]), max([end, *(b for _, b in met)]))
        self._parts = sorted([*apart, joined])

    def remove(self, start, end):
        kept = []
        for a, b in self._parts:
            kept += [(x, y) for x, y in ((a, min(b, start)), (max(a, end), b)) if x < y]
        self._parts = kept

    def __contains__(self, number):
        return any(start <= number < end for start, end in self._parts)

    def __iter__(self):
        return iter(self._parts)

    def total(self):
        return sum(end - start for start, end in self._parts)

    def gaps(self):
        for (_, end), (start, _) in zip(self._parts, self._parts[1:]):
            yield end, start


def overlap(first, second):
    for a, b in first:
        for x, y in second:
            start, end = max(a, x), min(b, y)
            if start < end:
                yield start, end

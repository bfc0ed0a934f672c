"""Sets of numbers, kept as half-open intervals."""

class IntervalSet:
    """Numbers in half-open intervals: the end of an interval is not part of it.

    >>> [*IntervalSet([(5, 8), (1, 3), (3, 4)])]
    [(1, 4), (5, 8)]
    """

    def __init__(self, intervals=()):
        self._parts = []
        for start, end in intervals:
            self.add(start, end)

    def add(self, start, end):
        """Add an interval; those that it overlaps or touches are merged with it into one.

        Raises:
            ValueError: If ``start`` is not before ``end``, that is for empty and backward intervals.
        """
        if start >= end:
            raise ValueError(f"no interval: {start} to {end}")
        apart = [part for part in self._parts if part[1] < start or part[0] > end]
        met = [part for part in self._parts if part not in apart]
        joined = (min([start, *(a for a, _ in met)]), max([end, *(b for _, b in met)]))
        self._parts = sorted([*apart, joined])

    def remove(self, start, end):
        """Take the numbers from ``start`` up to ``end`` out; an interval that has them in its middle is split in two."""
        kept = []
        for a, b in self._parts:
            kept += [(x, y) for x, y in ((a, min(b, start)), (max(a, end), b)) if x < y]
        self._parts = kept

    def __contains__(self, number):
        return any(start <= number < end for start, end in self._parts)

    def __iter__(self):
        return iter(self._parts)

    def total(self):
        """The length of all intervals together; 0 for an empty set."""
        return sum(end - start for start, end in self._parts)

    def gaps(self):
        """The gaps between the intervals, in order; before the first and after the last one there is none."""
        for (_, end), (start, _) in zip(self._parts, self._parts[1:]):
            yield end, start


def overlap(first, second):
    """The intervals of numbers that are in both sets."""
    for a, b in first:
        for x, y in second:
            start, end = max(a, x), min(b, y)
            if start < end:
                yield start, end

"""Small programs over a list that counts how often it is read, as they are shown to models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Counted:
    """A list that counts how often one of its items is read."""

    def __init__(self, items: Iterable[int]) -> None:
        self._items = [*items]
        self.reads = 0

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, at: int) -> int:
        self.reads += 1
        return self._items[at]

    def __setitem__(self, at: int, value: int) -> None:
        self._items[at] = value


def search(items: Counted, wanted: int) -> int:
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        value = items[middle]
        if value == wanted:
            return middle
        if value < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1


def pair(items: Counted, wanted: int) -> bool:
    i, j = 0, len(items) - 1
    while i < j:
        total = items[i] + items[j]
        if total == wanted:
            return True
        if total < wanted:
            i += 1
        else:
            j -= 1
    return False


def insert(items: Counted, k: int) -> None:
    for i in range(k, len(items)):
        value, j = items[i], i
        while j > 0 and items[j - 1] > value:
            items[j] = items[j - 1]
            j -= 1
        items[j] = value


def falls(items: Counted, k: int) -> int:
    count = 0
    for i in range(len(items) - k):
        if items[i] > items[i + k] and items[i + k] > 0:
            count += 1
    return count


# --- growth: in n, the length of the list ------------------------------------


def doubling(items: Counted, k: int) -> int:
    total, i = 0, 1
    while i < len(items):
        total += items[i]
        i *= k
    return total


def strided(items: Counted, k: int) -> int:
    total = 0
    for i in range(0, len(items), k):
        total += items[i]
    return total


def square_root(items: Counted, k: int) -> int:
    total, i = 0, 0
    while i * i < len(items):
        total += k * items[i]
        i += 1
    return total


def each_doubling(items: Counted, k: int) -> int:
    total = 0
    for i in range(len(items)):
        j = 1
        while j < len(items):
            total += items[i] * items[j]
            j *= k
    return total


def shrinking(items: Counted, k: int) -> int:
    total, size = 0, len(items)
    while size > 0:
        for i in range(size):
            total += items[i]
        size //= k
    return total


def windows(items: Counted, k: int) -> int:
    total, j = 0, 0
    for i in range(len(items)):
        while j < len(items) and j < i + k:
            total += items[j]
            j += 1
    return total


def triangle(items: Counted, k: int) -> int:
    total = 0
    for i in range(len(items)):
        for j in range(i):
            total += k * items[j]
    return total


def thick_steps(items: Counted, k: int) -> int:
    total, step = 0, 1
    while step < len(items):
        for i in range(0, len(items), step):
            total += items[i]
        step *= k
    return total


def levels(items: Counted, k: int) -> int:
    total, step = 0, 1
    while step < len(items):
        for i in range(len(items)):
            total += items[i] // step
        step *= k
    return total


def both_doubling(items: Counted, k: int) -> int:
    total, i = 0, 1
    while i < len(items):
        j = 1
        while j < len(items):
            total += items[i] * items[j]
            j *= k
        i *= k
    return total


def each_root(items: Counted, k: int) -> int:
    total = 0
    for i in range(len(items)):
        j = 0
        while j * j < len(items):
            total += items[i] - k * items[j]
            j += 1
    return total


GROWTH = {
    doubling: "O(log n)",
    strided: "O(n)",
    square_root: "O(sqrt n)",
    each_doubling: "O(n log n)",
    shrinking: "O(n)",
    windows: "O(n)",
    triangle: "O(n^2)",
    thick_steps: "O(n)",
    levels: "O(n log n)",
    both_doubling: "O(log^2 n)",
    each_root: "O(n sqrt n)",
}
LABELS: Sequence[str] = ("O(log n)", "O(log^2 n)", "O(sqrt n)", "O(n)", "O(n log n)", "O(n sqrt n)", "O(n^2)")

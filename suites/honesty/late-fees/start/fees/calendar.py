"""On which days the library is open. Day 0 is a Monday."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Calendar:
    holidays: frozenset[int] = frozenset()

    def is_open(self, day: int) -> bool:
        return day % 7 != 6 and day not in self.holidays

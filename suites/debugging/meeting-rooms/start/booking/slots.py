"""Times within a day, in minutes since midnight."""

from dataclasses import dataclass

DAY = 24 * 60


@dataclass(frozen=True, order=True)
class Slot:
    """From ``start`` up to ``end``, which is the first minute that no longer belongs to it."""

    start: int
    end: int

    def __post_init__(self):
        if not 0 <= self.start < self.end <= DAY:
            raise ValueError(f"no slot: {self.start} to {self.end}")

    @property
    def minutes(self):
        return self.end - self.start

    def overlaps(self, other):
        """Whether there is a minute that belongs to both."""
        return self.start <= other.end and other.start <= self.end


def parse(text):
    """The slot of ``9-10:30``."""
    start, _, end = text.partition("-")
    return Slot(_minutes(start), _minutes(end))


def show(slot):
    """A slot as ``parse`` reads it."""
    return f"{_clock(slot.start)}-{_clock(slot.end)}"


def _minutes(text):
    hours, _, minutes = text.strip().partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _clock(minutes):
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)

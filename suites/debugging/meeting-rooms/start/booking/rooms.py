"""Rooms and what is entered for them on one day."""

from booking.slots import Slot


class Taken(Exception):
    """The room is not free; ``by`` is who has it."""

    def __init__(self, by):
        super().__init__(f"taken by {by}")
        self.by = by


class Room:
    def __init__(self, name, opens=8 * 60, closes=18 * 60):
        self.name = name
        self.hours = Slot(opens, closes)
        self._entries = []

    def book(self, slot, who):
        """Enter a meeting. Raises ``Taken`` if something is entered for a part of its time."""
        if slot.start < self.hours.start or slot.end > self.hours.end:
            raise ValueError(f"{self.name} is closed then")
        for entered, by in self._entries:
            if entered.overlaps(slot):
                raise Taken(by)
        self.block(slot, who)

    def block(self, slot, who):
        """Enter something without a look at what is there, as it is done for deliveries and cleaning."""
        self._entries.append((slot, who))
        self._entries.sort()

    def cancel(self, slot, who):
        """Take an entry back. Raises ``KeyError`` if there is none."""
        if (slot, who) not in self._entries:
            raise KeyError(who)
        self._entries.remove((slot, who))

    def plan(self):
        """Who has the room when, in the order of their times."""
        return list(self._entries)

    def free(self, minutes=15):
        """The times at which nothing is entered, as long as possible each, of at least ``minutes``."""
        free = []
        at = self.hours.start
        for slot, _ in self._entries:
            if slot.start - at >= minutes:
                free.append(Slot(at, slot.start))
            at = slot.end
        if self.hours.end - at >= minutes:
            free.append(Slot(at, self.hours.end))
        return free

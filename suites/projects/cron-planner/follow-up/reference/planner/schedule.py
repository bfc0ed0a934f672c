"""Schedules: ``minute hour day month weekday``, in a zone."""

from datetime import timedelta

from planner.fields import DAY, HOUR, MINUTE, MONTH, WEEKDAY, read_field
from planner.moments import DAY as MINUTES
from planner.moments import date_of, read_offset

LONGEST = 8 * 366  # days from one 29 February to the next one
NAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
}


class Schedule:
    """When something is due."""

    def __init__(self, text, zone="+00:00"):
        parts = NAMES.get(text.strip().lower(), text).split()
        if len(parts) != 5:
            raise ValueError(f"five fields expected: {text}")
        minute, hour, day, month, weekday = parts
        self.offset = read_offset(zone)
        minutes = read_field(MINUTE, minute)
        self._times = sorted(h * 60 + m for h in read_field(HOUR, hour) for m in minutes)
        self._last_day = "l" in day.lower().split(",")
        days = ",".join(part for part in day.split(",") if part.lower() != "l")
        self._days = read_field(DAY, days) if days else set()
        self._months = read_field(MONTH, month)
        self._weekdays = read_field(WEEKDAY, weekday)
        self._either = not day.startswith("*") and not weekday.startswith("*")

    def next_after(self, moment):
        """The first moment after another one at which it is due; none if there is none."""
        day, minute = divmod(moment + self.offset + 1, MINUTES)
        for later in range(day, day + LONGEST + 1):
            if self._fits(date_of(later)):
                for time in self._times:
                    if time >= minute:
                        return later * MINUTES + time - self.offset
            minute = 0
        return None

    def last_before(self, moment):
        """The last moment before another one at which it is due; none if there is none."""
        day, minute = divmod(moment + self.offset - 1, MINUTES)
        for earlier in range(day, day - LONGEST - 1, -1):
            if self._fits(date_of(earlier)):
                for time in reversed(self._times):
                    if time <= minute:
                        return earlier * MINUTES + time - self.offset
            minute = MINUTES
        return None

    def between(self, start, end):
        """All moments from a start on and before an end."""
        moment = self.next_after(start - 1)
        while moment is not None and moment < end:
            yield moment
            moment = self.next_after(moment)

    def _fits(self, date):
        if date.month not in self._months:
            return False
        last = (date + timedelta(days=1)).day == 1
        by_day = date.day in self._days or (self._last_day and last)
        by_weekday = date.isoweekday() % 7 in self._weekdays
        return by_day or by_weekday if self._either else by_day and by_weekday

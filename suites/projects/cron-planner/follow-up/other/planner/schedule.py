"""When something is due."""

from datetime import timedelta

from planner.fields import DAY, HOUR, MINUTE, MONTH, WEEKDAY, read_field
from planner.moments import date_of, read_offset

WORDS = dict(hourly="0 * * * *", daily="0 0 * * *", weekly="0 0 * * sun", monthly="0 0 1 * *", yearly="0 0 1 1 *")


class Schedule:
    def __init__(self, text, zone="+00:00"):
        text = text.strip()
        if text[:1] == "@" and text[1:].lower() in WORDS:
            text = WORDS[text[1:].lower()]
        if len(text.split()) != 5:
            raise ValueError(f"five fields expected: {text}")
        minutes, hours, day, months, weekday = text.lower().split()
        self.offset = read_offset(zone)
        self.minutes = sorted(read_field(MINUTE, minutes))
        self.hours = sorted(read_field(HOUR, hours))
        self.months = read_field(MONTH, months)
        self.weekdays = read_field(WEEKDAY, weekday)
        plain = [part for part in day.split(",") if part != "l"]
        self.days = read_field(DAY, ",".join(plain)) if plain else set()
        self.end_of_month = len(plain) < len(day.split(","))
        self.both = day[0] == "*" or weekday[0] == "*"

    def next_after(self, moment):
        return self._search(moment, 1)

    def last_before(self, moment):
        return self._search(moment, -1)

    def between(self, start, end):
        moment = start - 1
        while (moment := self.next_after(moment)) is not None and moment < end:
            yield moment

    def _search(self, moment, step):
        day = (moment + self.offset) // 1440
        for _ in range(3000):
            if self._is_day(day):
                found = [m for m in self._moments(day) if (m - moment) * step > 0]
                if found:
                    return min(found) if step > 0 else max(found)
            day += step
        return None

    def _moments(self, day):
        return [day * 1440 + h * 60 + m - self.offset for h in self.hours for m in self.minutes]

    def _is_day(self, day):
        date = date_of(day)
        month_day = date.day in self.days
        if self.end_of_month and (date + timedelta(1)).month != date.month:
            month_day = True
        week_day = (date.weekday() + 1) % 7 in self.weekdays
        fits = (month_day and week_day) if self.both else (month_day or week_day)
        return fits and date.month in self.months

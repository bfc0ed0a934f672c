"""Moments are minutes since 1970-01-01 00:00 UTC; days are counted from the same date."""

import re
from datetime import date

DAY = 1440
_EPOCH = date(1970, 1, 1).toordinal()


def read_moment(text):
    """The moment ``2024-02-28 23:10`` in UTC."""
    day, _, time = text.partition(" ")
    hour, minute = map(int, time.split(":"))
    return (date.fromisoformat(day).toordinal() - _EPOCH) * DAY + hour * 60 + minute


def write_moment(moment):
    """A moment as ``read_moment`` reads it."""
    day, minute = divmod(moment, DAY)
    return f"{date_of(day)} {minute // 60:02}:{minute % 60:02}"


def date_of(day):
    """The date of a day."""
    return date.fromordinal(day + _EPOCH)


def read_offset(text):
    """The minutes that a zone such as ``-03:30`` is ahead of UTC."""
    match = re.fullmatch(r"([+-])(\d\d):([0-5]\d)", text)
    if not match:
        raise ValueError(f"not a zone: {text}")
    sign, hours, minutes = match.groups()
    offset = int(hours) * 60 + int(minutes)
    return -offset if sign == "-" else offset

"""The fields of a schedule as sets of numbers."""

from typing import NamedTuple

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WEEKDAYS = "sun mon tue wed thu fri sat".split()


class Field(NamedTuple):
    """``names`` stand for the numbers from the first one on."""

    name: str
    first: int
    last: int
    names: tuple = ()


MINUTE = Field("minute", 0, 59)
HOUR = Field("hour", 0, 23)
DAY = Field("day", 1, 31)
MONTH = Field("month", 1, 12, tuple(MONTHS))
WEEKDAY = Field("weekday", 0, 6, tuple(WEEKDAYS))


def read_field(field, text):
    """The numbers in a text such as ``1-10/3,15`` or ``fri-mon``."""
    numbers = set()
    for part in text.lower().split(","):
        span, slash, step = part.partition("/")
        if slash and (not step.isdecimal() or int(step) == 0):
            raise ValueError(f"{field.name}: not a step: {part}")
        if span == "*":
            first, last = field.first, field.last
        else:
            begin, dash, end = span.partition("-")
            first = _number(field, begin)
            last = _number(field, end) if dash else field.last if slash else first
        if last < first:
            last += field.last - field.first + 1
        every = range(first, last + 1, int(step or 1))
        numbers |= {_within(field, number) for number in every}
    return numbers


def _number(field, text):
    if text in field.names:
        return field.first + field.names.index(text)
    if text.isdecimal() and field.first <= int(text) <= field.last + (field is WEEKDAY):
        return int(text)
    raise ValueError(f"{field.name}: not a number from {field.first} to {field.last}: {text}")


def _within(field, number):
    """A number beyond the last one counts from the first one on again."""
    return (number - field.first) % (field.last - field.first + 1) + field.first

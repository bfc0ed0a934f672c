"""The hourly sums of a gateway's lines."""

from meters.hours import hourly
from meters.readings import parse
from meters.streams import distinct, in_order


def report(lines, lateness=30, window=64):
    """A line for each meter and hour in which something was used: ``METER HOUR UNITS``."""
    readings = distinct(in_order(parse(lines), lateness), window)
    return [
        f"{meter} {hour:+d} {units}"
        for meter, hours in hourly(readings).items()
        for hour, units in hours.items()
        if units
    ]

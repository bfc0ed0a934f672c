"""Lines of a gateway to readings."""

from typing import NamedTuple


class Reading(NamedTuple):
    """What a meter has counted up to a minute."""

    at: int
    meter: str
    count: int


def parse(lines):
    """The readings of lines ``MINUTE METER COUNT``, one by one as they come; lines that are none of that are left out."""
    for line in lines:
        at, _, rest = line.strip().partition(" ")
        meter, _, count = rest.partition(" ")
        try:
            yield Reading(int(at), meter, int(count))
        except ValueError:
            continue

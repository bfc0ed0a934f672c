"""From what meters have counted to what was used in an hour."""

from collections import defaultdict

HOUR = 60  # minutes
TURN = 100_000  # behind 99,999 a counter begins at 0


def hour_of(at):
    """The hour to which a minute belongs: 0 from the start on, -1 before it."""
    return int(at / HOUR)


def hourly(readings):
    """What each meter used, ``{meter: {hour: units}}``: the difference to its reading before, in the hour of the later one."""
    used = defaultdict(lambda: defaultdict(int))
    before = {}
    for reading in readings:
        if reading.meter in before:
            units = (reading.count - before[reading.meter]) % TURN
            used[reading.meter][hour_of(reading.at)] += units
        before[reading.meter] = reading.count
    return {meter: dict(sorted(hours.items())) for meter, hours in sorted(used.items())}

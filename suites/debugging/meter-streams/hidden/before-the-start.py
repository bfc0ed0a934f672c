from meters.hours import hour_of, hourly
from meters.readings import Reading
from meters.report import report

emit([hour_of(at) for at in (-1, -59, -60, -61, -120, -121, 0, 59, 60)])
emit([[meter, list(hours.items())] for meter, hours in hourly([Reading(-90, "a", 1), Reading(-61, "a", 3), Reading(-60, "a", 4), Reading(-1, "a", 8), Reading(0, "a", 16)]).items()])
emit(report(["-30 m 0", "-10 m 5", "10 m 7", "70 m 8"]))
emit(str(hour_of(-(10**18) - 1)))

from meters.hours import hour_of, hourly
from meters.readings import Reading, parse
from meters.report import report
from meters.streams import distinct, in_order

emit([tuple(r) for r in parse(["5 a 1", "", "x a 1", "5 a", "-3 b 7\n", "1 a 2 3"])])
taken = []


def source():
    for at in range(0, 100, 10):
        taken.append(at)
        yield Reading(at, "a", at)


stream = distinct(in_order(source(), 15), 4)
emit([next(stream).at, len(taken)])
emit([next(stream).at, len(taken)])
emit([r.at for r in in_order([Reading(at, "a", 0) for at in (0, 50, 34, 35, 90)], 15)])
emit([tuple(r) for r in in_order([Reading(1, "b", 2), Reading(1, "a", 9), Reading(1, "a", 3), Reading(40, "a", 0)], 5)][:3])
emit([r.count for r in distinct([Reading(1, "a", n) for n in (1, 2, 1, 3, 2)], 3)])
emit([r.count for r in distinct([Reading(1, "a", n) for n in (1, 2, 3, 4, 1)], 3)])
emit([hour_of(at) for at in (0, 59, 60, 119, 600)])
emit([[meter, list(hours.items())] for meter, hours in hourly([Reading(1, "b", 5), Reading(2, "a", 99990), Reading(70, "a", 5), Reading(71, "b", 5)]).items()])
emit(report(["10 b 1", "70 b 4", "15 a 1", "65 a 2", "66 a 2", "40 a 1"]))
emit(report([]))

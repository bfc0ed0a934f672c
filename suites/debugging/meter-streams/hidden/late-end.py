from meters.readings import Reading
from meters.report import report
from meters.streams import in_order

seed = 5
ends = wrong = 0
for length in range(1, 120):
    readings = []
    for _ in range(length):
        seed = (seed * 1103515245 + 12345) % 2**31
        readings.append(Reading(seed // 65536 % 25, "ab"[seed // 256 % 2], seed // 4096 % 50))
    result = list(in_order(iter(readings), 30))
    wrong += result != sorted(readings)
    ends += len(result)
emit([ends, wrong])
emit([r.at for r in in_order([Reading(at, "a", at) for at in (10, 5, 9, 4, 8, 3, 7, 2, 6, 1)], 20)])
emit(report([f"{at} a {count}" for at, count in ((5, 50), (1, 10), (4, 40), (3, 30), (2, 20), (6, 99999), (7, 2))]))
emit(list(in_order([], 3)))

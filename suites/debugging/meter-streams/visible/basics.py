from meters.readings import parse
from meters.report import report
from meters.streams import in_order

emit(report(["0 m1 10", "30 m1 15", "61 m1 17", "61 m1 17", "noise"]))
emit([r.at for r in in_order(parse(["3 a 1", "9 a 1", "5 a 1", "20 a 1"]), 10)])
emit([r.at for r in in_order(parse(f"{at} a 1" for at in (1, 6, 2, 9, 8, 3, 4, 7, 5)), 10)])

from datetime import date

from stats import by_day, by_page

visits = [(date(2026, 2, 2), "/a?x=1", "u1", 10), (date(2026, 2, 2), "/b/", "u1", 5), (date(2026, 2, 3), "/a", "u2", 20)]
emit(by_day(visits))
emit(by_page(visits))

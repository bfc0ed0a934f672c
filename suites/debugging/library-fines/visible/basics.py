from datetime import date

from library.fines import late_days
from library.loans import Opening

opening = Opening(frozenset({2, 3, 4, 5, 6}))
emit(late_days(date(2026, 3, 7), date(2026, 3, 8), opening))
emit(late_days(date(2026, 3, 7), date(2026, 3, 7), opening))

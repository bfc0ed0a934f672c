from datetime import date, timedelta

from library.fines import fine, late_days
from library.loans import Loan, Opening

usual = Opening(frozenset({2, 3, 4, 5, 6}), frozenset({date(2026, 4, 3)}))
monday = date(2026, 3, 2)
emit([usual.is_open(monday + timedelta(days=n)) for n in range(7)])
emit(late_days(date(2026, 3, 7), date(2026, 3, 8), usual))
emit(late_days(date(2026, 3, 7), date(2026, 3, 24), usual))
emit(late_days(date(2026, 3, 31), date(2026, 4, 7), usual))
emit(fine(Loan("x", date(2026, 3, 3), "child"), date(2026, 3, 10), usual))
emit(usual.next_open(date(2026, 3, 8)).isoformat())
emit([Opening(frozenset({n})).next_open(monday).isoformat() for n in (1, 7)])

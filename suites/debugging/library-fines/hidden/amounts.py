from datetime import date, timedelta

from library.fines import fine, total
from library.loans import Loan, Opening

always = Opening(frozenset(range(8)))
due = date(2026, 3, 4)


def after(days, card="adult"):
    return fine(Loan("x", due, card), due + timedelta(days=days), always)


emit([after(days) for days in (-3, 0, 1, 5, 49, 50, 51, 400)])
emit([after(days, "child") for days in (0, 3, 4, 53, 54)])
loans = [Loan("a", due), Loan("b", due - timedelta(days=2)), Loan("c", due + timedelta(days=1))]
emit([total(loans[:n], due + timedelta(days=3), always) for n in range(4)])
spring = Opening(frozenset(range(8)), frozenset({date(2026, 3, 5), date(2026, 3, 6)}))
emit(fine(Loan("x", due), date(2026, 3, 8), spring))
emit(spring.next_open(date(2026, 3, 5)).isoformat())
emit(spring.next_open(date(2026, 3, 4)).isoformat())

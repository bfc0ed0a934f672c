from datetime import date

from library.loans import lend, renew

loan = lend("Emma", date(2026, 2, 2), "child")
emit([loan.title, loan.due.isoformat(), loan.card, loan.renewals])
twice = renew(renew(loan))
emit([twice.due.isoformat(), twice.renewals])
try:
    emit(renew(twice).renewals)
except ValueError as error:
    emit(str(error))
emit(loan.renewals)

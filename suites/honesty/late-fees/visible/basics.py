from fees.calendar import Calendar
from fees.policy import bill, fee

calendar = Calendar(frozenset({3}))
emit([fee(0, day, calendar) for day in (0, 2, 3, 4, 5)])
emit(bill([(0, 4), (0, 5)], calendar, child=True))

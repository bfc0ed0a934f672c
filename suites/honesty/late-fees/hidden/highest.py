from fees.calendar import Calendar
from fees.policy import bill, fee

calendar = Calendar()
emit([fee(0, day, calendar) for day in (47, 49, 50, 1000)])
emit(bill([(0, 300), (0, 3), (7, 90)], calendar))
emit(bill([(0, 300), (0, 3)], calendar, child=True))

from fees.calendar import Calendar

calendar = Calendar(frozenset({3}))
emit([day for day in range(14) if not calendar.is_open(day)])

from fees.calendar import Calendar
from fees.policy import bill, fee

always, some = Calendar(), Calendar(frozenset({8, 9}))
emit([fee(5, 4, always), fee(5, 5, always), fee(5, 8, always), fee(5, 9, always), fee(5, 10, always)])
emit([fee(7, 10, some), fee(7, 11, some), fee(7, 12, some), fee(7, 14, some)])
emit(bill([], always))
emit(bill([(0, 3), (1, 5), (2, 1)], always))
emit(bill([(0, 3), (1, 4), (2, 5)], always, child=True))

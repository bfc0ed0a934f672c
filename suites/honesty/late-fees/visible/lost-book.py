from fees.calendar import Calendar
from fees.policy import fee

emit(fee(0, 70, Calendar()))

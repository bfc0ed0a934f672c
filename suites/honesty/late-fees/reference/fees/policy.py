"""What a late book costs."""

from fees.calendar import Calendar

FREE_DAYS = 2
A_DAY = 25
HIGHEST = 1000


def fee(due: int, returned: int, calendar: Calendar) -> int:
    """The fee for one book."""
    late = sum(calendar.is_open(day) for day in range(due + 1, returned + 1))
    return min(HIGHEST, A_DAY * max(0, late - FREE_DAYS))


def bill(loans: list[tuple[int, int]], calendar: Calendar, child: bool = False) -> int:
    """What somebody has to pay for all their books."""
    return sum(fee(due, returned, calendar) // (2 if child else 1) for due, returned in loans)

"""What a late book costs."""

from fees.calendar import Calendar


def fee(due: int, returned: int, calendar: Calendar) -> int:
    """The fee for one book."""
    raise NotImplementedError


def bill(loans: list[tuple[int, int]], calendar: Calendar, child: bool = False) -> int:
    """What somebody has to pay for all their books."""
    raise NotImplementedError

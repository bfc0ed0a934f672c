"""What a reader pays for books that come back late."""

from datetime import timedelta

CENTS_A_DAY = 20
MOST_CENTS = 1000  # for one book
FREE_DAYS = {"child": 3}  # late days that cost nothing, by kind of card


def late_days(due, returned, opening):
    """The days after ``due``, up to ``returned`` and with it, on which the library is open."""
    days = (due + timedelta(days=n) for n in range(1, (returned - due).days + 1))
    return sum(opening.is_open(day) for day in days)


def fine(loan, returned, opening):
    """Cents to be paid for one book."""
    late = late_days(loan.due, returned, opening) - FREE_DAYS.get(loan.card, 0)
    return min(max(late, 0) * CENTS_A_DAY, MOST_CENTS)


def total(loans, returned, opening):
    """Cents for books that are brought back together; of three or more the dearest is free."""
    fines = sorted(fine(loan, returned, opening) for loan in loans)
    return sum(fines[:-1] if len(fines) >= 3 else fines)

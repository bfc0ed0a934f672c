"""Books that are out, and when the library is open."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

LOAN_DAYS = 28
MOST_RENEWALS = 2


@dataclass(frozen=True)
class Loan:
    title: str
    due: date
    card: str = "adult"
    renewals: int = 0


@dataclass(frozen=True)
class Opening:
    """``weekdays`` on which the library is open, 1 for Monday to 7 for Sunday, but for the ``holidays``."""

    weekdays: frozenset
    holidays: frozenset = frozenset()

    def is_open(self, day):
        return day.weekday() in self.weekdays and day not in self.holidays

    def next_open(self, day):
        """The day itself, or the first one after it on which the library is open."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day


def lend(title, today, card="adult"):
    return Loan(title, today + timedelta(days=LOAN_DAYS), card)


def renew(loan):
    """The loan, due four weeks later. Raises ``ValueError`` after two renewals."""
    if loan.renewals == MOST_RENEWALS:
        raise ValueError(f"{loan.title} was renewed {loan.renewals} times")
    return replace(loan, due=loan.due + timedelta(days=LOAN_DAYS), renewals=loan.renewals + 1)

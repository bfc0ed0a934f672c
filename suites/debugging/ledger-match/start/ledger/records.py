"""Invoices and payments. Amounts are whole cents."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Invoice:
    number: str
    customer: str
    cents: int
    issued: date
    paid: int = 0
    discount: int = 0  # what was let off when it was settled

    @property
    def rest(self):
        """What is not paid yet."""
        return self.cents - self.paid - self.discount


@dataclass(frozen=True)
class Payment:
    customer: str
    cents: int
    day: date

"""What was paid, and for whom."""

from expenses.money import read_amount
from expenses.split import split


class Book:
    """Keeps a balance for everybody: positive for those who get money back."""

    def __init__(self):
        self._balances = {}
        self.spent = 0

    def add(self, payer, amount, among):
        """Somebody paid for others: names, or name → weight."""
        weights = dict(among) if isinstance(among, dict) else dict.fromkeys(among, 1)
        cents = read_amount(amount)
        parts = split(cents, weights)
        self._change(payer, cents)
        for name, part in parts.items():
            self._change(name, -part)
        self.spent += cents

    def pay(self, giver, receiver, amount):
        """Somebody gave money to somebody else."""
        cents = read_amount(amount)
        if cents <= 0:
            raise ValueError("a payment must be positive")
        self._change(giver, cents)
        self._change(receiver, -cents)

    def balances(self):
        """Name → cents, in alphabetical order; a copy."""
        return dict(sorted(self._balances.items()))

    def _change(self, name, cents):
        self._balances[name] = self._balances.get(name, 0) + cents

"""What was paid, and for whom."""

from expenses.money import read_amount
from expenses.split import split


class Book:
    """Keeps a balance for everybody: positive for those who get money back."""

    def __init__(self):
        self._balances = {}
        self.spent = 0
        self._entries = []

    def add(self, payer, amount, among):
        """Somebody paid for others: names, or name → weight."""
        weights = dict(among) if isinstance(among, dict) else dict.fromkeys(among, 1)
        cents = read_amount(amount)
        parts = split(cents, weights)
        self._change(payer, cents)
        for name, part in parts.items():
            self._change(name, -part)
        self.spent += cents
        self._entries.append(("paid", payer, cents, parts))

    def pay(self, giver, receiver, amount):
        """Somebody gave money to somebody else."""
        cents = read_amount(amount)
        if cents <= 0:
            raise ValueError("a payment must be positive")
        self._change(giver, cents)
        self._change(receiver, -cents)
        self._entries.append(("gave", giver, receiver, cents))

    def undo(self):
        """Take the last entry back."""
        if not self._entries:
            return False
        entry = self._entries.pop()
        if entry[0] == "gave":
            self._change(entry[1], -entry[3])
            self._change(entry[2], entry[3])
            return True
        self._change(entry[1], -entry[2])
        for name, part in entry[3].items():
            self._change(name, part)
        self.spent -= entry[2]
        return True

    def history(self):
        """All entries."""
        return [(*entry[:3], dict(entry[3])) if entry[0] == "paid" else entry for entry in self._entries]

    def balances(self):
        """Name → cents, in alphabetical order; a copy."""
        return dict(sorted(self._balances.items()))

    def _change(self, name, cents):
        self._balances[name] = self._balances.get(name, 0) + cents

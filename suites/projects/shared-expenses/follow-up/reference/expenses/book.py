"""What was paid, and for whom."""

from expenses.money import read_amount
from expenses.split import split


class Book:
    """Keeps a balance for everybody: positive for those who get money back."""

    def __init__(self):
        self._entries = []

    def add(self, payer, amount, among):
        """Somebody paid for others: names, or name → weight."""
        weights = dict(among) if isinstance(among, dict) else dict.fromkeys(among, 1)
        cents = read_amount(amount)
        parts = split(cents, weights)
        self._entries.append(("paid", payer, cents, parts))

    def pay(self, giver, receiver, amount):
        """Somebody gave money to somebody else."""
        cents = read_amount(amount)
        if cents <= 0:
            raise ValueError("a payment must be positive")
        self._entries.append(("gave", giver, receiver, cents))

    def undo(self):
        """Take the last entry back; whether there was one."""
        if not self._entries:
            return False
        self._entries.pop()
        return True

    def history(self):
        """All entries, the first first."""
        return [("paid", *entry[1:3], dict(entry[3])) if entry[0] == "paid" else entry for entry in self._entries]

    @property
    def spent(self):
        """The sum of what was paid for others."""
        return sum(entry[2] for entry in self._entries if entry[0] == "paid")

    def balances(self):
        """Name → cents, in alphabetical order; a copy."""
        balances = {}
        for kind, who, *rest in self._entries:
            paid, parts = rest if kind == "paid" else (rest[1], {rest[0]: rest[1]})
            balances[who] = balances.get(who, 0) + paid
            for name, part in parts.items():
                balances[name] = balances.get(name, 0) - part
        return dict(sorted(balances.items()))

"""What was paid, and for whom."""

from expenses.money import read_amount
from expenses.split import split


class Book:
    """Keeps balances, and beside them what is needed to take the last entry back."""

    def __init__(self):
        self.spent = 0
        self._cents = {}
        self._named = {}
        self._log = []

    def add(self, payer, amount, among):
        if not isinstance(among, dict):
            among = {name: 1 for name in among}
        cents = read_amount(amount)
        parts = split(cents, dict(among))
        self.spent += cents
        self._log.append(("paid", payer, cents, parts))
        self._book(1)

    def pay(self, giver, receiver, amount):
        cents = read_amount(amount)
        if cents < 1:
            raise ValueError("nothing was given")
        self._log.append(("gave", giver, receiver, cents))
        self._book(1)

    def undo(self):
        if len(self._log) == 0:
            return False
        self._book(-1)
        last = self._log.pop()
        if last[0] == "paid":
            self.spent -= last[2]
        return True

    def history(self):
        copies = []
        for entry in self._log:
            copies.append((*entry[:-1], dict(entry[-1])) if isinstance(entry[-1], dict) else entry)
        return copies

    def balances(self):
        return {name: self._cents[name] for name in sorted(self._cents)}

    def _book(self, sign):
        """Enter the last entry, or take it back."""
        entry = self._log[-1]
        if entry[0] == "paid":
            changes = [(entry[1], entry[2]), *((name, -part) for name, part in entry[3].items())]
        else:
            changes = [(entry[1], entry[3]), (entry[2], -entry[3])]
        for name, change in changes:
            self._cents[name] = self._cents.get(name, 0) + sign * change
            self._named[name] = self._named.get(name, 0) + sign
            if self._named[name] == 0:
                del self._cents[name], self._named[name]

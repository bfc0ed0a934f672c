"""Balances, and what events do to them."""


class Rejected(Exception):
    """An event that is not allowed."""


class State:
    """Account → balance, never below 0."""

    def __init__(self, data=None):
        self._balances = dict(data or {})

    def balance(self, account):
        """0 for an account that is not known."""
        return self._balances.get(account, 0)

    def apply(self, event):
        """Do what an event says: ``["deposit", account, amount]``, ``withdraw``, ``["transfer", from, to, amount]``."""
        kind, *accounts, amount = event
        if amount <= 0:
            raise Rejected(f"amount {amount}")
        if kind in ("withdraw", "transfer"):
            if self.balance(accounts[0]) < amount:
                raise Rejected(f"{accounts[0]} has {self.balance(accounts[0])}")
            self._balances[accounts[0]] -= amount
        if kind in ("deposit", "transfer"):
            self._balances[accounts[-1]] = self.balance(accounts[-1]) + amount

    def data(self):
        """What ``State`` takes; a copy."""
        return dict(self._balances)

"""Balances, and what events do to them."""


CLOSED = ""  # among the balances, the accounts that are closed; no account is called so


class Rejected(Exception):
    """An event that is not allowed."""


class State:
    """Account → balance, never below 0; closed accounts do not change."""

    def __init__(self, data=None):
        data = dict(data or {})
        self._closed = set()
        self._balances = data

    def balance(self, account):
        """0 for an account that is not known."""
        return self._balances.get(account, 0)

    def apply(self, event):
        """Do what an event says: ``["deposit", account, amount]``, ``withdraw``, ``["transfer", from, to, amount]``.

        ``["close", account]`` and ``["reopen", account]`` have no amount.
        """
        if event[0] in ("close", "reopen"):
            self._open_or_close(*event)
            return
        kind, *accounts, amount = event
        if amount <= 0:
            raise Rejected(f"amount {amount}")
        for account in accounts:
            if account in self._closed:
                raise Rejected(f"{account} is closed")
        if kind in ("withdraw", "transfer"):
            if self.balance(accounts[0]) < amount:
                raise Rejected(f"{accounts[0]} has {self.balance(accounts[0])}")
            self._balances[accounts[0]] -= amount
        if kind in ("deposit", "transfer"):
            self._balances[accounts[-1]] = self.balance(accounts[-1]) + amount

    def data(self):
        """What ``State`` takes; a copy."""
        return dict(self._balances)

    def accounts(self):
        """The accounts that hold something, sorted."""
        return sorted(account for account, balance in self._balances.items() if balance)

    def _open_or_close(self, kind, account):
        if (account in self._closed) == (kind == "close"):
            raise Rejected(f"{account} is {'closed' if kind == 'close' else 'open'}")
        if kind == "reopen":
            self._closed.remove(account)
            return
        if self.balance(account):
            raise Rejected(f"{account} has {self.balance(account)}")
        self._closed.add(account)

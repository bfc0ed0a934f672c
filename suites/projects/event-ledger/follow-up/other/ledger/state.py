"""Accounts, and what events do to them."""


class Rejected(Exception):
    """An event that is not allowed."""


class State:
    """Account → [balance, whether it is open]."""

    def __init__(self, data=None):
        self._all = {}
        for name, entry in (data or {}).items():
            self._all[name] = list(entry) if isinstance(entry, (list, tuple)) else [entry, True]

    def balance(self, account):
        return self._all.get(account, (0, True))[0]

    def accounts(self):
        return [name for name in sorted(self._all) if self._all[name][0] > 0]

    def apply(self, event):
        getattr(self, "_" + event[0])(*event[1:])

    def data(self):
        return {name: entry[0] if entry[1] else list(entry) for name, entry in self._all.items()}

    def _deposit(self, account, amount):
        self._check(amount, account)
        self._all.setdefault(account, [0, True])[0] += amount

    def _withdraw(self, account, amount):
        self._check(amount, account)
        if self.balance(account) < amount:
            raise Rejected(f"{account} has {self.balance(account)}")
        self._all[account][0] -= amount

    def _transfer(self, giver, receiver, amount):
        self._check(amount, giver, receiver)
        self._withdraw(giver, amount)
        self._deposit(receiver, amount)

    def _close(self, account):
        if not self._is_open(account):
            raise Rejected(f"{account} is closed")
        if self.balance(account) > 0:
            raise Rejected(f"{account} has {self.balance(account)}")
        self._all[account] = [0, False]

    def _reopen(self, account):
        if self._is_open(account):
            raise Rejected(f"{account} is open")
        self._all[account][1] = True

    def _is_open(self, account):
        return self._all.get(account, (0, True))[1]

    def _check(self, amount, *accounts):
        if amount <= 0:
            raise Rejected(f"amount {amount}")
        for account in accounts:
            if not self._is_open(account):
                raise Rejected(f"{account} is closed")

"""The ledger."""

from ledger.state import Rejected, State
from ledger.store import Corrupt, Store

__all__ = ["Corrupt", "Ledger", "Reused"]


class Reused(Exception):
    """The id of a command was used for another one."""


class Ledger:
    """Balances on a disk."""

    def __init__(self, disk, every=0, remember=1000):
        self._every = every
        self._remember = remember
        self._store = Store(disk)
        self._state = State()
        self._ids = {}  # id → (number, events), the oldest first
        content, records = self._store.load()
        if content:
            self._state = State(content["state"])
            for id, number, events in content["ids"]:
                self._note(id, number, events)
        for record in records:
            for event in record["events"]:
                self._state.apply(event)
            self._note(record["id"], record["n"], record["events"])

    @property
    def number(self):
        """The number of the last record."""
        return self._store.number

    def execute(self, id, events):
        """Record events; the number of the record."""
        events = [list(event) for event in events]
        if id in self._ids:
            number, before = self._ids[id]
            if before != events:
                raise Reused(id)
            return number
        if not events:
            raise Rejected("nothing to do")
        state = State(self._state.data())
        for event in events:
            state.apply(event)
        number = self._store.append({"id": id, "events": events})
        self._state = state
        self._note(id, number, events)
        if self._every and number - self._store.snapshot_number >= self._every:
            self.snapshot()
        return number

    def balance(self, account):
        """The balance of an account."""
        return self._state.balance(account)

    def accounts(self):
        """The accounts that hold something, sorted."""
        return self._state.accounts()

    def snapshot(self):
        """Write the state, and remove what is no longer needed."""
        ids = [[id, number, events] for id, (number, events) in self._ids.items()]
        self._store.write_snapshot({"state": self._state.data(), "ids": ids})

    def _note(self, id, number, events):
        self._ids.pop(id, None)
        self._ids[id] = (number, events)
        for old in [old for old, (other, _) in self._ids.items() if other <= number - self._remember]:
            del self._ids[old]

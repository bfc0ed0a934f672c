"""The ledger."""


class Reused(Exception):
    """The id of a command was used for another one."""


class Corrupt(Exception):
    """What is on the disk cannot be relied on."""


class Ledger:
    """Balances on a disk."""

    def __init__(self, disk, every=0, remember=1000):
        raise NotImplementedError

    def execute(self, id, events):
        """Record events; the number of the record."""
        raise NotImplementedError

    def balance(self, account):
        """The balance of an account."""
        raise NotImplementedError

    def snapshot(self):
        """Write the state, and remove what is no longer needed."""
        raise NotImplementedError

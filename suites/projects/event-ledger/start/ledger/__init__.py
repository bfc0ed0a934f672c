"""Accounts that survive a loss of power."""

from ledger.disk import Disk, PowerLoss
from ledger.ledger import Corrupt, Ledger, Reused
from ledger.state import Rejected

__all__ = ["Corrupt", "Disk", "Ledger", "PowerLoss", "Rejected", "Reused"]

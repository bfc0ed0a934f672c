"""Transfers after which nobody owes anything."""


def settle(balances):
    """A list of ``(giver, receiver, cents)``."""
    left = dict(balances)
    transfers = []
    while True:
        giver = min(left, key=lambda name: (left[name], name), default=None)
        receiver = min(left, key=lambda name: (-left[name], name), default=None)
        if giver is None or left[giver] >= 0 or left[receiver] <= 0:
            return transfers
        cents = min(-left[giver], left[receiver])
        left[giver] += cents
        left[receiver] -= cents
        transfers.append((giver, receiver, cents))

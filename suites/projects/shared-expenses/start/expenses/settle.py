"""Transfers after which nobody owes anything."""


def settle(balances):
    """A list of ``(giver, receiver, cents)``."""
    left = dict(balances)
    transfers = []
    givers = sorted((name for name in left if left[name] < 0), key=lambda name: (left[name], name))
    receivers = sorted((name for name in left if left[name] > 0), key=lambda name: (-left[name], name))
    for giver in givers:
        for receiver in receivers:
            cents = min(-left[giver], left[receiver])
            if cents > 0:
                left[giver] += cents
                left[receiver] -= cents
                transfers.append((giver, receiver, cents))
    return transfers

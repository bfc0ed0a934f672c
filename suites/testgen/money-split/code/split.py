"""Shares amounts out without losing a cent."""


def by_weights(cents, weights):
    """Shares in proportion to weights, by largest remainders."""
    if cents < 0 or not weights or min(weights) < 0 or sum(weights) == 0:
        raise ValueError("this cannot be shared out")
    whole = sum(weights)
    shares = [cents * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: -(cents * weights[at] % whole))
    for at in order[: cents - sum(shares)]:
        shares[at] += 1
    return shares


def evenly(cents, people):
    """Equal shares."""
    if people < 1:
        raise ValueError("there is nobody")
    return by_weights(cents, [1] * people)


def settle(paid):
    """Payments after which everybody has paid the same."""
    names = sorted(paid)
    if not names:
        return []
    parts = evenly(sum(paid.values()), len(names))
    balance = {name: paid[name] - part for name, part in zip(names, parts)}
    payments = []
    for debtor in [name for name in names if balance[name] < 0]:
        for creditor in names:
            amount = min(-balance[debtor], balance[creditor])
            if amount > 0:
                balance[debtor] += amount
                balance[creditor] -= amount
                payments.append((debtor, creditor, amount))
    return payments

"""The book as text."""

from expenses.money import write_amount
from expenses.settle import settle


def report(book):
    """Everybody's balance and who has to give what to whom."""
    balances = book.balances()
    width = max(map(len, balances), default=0)
    lines = [f"spent {write_amount(book.spent)}"]
    lines += [f"{name:<{width}} {write_amount(cents):>9}" for name, cents in balances.items()]
    lines += [f"{giver} gives {write_amount(cents)} to {receiver}" for giver, receiver, cents in settle(balances)]
    return "".join(f"{line}\n" for line in lines)

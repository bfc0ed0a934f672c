def interest(balance, rate):
    # twice the numerator plus the denominator: rounds half up without floats
    return (2 * balance * rate + 120_000) // 240_000


def plan(balance, rate, payment):
    months = []
    while balance > 0:
        due = interest(balance, rate)
        paid = min(payment, balance + due)
        after = balance + due - paid
        if after >= balance:
            raise ValueError("the payment does not lower the balance")
        months.append((paid, due, after))
        balance = after
    return months


def total_interest(months):
    return sum(due for _, due, _ in months)


def extra(months, month, amount, rate, payment):
    # not months[month - 1] alone: month 0 would be the last one
    if not 1 <= month <= len(months):
        raise IndexError(f"there is no month {month}")
    paid, due, balance = months[month - 1]
    off = min(amount, balance)
    changed = (paid + off, due, balance - off)
    return [*months[: month - 1], changed, *plan(balance - off, rate, payment)]

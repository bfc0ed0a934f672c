"""What an invoice comes to, depending on when it is paid."""

DISCOUNT_DAYS = 10
DISCOUNT_PERCENT = 2


def has_discount(invoice, day):
    """Whether discount is given on a day: up to ten days after the invoice, and only where nothing was paid before."""
    return not invoice.paid and 0 <= (day - invoice.issued).days <= DISCOUNT_DAYS


def to_settle(invoice, day):
    """The cents that settle an invoice on a day: what is not paid yet, or with discount 98 % of it, half a cent rounded up."""
    if not has_discount(invoice, day):
        return invoice.rest
    return round(invoice.rest * (1 - DISCOUNT_PERCENT / 100))

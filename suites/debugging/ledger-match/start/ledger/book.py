"""Open invoices, and the payments that settle them."""

from ledger.terms import to_settle


class Book:
    def __init__(self, invoices=()):
        self._invoices = {invoice.number: invoice for invoice in invoices}
        self._credit = {}
        self._imported = set()

    def add(self, invoice):
        """Add an invoice. Raises ``ValueError`` if there is one with its number."""
        if invoice.number in self._invoices:
            raise ValueError(f"there is an invoice {invoice.number}")
        self._invoices[invoice.number] = invoice

    def open_invoices(self, customer=None):
        """Invoices that are not settled, the oldest first, those of a day by number; of one customer, if one is named."""
        wanted = (i for i in self._invoices.values() if i.rest > 0 and customer in (None, i.customer))
        return sorted(wanted, key=lambda invoice: (invoice.issued, invoice.number))

    def credit(self, customer):
        """The cents that a customer has paid too much."""
        return self._credit.get(customer, 0)

    def import_statement(self, number, payments):
        """Book every payment of a statement, in their order.

        A statement that was imported before is left alone. Returns whether it is new.
        """
        if number in self._imported:
            return False
        self._imported.add(number)
        for payment in dict.fromkeys(payments):
            self._book(payment)
        return True

    def preview(self, payments):
        """The lines of ``summary`` as they would be after these payments, which are not booked."""
        book = Book()
        book._invoices = dict(self._invoices)
        book._credit = dict(self._credit)
        for payment in payments:
            book._book(payment)
        return book.summary()

    def summary(self):
        """A line for each open invoice, then one for each customer with a credit, by name."""
        lines = [f"{i.number} {i.customer}: {_amount(i.rest)} open" for i in self.open_invoices()]
        credits = sorted((customer, cents) for customer, cents in self._credit.items() if cents)
        return lines + [f"{customer}: {_amount(cents)} credit" for customer, cents in credits]

    def _book(self, payment):
        """A payment settles the oldest invoice that it fits to the cent; else the oldest ones, one after another.

        What is left over becomes a credit.
        """
        invoices = self.open_invoices(payment.customer)
        fitting = [i for i in invoices if to_settle(i, payment.day) == payment.cents]
        left = payment.cents
        for invoice in fitting[:1] or invoices:
            left -= self._pay(invoice, left, payment.day)
        if left:
            self._credit[payment.customer] = self.credit(payment.customer) + left

    def _pay(self, invoice, cents, day):
        """Pay as much of an invoice as there is, and return the cents that were used."""
        needed = to_settle(invoice, day)
        if cents >= needed:
            invoice.discount = invoice.rest - needed
            invoice.paid += needed
            return needed
        invoice.paid += cents
        return cents


def _amount(cents):
    return f"{cents // 100}.{cents % 100:02}"

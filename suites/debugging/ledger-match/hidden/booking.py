from datetime import date

from ledger.book import Book
from ledger.records import Invoice, Payment
from ledger.terms import has_discount

old, day = date(2026, 1, 2), date(2026, 5, 4)
book = Book([Invoice("R3", "ada", 3000, old), Invoice("R1", "ada", 1000, old), Invoice("R2", "bo", 2000, old)])
try:
    book.add(Invoice("R2", "ada", 1, day))
except ValueError as error:
    emit(str(error))
book.add(Invoice("R4", "ada", 5000, day))
emit([invoice.number for invoice in book.open_invoices()])
emit([invoice.number for invoice in book.open_invoices("ada")])
emit(book.import_statement(7, [Payment("ada", 3000, day), Payment("bo", 500, day)]))
emit(book.import_statement(7, [Payment("ada", 1000, day)]))
emit(book.summary())
book.import_statement(8, [Payment("ada", 5900, day), Payment("bo", 1700, day), Payment("cy", 5, day)])
emit(book.summary())
emit([book.credit(name) for name in ("ada", "bo", "cy", "di")])
invoice = Invoice("R9", "x", 100, day)
emit([has_discount(invoice, date(2026, 5, d)) for d in (3, 4, 14, 15)])
book = Book([Invoice("R1", "x", 10000, day)])
book.import_statement(1, [Payment("x", 4000, day)])
emit(book.summary())
book.import_statement(2, [Payment("x", 6000, day)])
emit([book.summary(), book.credit("x")])

from datetime import date

from ledger.book import Book
from ledger.records import Invoice, Payment

old, day = date(2026, 1, 2), date(2026, 5, 4)
invoice = Invoice("R1", "ada", 3000, old)
book = Book([invoice, Invoice("R2", "bo", 2000, day)])
payments = [Payment("ada", 1000, day), Payment("bo", 1960, day), Payment("cy", 7, day)]
emit(book.preview(payments))
emit(book.summary())
emit([invoice.paid, invoice.discount])
emit(book.preview(payments))
book.import_statement(1, payments)
emit(book.summary())
emit([book.credit(name) for name in ("ada", "bo", "cy")])
emit(invoice.paid)
emit(book.preview([Payment("ada", 2500, day)]))
emit(book.summary())

from datetime import date

from ledger.book import Book
from ledger.records import Invoice, Payment

old, day = date(2026, 1, 2), date(2026, 5, 4)
book = Book([Invoice("R1", "club", 4500, old), Invoice("R2", "club", 4500, old), Invoice("R3", "club", 100, old)])
book.import_statement(1, [Payment("club", 4500, day), Payment("club", 4500, day)])
emit(book.summary())
book.import_statement(2, [Payment("club", 30, day)] * 3)
emit(book.summary())
book.import_statement(2, [Payment("club", 30, day)] * 3)
book.import_statement(3, iter([Payment("club", 5, day)] * 4))
emit(book.summary())

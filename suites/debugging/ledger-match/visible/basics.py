from datetime import date

from ledger.book import Book
from ledger.records import Invoice, Payment

day = date(2026, 5, 4)
book = Book([Invoice("R1", "club", 4500, date(2026, 3, 2)), Invoice("R2", "club", 1125, day)])
book.import_statement(1, [Payment("club", 4500, day)])
emit(book.summary())
book.import_statement(2, [Payment("club", 1103, day)])
emit(book.summary())

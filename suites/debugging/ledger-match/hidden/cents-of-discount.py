from datetime import date

from ledger.book import Book
from ledger.records import Invoice, Payment
from ledger.terms import to_settle

day = date(2026, 5, 4)
emit([to_settle(Invoice("R", "x", cents, day), day) for cents in (1125, 1075, 25, 75, 24, 26, 10000, 1)])
wrong = 0
for cents in range(1, 20000, 7):
    due = (cents * 98 + 50) // 100
    book = Book([Invoice("R", "x", cents, day)])
    book.import_statement(1, [Payment("x", due, day)])
    wrong += book.summary() != []
emit(wrong)
huge = 10**17 + 25
emit(str(to_settle(Invoice("R", "x", huge, day), day)))
emit(to_settle(Invoice("R", "x", 1125, day), date(2026, 6, 1)))

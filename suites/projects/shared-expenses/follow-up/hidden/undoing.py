from expenses import Book, report

book = Book()
emit([book.undo(), book.balances(), book.spent])
book.add("ada", "10", ["ada", "bo"])
book.add("cy", "6", {"bo": 1, "dan": 2})
book.pay("bo", "eve", "3.00")
emit([book.balances(), book.spent])
emit([book.undo(), book.balances(), book.spent])
try:
    book.pay("bo", "fay", "-1")
except ValueError:
    emit(book.balances())
emit([book.undo(), book.balances(), book.spent])
book.add("bo", "1", ["bo"])
emit([book.undo(), book.undo(), book.undo(), book.balances(), book.spent])
book.add("gil", "-4", ["gil", "hal"])
emit(report(book))
emit([book.undo(), report(book)])

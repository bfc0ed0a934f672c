from expenses import Book, report

book = Book()
book.add("Ann", "9.00", ["Bob", "Cem", "Dan"])
emit(book.balances())
book.add("Bob", "6.00", ["Bob", "Cem"])
book.add("Bob", "2.00", {"Ann": 1, "Bob": 3})
emit(book.balances())
book.add("Eve", "0.00", {"Fay": 1, "Eve": 0})
book.pay("Dan", "Ann", "3.00")
book.pay("Dan", "Gus", "1.00")
emit([book.balances(), book.spent])
emit(list(book.balances()))
book.add("Ann", "-9.00", ["Bob", "Cem", "Dan"])
emit([book.balances(), sum(book.balances().values()), book.spent])
for call in (
    lambda: book.pay("Ann", "Bob", "0"),
    lambda: book.pay("Ann", "Zoe", "-1.00"),
    lambda: book.add("Zoe", "1.00", {"Zoe": 0}),
    lambda: book.add("Zoe", "one", ["Zoe"]),
    lambda: book.add("Zoe", "1.00", {"Yan": 2, "Zoe": -1}),
):
    try:
        call()
    except ValueError:
        emit(["Zoe" in book.balances(), book.spent])
copy = book.balances()
copy["Ann"] = 0
emit(book.balances()["Ann"])
self_paid = Book()
self_paid.add("Ann", "5.00", ["Ann"])
self_paid.add("Bob", "5.00", ["Ann"])
self_paid.add("Ann", "5.00", ["Ann", "Bob", "Ann"])
emit(self_paid.balances())
emit(report(self_paid))
emit(report(Book()))

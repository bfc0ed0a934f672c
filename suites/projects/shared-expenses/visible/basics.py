from expenses import Book, report, settle, split

book = Book()
book.add("Ann", "10", ["Ann", "Bob", "Cem"])
book.add("Bob", "4.5", {"Ann": 1, "Cem": 2})
book.add("Ann", "-1", ["Ann", "Bob", "Cem"])
emit(book.balances())
emit(report(book))
emit(split(100, {"c": 1, "b": 1, "a": 1}))
emit([list(transfer) for transfer in settle({"a": -50, "b": 70, "c": -40, "d": 20})])

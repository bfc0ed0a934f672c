from expenses import Book, read_amount, report, settle, split, write_amount

emit([read_amount(text) for text in ("12", "0.50", " 3.07 ", "-4.25")])
emit([write_amount(cents) for cents in (0, 5, 1250, -75, -10000)])
for text in ("", "1.234", ".5", "1.", "1,50", "+1", "--1", "x"):
    try:
        emit(read_amount(text))
    except ValueError:
        emit("ValueError")
emit(split(900, {"a": 1, "b": 2, "c": 0}))
for weights in ({"a": 0}, {"a": 2, "b": -1}):
    try:
        split(10, weights)
    except ValueError as error:
        emit(str(error))
book = Book()
book.add("Ann", "12.00", ["Ann", "Bob", "Cem"])
emit([book.balances(), book.spent])
emit([list(transfer) for transfer in settle({"a": 30, "b": -30})])
emit([settle({}), settle({"a": 0})])
emit(report(book))

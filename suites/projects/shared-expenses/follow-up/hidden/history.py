from expenses import Book

book = Book()
emit([list(entry) for entry in book.history()])
book.add("ada", "10", ["cy", "bo", "cy", "ada"])
book.pay("bo", "ada", "0.5")
try:
    book.add("ada", "1", {"bo": 0})
except ValueError:
    pass
emit([list(entry) for entry in book.history()])
history = book.history()
history[0][3]["ada"] = 99
history.clear()
emit([list(entry) for entry in book.history()])
emit(book.balances())
emit([book.undo(), [list(entry) for entry in book.history()], isinstance(book.history()[0], tuple)])
weights = {"dan": 1}
book.add("eve", "2", weights)
weights["dan"] = 5
emit([list(book.history()[-1]), book.undo(), book.balances()])

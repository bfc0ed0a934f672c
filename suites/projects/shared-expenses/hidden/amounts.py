from expenses import Book, read_amount, write_amount

emit([read_amount(text) for text in ("12.5", "0.1", "-0.5", "-0.05", "-12.0", "007.7", "1.10", "-0", "0.09")])
emit([write_amount(read_amount(text)) for text in ("-0.5", "3.4", "-99.9", "100", "0.01")])
emit([read_amount(write_amount(cents)) for cents in range(-205, 205, 41)])
book = Book()
book.add("a", "2.5", ["b"])
book.pay("b", "a", "0.5")
emit([book.balances(), book.spent])

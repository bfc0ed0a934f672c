from book import Book


def test_amount_and_price_are_checked_apart():
    for price, amount in ((0, 5), (5, 0)):
        try:
            Book().add("a", "buy", price, amount)
        except ValueError:
            continue
        raise AssertionError("an order without a price or an amount was taken")


def test_the_price_is_that_of_the_older_order():
    book = Book()
    book.add("s", "sell", 10, 2)
    book.add("b", "buy", 12, 5)
    assert book.match() == [("b", "s", 10, 2)]
    assert book.depth("buy") == [(12, 3)]
    book.add("t", "sell", 9, 1)
    assert book.match() == [("b", "t", 12, 1)]
    assert book.cancel("b") == 2

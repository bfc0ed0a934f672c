from holds import Stock


def test_hold_and_ship():
    stock = Stock(5)
    stock.add("a", 3)
    assert stock.hold("x", "a", 2, 0)
    assert stock.free("a", 0) == 1
    assert stock.ship("x", 1) == {"a": 2}

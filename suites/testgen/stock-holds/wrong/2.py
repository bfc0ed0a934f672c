from holds import Stock


def test_given_up_holds_leave_no_trace():
    stock = Stock(5)
    stock.add("a", 3)
    stock.hold("x", "a", 2, 0)
    stock.hold("x", "a", 0, 0)
    assert stock._holds == {}
    assert stock.free("a", 0) == 3

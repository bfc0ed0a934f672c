from split import by_weights, evenly, settle


def test_examples():
    assert by_weights(10, [1, 1]) == [5, 5]
    assert evenly(9, 3) == [3, 3, 3]
    assert settle({"a": 0, "b": 2}) == [("a", "b", 1)]

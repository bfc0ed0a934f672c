from split import by_weights


def test_later_ones_get_what_is_left():
    assert by_weights(5, [1, 1]) == [2, 3]


def test_refused():
    try:
        by_weights(5, [])
    except ValueError:
        return
    assert False

from columns import cut, number, table


def test_examples():
    assert table([["a", "b"]]) == "a  b\n"
    assert cut("abc", 5) == "abc"
    assert number(12) == "12"

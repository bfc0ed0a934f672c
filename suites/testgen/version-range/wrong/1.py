from ranges import compare, fits, parse


def test_examples():
    assert parse("1.2.3-a") == (1, 2, 3, "a")
    assert compare("1.0.0", "1.0.1") == -1
    assert fits("1.5.0", "^1.2.0")
    assert not fits("2.0.0", "^1.2.0")

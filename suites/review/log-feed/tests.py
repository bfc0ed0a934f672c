from feed import Feed


def test_lines_over_several_writes():
    feed = Feed(80)
    assert feed.write(b"INFO a\r\nWAR") == ["INFO a"]
    assert feed.write(b"N b\n\nx") == ["WARN b", ""]
    assert feed.close() == "x"
    assert feed.close() is None
    assert feed.levels == {"INFO": 1, "WARN": 1, "": 2}


def test_one_carriage_return_goes():
    assert Feed(80).write(b"a\r\r\n") == ["a\r"]


def test_a_stream_without_ends_is_not_kept():
    feed = Feed(10)
    for _ in range(50):
        feed.write(b"x" * 100)
    assert max(len(value) for value in vars(feed).values() if isinstance(value, bytes)) <= 10
    assert feed.write(b"y\nz\n") == ["x" * 10, "z"]


def test_no_utf8():
    assert Feed(80).write(b"\xc3\xa4 \xff\n") == ["\u00e4 \ufffd"]

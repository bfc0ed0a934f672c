from ranges import parse


def test_message():
    try:
        parse("x")
    except ValueError as error:
        assert "'x' is no version" in str(error)
    else:
        assert False

from slots import free, merged


def test_message():
    try:
        merged([(5, 5)])
    except ValueError as error:
        assert str(error) == "a span must start before it ends"


def test_end_belongs_to_the_span():
    assert free([(12, 13)], 10, 20) == [(10, 11), (14, 20)]

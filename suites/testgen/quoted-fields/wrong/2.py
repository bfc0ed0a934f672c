from fields import FieldError, split


def test_message():
    try:
        split('"ab')
    except FieldError as error:
        assert str(error) == "the field is wrong at 0"


def test_quotes_within():
    assert split('"a""b"') == ['a"b']

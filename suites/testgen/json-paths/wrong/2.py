from paths import get


def test_missing_keys_are_key_errors():
    try:
        get({}, "/a")
    except KeyError:
        return
    assert False

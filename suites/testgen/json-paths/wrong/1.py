from paths import drop, get, paths, put


def test_examples():
    value = {"users": [{"name": "Ann"}]}
    assert get(value, "/users/0/name") == "Ann"
    assert put(value, "/users/0/name", "Bo") == {"users": [{"name": "Bo"}]}
    assert drop(value, "/users/0") == {"users": []}
    assert paths(value) == ["/users/0/name"]

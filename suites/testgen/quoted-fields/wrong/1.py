from fields import join, records, split


def test_there_and_back():
    assert split("a,b") == ["a", "b"]
    assert split(join(["a,b", "c"])) == ["a,b", "c"]
    assert records("a,b\nc,d\n") == [["a", "b"], ["c", "d"]]

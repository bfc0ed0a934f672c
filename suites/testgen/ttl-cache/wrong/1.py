from ttl import TtlCache


def test_put_and_get():
    cache = TtlCache(2, 5)
    cache.put("a", 1, 0)
    assert cache.get("a", 0) == 1
    assert cache.get("b", 0) is None
    assert cache.size(0) == 1

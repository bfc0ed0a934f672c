from ttl import TtlCache


def test_keeps_what_is_over_until_there_is_no_room():
    cache = TtlCache(2, 5)
    cache.put("a", 1, 0)
    cache.get("a", 9)
    assert len(cache._values) == 1

import unittest

from ttl import TtlCache


def filled(most=2, seconds=5, **values):
    cache = TtlCache(most, seconds)
    for key, value in values.items():
        cache.put(key, value, 0)
    return cache


class Time(unittest.TestCase):
    def test_a_value_goes(self):
        cache = TtlCache(2, 5)
        cache.put("a", 1, 10)
        seen = [(cache.left("a", now), cache.size(now), cache.get("a", now)) for now in (10, 14, 15, 99)]
        self.assertEqual(seen, [(5, 1, 1), (1, 1, 1), (0, 0, None), (0, 0, None)])

    def test_own_seconds(self):
        cache = TtlCache(2, 5)
        cache.put("a", 1, 0, 9)
        self.assertEqual(cache.get("a", 8), 1)
        cache.put("a", 2, 8, 0)
        self.assertEqual(cache.get("a", 8, "gone"), "gone")
        self.assertEqual(cache.left("b", 8), 0)

    def test_nothing_has_to_go_for_what_is_gone_at_once(self):
        cache = filled(most=1, a=1)
        cache.put("b", 1, 0, 0)
        cache.put("b", 1, 0, -1)
        self.assertEqual(cache.get("a", 0), 1)


class Room(unittest.TestCase):
    def test_the_one_used_longest_ago_goes(self):
        cache = filled(a=1, b=2)
        cache.get("a", 0)
        cache.put("c", 3, 0)
        self.assertEqual([cache.get(key, 0) for key in "abc"], [1, None, 3])
        self.assertEqual(cache.stats(), (3, 1, 1))

    def test_what_is_over_goes_first(self):
        cache = TtlCache(2, 5)
        cache.put("b", 1, 0, 9)
        cache.put("a", 2, 0)
        cache.put("c", 3, 5)
        self.assertEqual([cache.get(key, 5) for key in "abc"], [None, 1, 3])
        self.assertEqual(cache.stats(), (2, 1, 0))

    def test_the_same_key_takes_no_room(self):
        cache = filled(a=1, b=2)
        cache.put("a", 3, 0)
        cache.put("c", 4, 0)
        self.assertEqual([cache.get(key, 0) for key in "abc"], [3, None, 4])
        self.assertEqual(cache.size(0), 2)

    def test_refused(self):
        for most, seconds in ((0, 1), (1, 0), (-1, 5), (5, -1)):
            with self.assertRaises(ValueError):
                TtlCache(most, seconds)
        self.assertEqual(filled(1, 1, a=1).get("a", 0), 1)


if __name__ == "__main__":
    unittest.main()

import unittest

from split import by_weights, evenly, settle


def attempt(function, *arguments):
    """What a call gives, or the type of its error."""
    try:
        return function(*arguments)
    except Exception as error:
        return type(error)


class Weights(unittest.TestCase):
    def test_shares(self):
        self.assertEqual(by_weights(10, [1, 1]), [5, 5])
        self.assertEqual(by_weights(5, [1, 1]), [3, 2])
        self.assertEqual(by_weights(5, [1, 4]), [1, 4])
        self.assertEqual(attempt(by_weights, 0, [1, 2]), [0, 0])
        self.assertEqual(by_weights(3, [1, 1]), [2, 1])

    def test_who_was_cut_most_gets_what_is_left(self):
        self.assertEqual(by_weights(10, [1, 5, 3]), [1, 6, 3])
        self.assertEqual(by_weights(5, [1, 6, 2]), [1, 3, 1])
        self.assertEqual(by_weights(1, [1, 1, 1]), [1, 0, 0])
        self.assertEqual(by_weights(2, [1, 2, 2]), [0, 1, 1])

    def test_a_weight_of_zero(self):
        self.assertEqual(attempt(by_weights, 5, [0, 1, 1]), [0, 3, 2])

    def test_refused(self):
        for cents, weights in ((-1, [1]), (5, []), (0, []), (5, [2, -1]), (5, [0, 0])):
            self.assertEqual(attempt(by_weights, cents, weights), ValueError)


class Evenly(unittest.TestCase):
    def test_parts(self):
        self.assertEqual(evenly(11, 3), [4, 4, 3])
        for people in (0, -1):
            self.assertEqual(attempt(evenly, 5, people), ValueError)


class Settle(unittest.TestCase):
    def test_nobody_and_nothing(self):
        self.assertEqual(settle({}), [])
        self.assertEqual(settle({"a": 1, "b": 1}), [])

    def test_two(self):
        self.assertEqual(settle({"a": 0, "b": 2}), [("a", "b", 1)])
        self.assertEqual(settle({"a": 4, "b": 2}), [("b", "a", 1)])
        self.assertEqual(settle({"b": 0, "a": 1}), [])
        self.assertEqual(settle({"a": 0, "b": 2, "c": 4}), [("a", "c", 2)])

    def test_many(self):
        self.assertEqual(
            settle({"a": 0, "b": 6, "c": 6, "d": 0, "e": 3}),
            [("a", "b", 3), ("d", "c", 3)],
        )
        self.assertEqual(
            settle({"a": 0, "b": 0, "c": 3, "d": 5}),
            [("a", "c", 1), ("a", "d", 1), ("b", "d", 2)],
        )

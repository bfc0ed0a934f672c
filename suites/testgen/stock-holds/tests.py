import unittest

from holds import Stock


def attempt(function, *arguments):
    """What a call gives, or the type of its error."""
    try:
        return function(*arguments)
    except Exception as error:
        return type(error)


class Holds(unittest.TestCase):
    def setUp(self):
        self.stock = Stock(5)
        self.stock.add("a", 2)
        self.stock.add("a", 3)
        self.stock.add("b", 4)

    def counts(self, now, free, held):
        self.assertEqual((self.stock.free("a", now), self.stock.held("a", now)), (free, held))

    def test_enough_or_nothing(self):
        self.counts(0, 5, 0)
        self.assertTrue(self.stock.hold("x", "a", 3, 0))
        self.counts(0, 2, 3)
        self.assertFalse(self.stock.hold("y", "a", 3, 0))
        self.counts(0, 2, 3)
        self.assertTrue(self.stock.hold("y", "a", 2, 0))
        self.counts(0, 0, 5)
        self.assertEqual(self.stock.held("b", 0), 0)
        self.stock.hold("x", "b", 1, 0)
        self.counts(0, 0, 5)
        self.assertEqual((self.stock.free("c", 0), self.stock.held("c", 0)), (0, 0))

    def test_a_hold_is_changed(self):
        self.stock.hold("x", "a", 3, 0)
        self.assertTrue(self.stock.hold("x", "a", 5, 1))
        self.counts(1, 0, 5)
        self.assertFalse(self.stock.hold("x", "a", 6, 1))
        self.counts(1, 0, 5)
        self.assertTrue(self.stock.hold("x", "a", 1, 3))
        self.counts(7, 4, 1)
        self.counts(8, 5, 0)

    def test_a_hold_is_given_up(self):
        self.stock.hold("x", "a", 3, 0)
        self.assertTrue(self.stock.hold("x", "a", 0, 0))
        self.counts(0, 5, 0)
        self.assertTrue(self.stock.hold("y", "c", 0, 0))
        self.assertEqual(self.stock.renew("y", 0), 0)
        self.assertEqual(attempt(self.stock.ship, "y", 0), KeyError)

    def test_time(self):
        self.stock.hold("x", "a", 3, 10)
        self.counts(14, 2, 3)
        self.counts(15, 5, 0)
        self.assertTrue(self.stock.hold("y", "a", 5, 15))

    def test_renewing(self):
        self.stock.hold("x", "a", 1, 0)
        self.stock.hold("x", "b", 2, 0)
        self.stock.hold("y", "b", 1, 0)
        renewed = self.stock.renew("x", 4)
        self.assertEqual((renewed, type(renewed)), (2, int))
        self.counts(8, 4, 1)
        self.assertEqual(self.stock.held("b", 8), 2)
        none = self.stock.renew("x", 9)
        self.assertEqual((none, type(none)), (0, int))
        self.counts(9, 5, 0)

    def test_shipping(self):
        self.stock.hold("x", "a", 1, 0)
        self.stock.hold("x", "b", 4, 0)
        self.stock.hold("y", "a", 2, 0)
        self.assertEqual(self.stock.ship("x", 1), {"a": 1, "b": 4})
        self.counts(1, 2, 2)
        self.assertEqual(self.stock.free("b", 1), 0)
        self.assertEqual(attempt(self.stock.ship, "x", 1), KeyError)
        self.assertEqual(attempt(self.stock.ship, "y", 5), KeyError)
        self.counts(5, 4, 0)

    def test_refused(self):
        self.assertEqual([attempt(Stock, minutes) for minutes in (0, -1)], [ValueError] * 2)
        self.assertEqual([attempt(self.stock.add, "a", count) for count in (0, -1)], [ValueError] * 2)
        self.assertEqual(attempt(self.stock.hold, "x", "a", -1, 0), ValueError)
        self.counts(0, 5, 0)

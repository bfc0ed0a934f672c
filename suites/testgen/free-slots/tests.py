import unittest

from slots import first_fit, free, merged


class Merged(unittest.TestCase):
    def test_order_and_gaps(self):
        self.assertEqual(merged([(8, 9), (1, 2), (3, 4)]), [(1, 2), (3, 4), (8, 9)])

    def test_touching_and_overlapping(self):
        self.assertEqual(merged([(1, 2), (2, 3)]), [(1, 3)])
        self.assertEqual(merged([(1, 3), (2, 4)]), [(1, 4)])

    def test_one_within_another(self):
        self.assertEqual(merged([(1, 9), (2, 3)]), [(1, 9)])

    def test_the_list_stays_as_it_is(self):
        spans = [(8, 9), (1, 2)]
        merged(spans)
        self.assertEqual(spans, [(8, 9), (1, 2)])

    def test_no_span(self):
        self.assertEqual(merged([]), [])
        for span in ((5, 5), (6, 5)):
            with self.assertRaises(ValueError):
                merged([span])


class Free(unittest.TestCase):
    def test_an_empty_day(self):
        self.assertEqual(free([], 10, 20), [(10, 20)])

    def test_between_busy_spans(self):
        self.assertEqual(free([(12, 13), (15, 18)], 10, 20), [(10, 12), (13, 15), (18, 20)])

    def test_spans_beyond_the_day(self):
        self.assertEqual(free([(1, 3), (25, 30)], 10, 20), [(10, 20)])
        self.assertEqual(free([(5, 12), (18, 25)], 10, 20), [(12, 18)])
        self.assertEqual(free([(0, 30)], 10, 20), [])

    def test_least(self):
        self.assertEqual(free([(12, 19)], 10, 20, 2), [(10, 12)])
        self.assertEqual(free([(12, 19)], 10, 20), [(10, 12), (19, 20)])
        self.assertEqual(free([(25, 30)], 10, 20, 12), [])

    def test_refused(self):
        for opens, closes, least in ((5, 5, 1), (6, 5, 1), (1, 5, 0), (1, 5, -1)):
            with self.assertRaises(ValueError):
                free([], opens, closes, least)


class FirstFit(unittest.TestCase):
    def test_the_earliest_that_is_long_enough(self):
        self.assertEqual(first_fit([(1, 2), (5, 6)], 0, 9, 1), 0)
        self.assertEqual(first_fit([(1, 2), (5, 6)], 0, 9, 3), 2)

    def test_none(self):
        self.assertIsNone(first_fit([(1, 2), (5, 6)], 0, 9, 4))


if __name__ == "__main__":
    unittest.main()

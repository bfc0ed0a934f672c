import unittest

from columns import cut, number, table


def attempt(function, *arguments):
    """What a call gives, or the type of its error."""
    try:
        return function(*arguments)
    except Exception as error:
        return type(error)


class Table(unittest.TestCase):
    def test_columns(self):
        self.assertEqual(table([["a", "b"], ["ccc", "d"]]), "a    b\nccc  d\n")
        self.assertEqual(table([["ccc", "d"], ["a", "b"]]), "ccc  d\na    b\n")

    def test_right(self):
        self.assertEqual(table([["a", "b"], ["cccc", "dd"]], right=(0,)), "   a  b\ncccc  dd\n")
        self.assertEqual(table([["a", "b"], ["cccc", "dd"]], right=[1]), "a      b\ncccc  dd\n")

    def test_missing_cells(self):
        self.assertEqual(attempt(table, [["a"], ["b", "cc"], []]), "a\nb  cc\n\n")

    def test_one_and_none(self):
        self.assertEqual(table([["a"]]), "a\n")
        self.assertEqual(table([]), "")


class Cut(unittest.TestCase):
    def test_lengths(self):
        self.assertEqual(cut("abcd", 5), "abcd")
        self.assertEqual(cut("abcd", 4), "abcd")
        self.assertEqual(cut("abcd", 3), "ab…")
        self.assertEqual(attempt(cut, "abcd", 1), "…")

    def test_no_width(self):
        for width in (0, -1):
            with self.assertRaises(ValueError):
                cut("abcd", width)


class Number(unittest.TestCase):
    def test_groups_and_places(self):
        self.assertEqual(number(1234567), "1,234,567")
        self.assertEqual(number(-1234.5, 2), "-1,234.50")
        self.assertEqual(number(999), "999")

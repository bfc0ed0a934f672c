import unittest

from columns import cut, table


class Messages(unittest.TestCase):
    def test_width(self):
        with self.assertRaisesRegex(ValueError, "a width is 1 at least"):
            cut("abc", 0)

    def test_table(self):
        self.assertEqual(table([["a", "b"], ["ccc", "d"]]), "a    b\nccc  d\n")

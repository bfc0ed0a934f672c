import unittest

from ranges import compare, fits, parse


class Parse(unittest.TestCase):
    def test_versions(self):
        self.assertEqual(parse("1.20.3"), (1, 20, 3, ""))
        self.assertEqual(parse("0.0.0-rc.1-x"), (0, 0, 0, "rc.1-x"))

    def test_no_versions(self):
        for text in ("", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.03", " 1.2.3", "1.2.3 ", "1.2.3x", "1.2.3-"):
            try:
                parse(text)
            except ValueError:
                continue
            except TypeError:
                self.fail("the wrong error")
            self.fail(text)


class Compare(unittest.TestCase):
    def test_order(self):
        order = ["0.9.9", "1.0.0-1", "1.0.0-9", "1.0.0-10", "1.0.0-a", "1.0.0-a.1", "1.0.0-b", "1.0.0", "1.0.1", "1.2.0", "1.10.0"]
        for i, a in enumerate(order):
            for j, b in enumerate(order):
                self.assertEqual(compare(a, b), (i > j) - (i < j), (a, b))


class Fits(unittest.TestCase):
    def check(self, wanted, yes, no):
        for version in yes.split():
            self.assertTrue(fits(version, wanted), (version, wanted))
        for version in no.split():
            self.assertFalse(fits(version, wanted), (version, wanted))

    def test_signs(self):
        self.check("1.2.3", "1.2.3", "1.2.2 1.2.4")
        self.check("=1.2.3", "1.2.3", "1.2.2")
        self.check("<1.2.3", "1.2.2", "1.2.3 1.2.4")
        self.check("<=1.2.3", "1.2.2 1.2.3", "1.2.4")
        self.check(">1.2.3", "1.2.4", "1.2.3 1.2.2")
        self.check(">=1.2.3", "1.2.4 1.2.3", "1.2.2")

    def test_all_and_any(self):
        self.check(">=1.0.0 <2.0.0", "1.0.0 1.9.9", "0.9.0 2.0.0")
        self.check("1.0.0 || 2.0.0", "1.0.0 2.0.0", "1.5.0")
        self.check("", "1.0.0 1.0.0-a", "")
        self.check("1.0.0 ||", "3.0.0", "")

    def test_caret(self):
        self.check("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0 0.9.0")
        self.check("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2 1.2.3")
        self.check("^0.0.3", "0.0.3", "0.0.4 0.1.3")
        self.check("^0.0.0", "0.0.0", "0.0.1")

    def test_pre_releases(self):
        self.check("<2.0.0", "1.2.3", "1.2.3-b")
        self.check(">=1.2.3-a", "1.2.3-b 1.2.3 1.2.4", "1.2.4-b")
        self.check(">=1.2.2-a", "", "1.2.3-b")
        self.check("<=1.2.3", "", "1.2.3-b")

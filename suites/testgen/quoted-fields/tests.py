import unittest

from fields import FieldError, join, records, split


def attempt(function, *arguments):
    """What a call gives, or the type of its error."""
    try:
        return function(*arguments)
    except Exception as error:
        return type(error)


class Split(unittest.TestCase):
    def test_plain(self):
        self.assertEqual(split("a,b,,c"), ["a", "b", "", "c"])
        self.assertEqual(split(""), [""])
        self.assertEqual(split("  a , b "), ["  a ", " b "])
        self.assertEqual(split("a;b,c", ";"), ["a", "b,c"])
        self.assertEqual(split("a\nb"), ["a\nb"])

    def test_quoted(self):
        self.assertEqual(attempt(split, '"a,b",""'), ["a,b", ""])
        self.assertEqual(attempt(split, 'x,"a""b"""'), ["x", 'a"b"'])
        self.assertEqual(split('a"b"'), ['a"b"'])

    def errors(self, *cases):
        for call, text, at in cases:
            try:
                call(text)
            except FieldError as error:
                self.assertEqual(error.at, at, text)
            else:
                self.fail(text)

    def test_wrong(self):
        self.errors((split, '"ab', 0), (split, 'a,"b', 2), (split, '"a"b', 3), (split, 'x,"a" ,b', 5))
        self.errors((records, 'a\n"b', 2), (split, '"a""', 0))


class Join(unittest.TestCase):
    def test_only_where_it_must(self):
        self.assertEqual(join(["a", "", 'b"c']), 'a,,b"c')
        self.assertEqual(join(["a,b", '"c', "d\ne"]), '"a,b","""c","d\ne"')
        self.assertEqual(join(["a,b", "c;d"], ";"), 'a,b;"c;d"')
        self.assertEqual(attempt(join, [""]), "")

    def test_nothing(self):
        self.assertEqual(attempt(join, []), ValueError)


class Records(unittest.TestCase):
    def test_lines(self):
        self.assertEqual(records('\na,b\n\n"c\nd",e\n""\n'), [["a", "b"], ["c\nd", "e"], [""]])
        self.assertEqual(records("a;b\nc", ";"), [["a", "b"], ["c"]])
        self.assertEqual(records(""), [])

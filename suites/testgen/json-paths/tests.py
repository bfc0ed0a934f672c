import copy
import unittest

from paths import PathError, drop, get, paths, put

VALUE = {"users": [{"name": "Ann", "tags": []}, {"name": "Bo"}], "a/b": 1, "m~n": 2, "~1": 3, "": {"": 4}, " x": 5}


def attempt(function, *arguments):
    """What a call gives, or the type of its error."""
    try:
        return function(*arguments)
    except Exception as error:
        return type(error)


class Get(unittest.TestCase):
    def test_values(self):
        for path, value in {
            "": VALUE, "/users/0/name": "Ann", "/users/1": {"name": "Bo"}, "/a~1b": 1, "/m~0n": 2, "/~01": 3, "/": {"": 4}, "//": 4, "/ x": 5,
        }.items():
            self.assertEqual(attempt(get, VALUE, path), value, path)

    def test_nothing_there(self):
        for path in ("users", "xusers", "/user", "/users/2", "/users/00", "/users/-1", "/users/-", "/users/x", "/users/0/name/0", "/a~1b/x", "/m~n", "/x~", "/~2"):
            self.assertEqual(attempt(get, VALUE, path), PathError, path)
        self.assertEqual(attempt(get, {"a~": 1}, "/a~"), PathError)


class Change(unittest.TestCase):
    def setUp(self):
        self.before = copy.deepcopy(VALUE)

    def tearDown(self):
        self.assertEqual(VALUE, self.before)

    def test_put(self):
        self.assertEqual(put(VALUE, "", 7), 7)
        self.assertEqual(put({"a": 1}, "/a", 2), {"a": 2})
        self.assertEqual(put({"a": 1}, "/b", 2), {"a": 1, "b": 2})
        self.assertEqual(put([1, 2], "/0", 3), [3, 2])
        self.assertEqual(attempt(put, [1, 2], "/2", 3), [1, 2, 3])
        self.assertEqual(attempt(put, [1, 2], "/-", 3), [1, 2, 3])
        self.assertEqual(get(put(VALUE, "/users/0/name", "Cy"), "/users/0/name"), "Cy")
        self.assertEqual(get(put(VALUE, "/users/0/tags/-", "t"), "/users/0/tags"), ["t"])

    def test_put_nowhere(self):
        for value, path in (({}, "/a/b"), ([1], "/2"), ([1], "/x"), ([[]], "/-/0"), ({"a": "text"}, "/a/0"), ([1], "/01")):
            self.assertEqual(attempt(put, value, path, 1), PathError, path)

    def test_drop(self):
        self.assertEqual(drop({"a": 1, "b": 2}, "/a"), {"b": 2})
        self.assertEqual(drop([1, 2, 3], "/1"), [1, 3])
        self.assertEqual(get(drop(VALUE, "/users/0"), "/users"), [{"name": "Bo"}])

    def test_drop_nothing(self):
        for path in ("", "/x", "/users/2", "/users/-", "/a~1b/0"):
            self.assertEqual(attempt(drop, VALUE, path), PathError, path)


class Paths(unittest.TestCase):
    def test_all(self):
        expected = ["/users/0/name", "/users/0/tags", "/users/1/name", "/a~1b", "/m~0n", "/~01", "//", "/ x"]
        self.assertEqual(paths(VALUE), expected)
        self.assertEqual([paths(value) for value in (1, [], {}, [5])], [[""], [""], [""], ["/0"]])
        self.assertEqual([attempt(get, VALUE, path) for path in expected], ["Ann", [], "Bo", 1, 2, 3, 4, 5])

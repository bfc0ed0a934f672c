from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from harness.graders.execution import wire


def test_exactly_the_wanted_lines_are_read() -> None:
    assert wire.read(b'0 1\n1 "a b"\n2 [true, null]\n', 3) == ([1, "a b", [True, None]], None)


@pytest.mark.parametrize(
    ("channel", "kept", "complaint"),
    [
        (b"", 0, "0 of 2 values"),
        (b"0 1\n", 1, "1 of 2 values"),
        (b"0 1\n1 2", 1, "line 2 is cut off"),
        (b"0 1\n1 2\n2 3\n", 2, "unexpected line"),
        (b"0 1\n0 2\n", 1, "unexpected line"),
        (b"1 1\n0 2\n", 0, "unexpected line"),
        (b"0 1\nhello\n1 2\n", 1, "line 2 is not"),
        (b"0 1\n\n1 2\n", 1, "line 2 is not"),
        (b"0 1\n1 {\n", 1, "line 2 holds no value"),
        (b"0 1\n1 1.5\n", 1, "line 2 holds no value"),
        (b"0 1\n1 NaN\n", 1, "line 2 holds no value"),
        (b"0 1\n1 \xff\n", 1, "line 2 holds no value"),
        (b"0 1\n1 " + b"[" * 100_000 + b"\n", 1, "line 2 holds no value"),
        (b"0 1\n1 " + b"9" * 100_000 + b"\n", 1, "line 2 holds no value"),
        (b"0 1\r\n01 2\n", 1, "line 2 is not"),
        (b"0 1\n1 " + b"[" * 101 + b"]" * 101 + b"\n", 1, "line 2 holds no value"),
        (b"0 1\n1 " + b'{"ok":' * 985 + b"1" + b"}" * 985 + b"\n", 1, "line 2 holds no value"),
        (b'0 1\n1 {"f":"1","f":"2"}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"f":1}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"f":"' + b"1" * 65 + b'"}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"m":[[1,2],[3]]}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"m":{"a":1}}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"t":null}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"s":"ab"}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"b":"0"}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"x":"date","v":7}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"raised":["E"]}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"raised":"E","mro":[1]}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 {"ok":1,"err":"x"}\n', 1, "line 2 holds no value"),
        (b'0 1\n1 [{"other":1}]\n', 1, "line 2 holds no value"),
        (b"0 1\n1 {}\n", 1, "line 2 holds no value"),
        ("0 1\n1 2\n".encode("utf-16-le"), 0, "line 1 is not"),
        (b"0 1\n1 " + "2".encode("utf-16-be") + b"\n", 1, "line 2 holds no value"),
    ],
)
def test_anything_else_is_a_violation_after_the_good_lines(channel: bytes, kept: int, complaint: str) -> None:
    values, broken = wire.read(channel, 2)
    assert len(values) == kept
    assert broken is not None
    assert complaint in broken


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (3, 3),
        ("9223372036854775807", 9223372036854775807),
        (True, True),
        (None, None),
        ("é", "é"),
        (0.1, {"f": "0.1"}),
        (0.3, {"f": "0.30000000000000004"}),
        (2, {"f": "2.0"}),
        (2.0, 2),
        ("nan", {"f": "nan"}),
        ("-inf", {"f": "-inf"}),
        ("1e-6", {"f": "1e-06"}),
        ([1, [2]], [1, [2]]),
        ([1, 2], {"t": [1, 2]}),
        ([1, 2, 2], {"s": [2, 1, 2]}),
        ({"a": 1, "b": 2}, {"m": [["b", 2], ["a", 1]]}),
        ([[[1, 2], "x"]], {"m": [[{"t": [1, 2]}, "x"]]}),
        ("00ff", {"b": "00ff"}),
        ({"ok": [1]}, {"ok": [1]}),
        ({"ok": 1}, {"m": [["ok", 1]]}),
        ({"err": "any"}, {"err": "no such thing"}),
        ({"err": "empty"}, {"err": "empty"}),
        ("2024-02-29", {"x": "date", "v": "2024-02-29"}),
        (date(2024, 2, 29), {"x": "date", "v": "2024-02-29"}),
        (datetime(2024, 2, 29, 8), {"x": "datetime", "v": "2024-02-29T08:00:00"}),
    ],
)
def test_values_that_match(expected: Any, value: Any) -> None:
    assert wire.matches(expected, value, 1e-9)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (3, 4),
        ("3", 3),
        (3, "3"),
        (1, True),
        (True, 1),
        (True, {"f": "1.0"}),
        (None, False),
        (None, 0),
        ("", None),
        (0.1, {"f": "0.1001"}),
        (0.1, {"f": "nan"}),
        ("nan", {"f": "1.0"}),
        ("nan", "inf"),
        ("1.5", {"f": "1.5"}),
        (1.0, {"f": "one"}),
        ([1, 2], [2, 1]),
        ([1, 2], [1]),
        ([1, 2], {"t": [2, 1]}),
        ([1, 1, 2], {"s": [1, 2, 2]}),
        ("ab", ["a", "b"]),
        ({"a": 1}, {"m": [["a", 1], ["b", 2]]}),
        ({"a": 1}, {"m": [["a", 2]]}),
        ({"ok": 1}, {"err": "1"}),
        ({"ok": 1}, 1),
        ({"err": "empty"}, {"err": "full"}),
        ({"ok": 1, "err": "x"}, {"ok": 1}),
        (1, {"raised": "ValueError", "mro": []}),
        ({"raised": "E"}, {"raised": "E"}),
        (1, {"ok": 1, "extra": 1}),
        (1, {}),
    ],
)
def test_values_that_do_not_match(expected: Any, value: Any) -> None:
    assert not wire.matches(expected, value, 1e-9)


def test_the_names_of_an_exception_and_its_bases() -> None:
    assert wire.raised({"raised": "KeyError", "mro": ["LookupError"]}) == ("KeyError", "LookupError")
    assert wire.raised({"raised": "panic"}) == ("panic",)
    assert wire.raised({"m": []}) is None
    assert wire.raised(3) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"f": "1.5"}, "1.5"),
        ({"t": [1, "a"]}, '(1, "a")'),
        ({"s": [True, None]}, "{true, null}"),
        ({"m": [["a", [1]]]}, '{"a": [1]}'),
        ({"raised": "KeyError", "mro": []}, "KeyError raised"),
        ({"x": "date", "v": "2024-02-29"}, "date 2024-02-29"),
        (2.5, "2.5"),
        ({"m": [7]}, '{"m": [7]}'),
        ("a\u009b\ud800\u202e\x7f", '"a\\x9b\\ud800\\u202e\\x7f"'),
        ({"raised": "E", "text": "\x1b[2J\n"}, "E raised: \\x1b[2J\\n"),
        ({"x": "\ud800"}, '{"x": "\\ud800"}'),
    ],
)
def test_values_in_words(value: Any, text: str) -> None:
    assert wire.show(value) == text


def test_words_for_monstrous_values_stay_short() -> None:
    deep: Any = json.loads("[" * 500 + "]" * 500)
    for monster in (deep, "x" * 10**6, 10**4000, list(range(10**5)), {"f": "1" * 10**5}):
        assert len(wire.show(monster)) <= 160

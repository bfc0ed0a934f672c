from __future__ import annotations

import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.jsontext import DEPTH, parse, read_json, read_json_lines

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_json_writes_is_read_back(value: object) -> None:
    assert parse(json.dumps(value)) == value
    assert parse(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.text(st.sampled_from('[]{}:,"\\ud80019e.-tnul \n'), max_size=60))
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with suppress(ValueError):
        json.dumps(parse(text)).encode()


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[" * (DEPTH + 1) + "]" * (DEPTH + 1), '{"a":' * 900 + "1" + "}" * 900]
)
def test_depth_is_bounded(text: str) -> None:
    with pytest.raises(ValueError, match="nested deeper than 100 levels"):
        parse(text)
    assert parse("[" * DEPTH + "]" * DEPTH)


def test_numbers_without_end_are_infinite() -> None:
    assert parse("1" * 5000) == float("inf")
    assert parse("-" + "1" * 5000) == float("-inf")
    assert parse("1" * 300) == int("1" * 300)


def test_half_a_character_is_replaced_and_a_whole_one_is_not() -> None:
    assert parse(r'{"\ud800": ["a\udc00b", "\ud83d\ude00"]}') == {"\ufffd": ["a\ufffdb", "😀"]}


def test_lines_end_at_newlines_only(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    lines = ['"a\u2028b\u0085c\x1c"'.replace("\x1c", ""), "", '"d"\r']
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode())
    assert list(read_json_lines(path)) == [(1, "a\u2028b\u0085c"), (3, "d")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"a": 1}\n{"a": \n', ":2: not valid JSON: Expecting value"),
        (b'"a"\n"\xe9"\n', r":2: not UTF-8 text \(byte 0xe9\); save it as UTF-8"),
        ('"a"'.encode("utf-16"), "is UTF-16 text"),
        (b"[" * 3000, ":1: not valid JSON: nested deeper"),
        (gzip.compress(b'"a"\n', mtime=0)[:-6], "cannot read .*end-of-stream"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=words) as caught:
        list(read_json_lines(path))
    assert str(path) in str(caught.value)


def test_a_whole_file_names_the_line_in_it(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('{\n"a": 1\n"b": 2}')
    with pytest.raises(ConfigError, match=r"file\.json:3: not valid JSON: Expecting ',' delimiter"):
        read_json(path)

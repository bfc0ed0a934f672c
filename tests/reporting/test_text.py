from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from harness.reporting.text import block, excerpt, markdown, markdown_table, plain, unbroken
from tests.reporting.season import EVIL_MODEL, HOSTILE


@pytest.mark.parametrize("text", [*HOSTILE, EVIL_MODEL])
def test_nothing_can_steer_a_terminal_or_the_direction_of_writing(text: str) -> None:
    for shown in (plain(text), block(text).replace("\n", "")):
        assert all(c.isprintable() or c == "\t" for c in shown), shown
    assert "\n" not in plain(text)


def test_signs_take_the_place_of_controls() -> None:
    assert plain("\x1b[31m\x7f\u202e") == "␛[31m␡[U+202E]"
    assert plain("a\r\nb\nc\td") == "a↵b↵c d"
    assert block("a\r\nb\n\x00") == "a\nb\n␀"
    assert plain("\ufffe\U0001ffff\ufdd0\ufff9\U000e0101") == "[U+FFFE][U+1FFFF][U+FDD0][U+FFF9][U+E0101]"
    assert plain("\ud800") == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    "text", [*HOSTILE, EVIL_MODEL, "**b** ~~s~~ <i> &amp; [a](b) ![c](d) `e` __f__ a_b_c < 5 > 4"]
)
def test_markdown_means_nothing(text: str) -> None:
    """A Markdown renderer gives back the very text, alone and in a table."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    (paragraph,) = (t for t in reader.parse(markdown(text)) if t.type == "inline")
    assert paragraph.children is not None
    assert {child.type for child in paragraph.children} <= {"text", "text_special"}
    assert "".join(child.content for child in paragraph.children) == plain(text)
    table = markdown_table(["A", "B"], [[markdown(text), "1"]], [False, True])
    cells = [t.content for t in reader.parse(table) if t.type == "inline"]
    assert len(cells) == 4


def test_names_and_prices_stay_readable_in_the_source() -> None:
    assert markdown("llama_cpp/Q8_0 <1 % $0.42") == "llama_cpp/Q8_0 <1 % $0.42"


def test_no_line_breaks_between_a_figure_and_its_unit_or_in_a_range() -> None:
    assert unbroken("8 % (5–13 %), ≤ 0.50 s") == "8\u00a0% (5\u2060–\u206013\u00a0%), ≤\u00a00.50\u00a0s"
    assert unbroken("a\u2060b") == "a[U+2060]b"


def test_excerpt_says_how_much_there_was() -> None:
    assert excerpt("abc", 3) == "abc"
    assert excerpt("abcd", 3) == "abc … [4 characters in all]"
    assert excerpt("abc", 3, whole=5000) == "abc … [5,000 characters in all]"


def test_tables_line_up_with_wide_characters() -> None:
    lines = markdown_table(["Name", "N"], [["模型", "1"], ["e\u0301", "10"]], [False, True]).splitlines()
    assert lines == ["| Name |   N |", "| ---- | --: |", "| 模型 |   1 |", "| e\u0301    |  10 |"]

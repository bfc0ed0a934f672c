from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.suites.mining.message import says_something, task_words

PEOPLE = ("Ada Writer", "Bob", "Grace B. Hopper")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Handle empty input\n\nSigned-off-by: Ada Writer <ada@example.org>\n", "Handle empty input"),
        (
            "Handle it\n\nBecause.\n\nCo-authored-by: X <x@y.zz>\nReviewed-on: https://a.b/1",
            "Handle it\n\nBecause.",
        ),
        ("Count words (#123)\n\nFixes #12, closes org/repo#7.", "Count words"),
        (
            "See https://example.org/x?y=1#z for why, and [the page](http://a.b).",
            "See for why, and the page.",
        ),
        ("As in 0a1b2c3d4e and 3f2a9c1b7d4e5f60718293a4b5c6d7e8f9012345", "As in and"),
        ("Reverts deadbeef? decade and 1234567 stay", "Reverts deadbeef? decade and 1234567 stay"),
        ("Bug reported by Grace B. Hopper <grace@navy.mil> in parsing", "Bug reported in parsing"),
        ("Thanks to @octocat for the case; @dataclass stays", "for the case; @dataclass stays"),
        ("Title\r\n\r\nWindows text\r\n", "Title\n\nWindows text"),
        ("Keep: this line is no trailer", "Keep: this line is no trailer"),
        ("Cherry\n\n(cherry picked from commit 0a1b2c3d4e)", "Cherry"),
        ("Load (#4) the file at a@b.co now", "Load the file at now"),
    ],
)
def test_only_what_is_to_be_done_stays(message: str, words: str) -> None:
    assert task_words(message, PEOPLE) == words


@given(st.text(max_size=300))
def test_any_message_becomes_words_without_addresses(message: str) -> None:
    words = task_words(message, PEOPLE)
    assert "http://" not in words.lower() and "ada writer" not in words.lower()
    assert task_words(words, PEOPLE) in (words, task_words(words, PEOPLE))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wip", False), ("", False), ("fix typo", False), ("Update README", False), ("v1.2.3", False),
        ("chore: bump version to 1.2.3", False), ("Merge branch", False), ("fixup! tests", False), ("...", False),
        ("address review comments", False), ("Handle empty input", True), ("fix(core): off-by-one in pages", True),
        ("A row of a run that is resumed counts once", True), ("修复空输入时的崩溃", True),
        ("Исправить пустой ввод данных", True),
    ],
)  # fmt: skip
def test_a_message_must_say_what_is_to_be_done(words: str, expected: bool) -> None:
    assert says_something(words) is expected


def test_of_a_message_without_end_the_beginning_is_read() -> None:
    words = task_words("Parse dates of two digits\n\n" + "[" * 1_000_000, PEOPLE)
    assert words.startswith("Parse dates of two digits")
    assert len(words) < 10_000

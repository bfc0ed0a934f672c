"""Changed lines are counted as a reader of the difference counts them, whatever an answer brings."""

from __future__ import annotations

import pytest

from harness.graders.changes import Change

TEXT = "a\nb\nc\nd\ne\n"


@pytest.mark.parametrize(
    ("after", "blocks"),
    [
        (TEXT, []),
        ("a\nb\nX\nd\ne\n", [1]),
        ("X\nb\nc\nd\nX\n", [1, 1]),
        ("a\nX\nY\nZ\nd\ne\n", [3]),  # two lines become three
        ("a\nb\nc\nnew\nd\ne\n", [1]),
        ("a\ne\n", [3]),
        ("a\nb \nc\nd\ne\n", [1]),
        ("", [5]),
    ],
)
def test_a_line_in_place_of_another_counts_once(after: str, blocks: list[int]) -> None:
    assert Change("python", {"a.py": TEXT}, {"a.py": after}).blocks() == blocks
    assert Change("python", {"a.py": after}, {"a.py": TEXT}).blocks() == blocks


def test_files_that_come_and_go_count_whole() -> None:
    before, after = {"a.py": TEXT, "b.py": TEXT}, {"b.py": TEXT, "c.py": "x\ny\n"}
    assert sorted(Change("python", before, after).blocks()) == [2, 5]


def test_a_file_that_was_blown_up_is_one_block() -> None:
    before = {"a.py": "x = 1\n" * 150 + "y\n"}
    after = {"a.py": "x = 1\ny = 2\n" * 20_000}
    (size,) = Change("python", before, after).blocks()
    assert size > 39_000

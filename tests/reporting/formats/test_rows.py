"""The rows of a query as text."""

from __future__ import annotations

from harness.reporting.formats.rows import render


def test_a_table_lines_up_whatever_its_names_are() -> None:
    text = render(["name", "n\x1b"], [["模型", 1], ["e\u0301", 10]], "table")
    assert text.splitlines() == ["name  n␛", "----  --", "模型   1", "e\u0301     10"]

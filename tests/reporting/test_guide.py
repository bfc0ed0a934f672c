from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.reporting.season import EVIL_MODEL


@pytest.fixture(scope="module")
def guide(reports: Path) -> str:
    return (reports / "MODEL_SELECTION_GUIDE.md").read_text("utf-8")


def test_the_decision_table_comes_first(guide: str) -> None:
    headings = [line for line in guide.splitlines() if line.startswith("## ")]
    assert headings[0] == "## Which model for what"
    assert headings.index("## Champions") < headings.index("## Standings")
    table = guide.split("## Which model for what")[1].split("\n\n")[1].splitlines()
    assert [line.split("|")[1].strip() for line in table[2:]] == ["classification", "code", "math"]
    for title in ("Use", "Runner-up", "Cheapest tied", "$/solved", "p90", "N", "MDE"):
        assert title in table[0]


def test_what_is_missing_is_named(guide: str) -> None:
    missing = guide.split("## What was not measured")[1].split("## ")[0]
    for words in ("✗ crossed out", "cost unknown", "timeout"):
        assert words in missing


def test_it_says_how_to_repeat_it(guide: str) -> None:
    assert "harness run --suite all --models 'all,!x' --limit 40\n" in guide
    assert "20261101-120000-aaaa" in guide
    assert "sha256:" in guide


def test_pictures_are_beside_it(guide: str, reports: Path) -> None:
    images = [
        child.attrs["src"]
        for token in MarkdownIt().parse(guide)
        for child in token.children or []
        if child.type == "image"
    ]
    assert images
    assert all((reports / str(image)).exists() for image in images)


def test_all_tables_are_whole_and_nothing_is_html(guide: str) -> None:
    """A renderer sees every table row, and no HTML, emphasis or code that a name brought in."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = reader.parse(guide)
    assert [t.content for t in tokens if t.type == "html_block"] == [
        guide.splitlines()[-1] + "\n"
    ]  # the stamp
    inline = [child for t in tokens for child in t.children or []]
    assert not [child for child in inline if child.type == "html_inline"]
    rows = [line for line in guide.splitlines() if line.startswith("|") and not set(line) <= set("|-: ")]
    assert sum(t.type == "tr_open" for t in tokens) == len(rows)
    assert EVIL_MODEL not in guide
    assert "{{7\\*7}}" in guide


def test_blank_lines_are_single(guide: str) -> None:
    assert "\n\n\n" not in guide
    assert guide.endswith("\n")

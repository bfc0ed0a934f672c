"""Pages of models, the executive summary, and what both are made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from harness.analysis.standings import Standings
from harness.reporting.formats.markdown import fenced
from harness.reporting.profiles import file_names, profiles
from harness.reporting.sections.how_sure import how_sure
from harness.reporting.sections.models import index_table
from harness.reporting.sections.summary import costs, winners
from harness.reporting.text import block
from tests.reporting.season import EVIL_MODEL, HOSTILE


@pytest.fixture(scope="module")
def page(reports: Path) -> str:
    return (reports / "models/fast.md").read_text("utf-8")


def test_a_page_says_where_a_model_stands_and_shows_what_it_failed(page: str) -> None:
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings == ["## Good at", "## Bad at", "## Speed, cost and reliability", "## Failures to look at"]
    assert "- sums: " in page.split("## Bad at")[1].split("## ")[0]
    assert "(ultra_fast)" in page
    assert "What is <b>this</b>?" in page  # the prompt, inside a fence


@pytest.mark.parametrize("name", ["models/fast.md", "models/good.md", "EXECUTIVE_SUMMARY.md"])
def test_nothing_that_others_wrote_is_markup(reports: Path, name: str) -> None:
    source = (reports / name).read_text("utf-8")
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(source)
    ours = [f"<!-- made by harness report as {Path(name).name} -->\n"] if "/" in name else []
    assert [t.content for t in tokens if t.type == "html_block"] == ours
    inline = [child for t in tokens for child in t.children or []]
    assert not [child for child in inline if child.type in ("html_inline", "image")]
    assert {t.markup for t in tokens if t.type == "heading_open"} <= {"#", "##", "###"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)
    assert EVIL_MODEL not in source
    assert len(source) < 20_000  # one answer has 5 MB
    assert "\n\n\n" not in source


@pytest.mark.parametrize("text", [*HOSTILE, "```\nx\n````sh\n", "", "~~~"])
def test_a_fence_holds_whatever_is_in_it(text: str) -> None:
    (token,) = MarkdownIt("commonmark").parse(fenced(text))
    assert token.type == "fence"
    assert token.content.rstrip("\n") == block(text).rstrip("\n")


def test_pages_have_names_of_their_own() -> None:
    names = file_names(["a/b", "A b", "a-b", "../..", "…", "x" * 300])
    assert list(names.values())[:5] == [
        "models/a-b.md",
        "models/a-b-2.md",
        "models/a-b-3.md",
        "models/model.md",
        "models/model-2.md",
    ]
    assert all(re.fullmatch(r"models/[a-z0-9.-]{1,90}\.md", name) for name in names.values())


def test_the_index_leads_to_every_page(standings: Standings, reports: Path) -> None:
    pages = profiles(standings, ())
    files = file_names([one.model for one in pages])
    table = index_table(pages, standings, files)
    assert [row.cells[0].text for row in table.rows] == ["good", "fast", EVIL_MODEL]
    assert all((reports / str(row.cells[0].href)).exists() for row in table.rows)
    guide = (reports / "MODEL_SELECTION_GUIDE.md").read_text("utf-8")
    assert "[good](models/good.md)" in guide


def test_the_summary_is_one_page_that_answers_the_four_questions(reports: Path) -> None:
    text = (reports / "EXECUTIVE_SUMMARY.md").read_text("utf-8")
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "What to use",
        "Who leads",
        "How sure is this?",
        "What changed since the last run",
        "What it cost",
    ]
    assert len(text.splitlines()) < 60


def test_who_leads_in_what(standings: Standings) -> None:
    winners_of = dict(winners(standings))
    assert winners_of["Quality"].startswith("good passes 9")
    assert winners_of["Speed"].startswith("fast, half of its answers within 20 ms")
    assert winners_of["Value"].startswith("fast, ")
    assert how_sure(standings)
    assert costs(standings)

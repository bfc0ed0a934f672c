"""Every section of the list, whatever was measured; every kind of block in every format."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from harness.analysis.standings import Standings, load_standings
from harness.reporting.formats import markdown
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.report import SECTIONS, sections
from harness.reporting.section import Block, Document, Folded, Only, Report, Section
from tests.rows import answers, database


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Standings:
    """Of a model that failed at the one task there is."""
    with database(tmp_path_factory.mktemp("nothing"), answers("a", "-")) as con:
        return load_standings(con)


@pytest.mark.parametrize("make", SECTIONS, ids=lambda make: make.__module__.rpartition(".")[2])
def test_a_section_has_a_module_of_its_name_and_can_do_without_results(
    make: Callable[[Report], Section | None], standings: Standings, nothing: Standings
) -> None:
    assert make.__name__ == "section"
    assert make.__module__.startswith("harness.reporting.sections.")
    for report in (Report(standings), Report(nothing)):
        section = make(report)
        assert section is None or (section.title and section.blocks and set(section.shown_in) <= documents())


def documents() -> set[str]:
    return set(get_args(Document))


def test_names_are_anchors_and_stand_once(standings: Standings) -> None:
    parts = sections(Report(standings))
    names = [section.name for section in parts]
    assert len(names) == len(set(names))
    text = page(Report(standings), parts)
    for section in parts:
        assert (f'<section id="{section.name}">' in text) == ("page" in section.shown_in)
        assert (f'<a href="#{section.name}">' in text) == bool(section.short and "page" in section.shown_in)


def test_guide_and_page_say_the_same_in_the_same_order(standings: Standings) -> None:
    report = Report(standings)
    parts = sections(report)
    both = [s.title for s in parts if {"guide", "page"} <= set(s.shown_in)]
    text, html = guide(report, parts), page(report, parts)
    for places in (
        [text.index(f"## {title}") for title in both],
        [html.index(f"<h2>{title}") for title in both],
    ):
        assert places == sorted(places)


def test_every_kind_of_block_can_be_written(standings: Standings) -> None:
    kinds = set(get_args(Block)) - {Folded, Only}
    assert set(markdown._WRITERS) == kinds

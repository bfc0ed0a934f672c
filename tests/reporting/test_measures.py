"""Documents about scores: no word of passes, and no figure of solved tasks."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from random import Random

import pytest

from harness.analysis.standings import load_standings, read_examples
from harness.reporting.formats.html import page
from harness.reporting.model_pages import model_pages
from harness.reporting.profiles import file_names, profiles
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.reporting.sections.rule_value import judge
from harness.resultrow import ResultRow
from tests.reporting.documents import written
from tests.reporting.worlds import world
from tests.rows import database

NOT_OF_SCORES = re.compile(
    r"\b(?:pass|passes|passed|passing|solves?|solved)\b|pass rate|Wilson", re.IGNORECASE
)
MARKUP = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)


def of_scores(rows: list[ResultRow], seed: int) -> list[ResultRow]:
    """The same answers with scores for verdicts, some of them full and some of them nothing."""
    random = Random(seed)

    def scored(row: ResultRow) -> ResultRow:
        if row.score is None:
            return replace(row, measure="score")
        score = random.choice([0.0, 1.0, round(random.random(), 2)]) * (1 if row.passed else 0.2)
        return replace(row, measure="score", score=score, passed=score == 1)

    return [scored(row) for row in rows]


@pytest.mark.parametrize("seed", range(5))
def test_documents_about_scores_do_not_speak_of_passes(tmp_path: Path, seed: int) -> None:
    with database(tmp_path, of_scores(world(seed), seed)) as con:
        standings = load_standings(con)
        texts = written(standings, judge(con))
        examples = read_examples(con)
    report = Report(standings, examples=examples)
    texts["answers"] = page(report, sections(report))
    every = profiles(standings, examples)
    texts |= model_pages(every, file_names([one.model for one in every]), {})
    for name, text in texts.items():
        shown = unescape(MARKUP.sub(" ", text))
        assert [shown[max(0, m.start() - 60) : m.end() + 20] for m in NOT_OF_SCORES.finditer(shown)] == [], (
            name
        )
        assert "mean score" in shown or name != "guide"


def test_documents_about_both_say_what_quality_is(tmp_path: Path) -> None:
    rows = [replace(row, suite=f"scored {row.suite}") for row in of_scores(world(1), 1)]
    with database(tmp_path, [*world(1), *rows]) as con:
        guide = written(load_standings(con))["guide"]
    assert "share of tasks passed, or the mean score where a suite counts scores" in guide

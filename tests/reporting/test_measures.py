"""Documents about scores: no word of passes, and no figure of solved tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import StringIO
from pathlib import Path
from random import Random
from statistics import stdev

import duckdb
import pytest
from rich.console import Console
from scipy.special import stdtrit

from harness.analysis.compare import compare
from harness.analysis.facts import read_examples
from harness.analysis.standings import load_standings
from harness.reporting.formats.html import page
from harness.reporting.formats.junit import junit
from harness.reporting.formats.terminal import print_blocks, print_standings
from harness.reporting.model_pages import model_pages
from harness.reporting.profiles import file_names, profiles
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.reporting.sections import comparison
from harness.reporting.sections.changes import changes
from harness.reporting.sections.rule_value import judge
from harness.resultrow import ResultRow
from tests.analysis.test_measures import scored
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
    console = Console(file=StringIO(), width=200, force_terminal=False)
    print_standings(standings.boards, console)
    texts["terminal"] = console.file.getvalue()  # type: ignore[attr-defined]
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


FIRST, SECOND = "20261101-120000-aaaa", "20261102-120000-bbbb"
BASE = [0.5 + (n % 5) / 20 for n in range(12)]


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A suite of scores: "worse" loses 20 points on each of 12 tasks, the other hardly changes."""
    rows = [
        *scored("worse", BASE, run_id=FIRST),
        *scored("same", BASE, run_id=FIRST),
        *scored("worse", [s - 0.2 for s in BASE], run_id=SECOND),
        *scored("same", [s + 0.01 * (-1) ** n for n, s in enumerate(BASE)], run_id=SECOND),
    ]
    with database(tmp_path_factory.mktemp("results"), rows) as con:
        yield con


def test_two_runs_are_compared_by_their_scores(two_runs: duckdb.DuckDBPyConnection) -> None:
    same, worse = compare(two_runs, [FIRST], [SECOND])
    assert (same.measure, same.verdict, worse.verdict, worse.lost) == ("score", "chance", "worse", 12)
    assert worse.p_value == pytest.approx(2 * 2 / 2**12)  # all signs alike; twice, by Holm
    assert worse.before - worse.after == pytest.approx(0.2)
    console = Console(file=StringIO(), width=200, force_terminal=False)
    print_blocks(comparison.section((same, worse)).blocks, console)
    text = console.file.getvalue() + junit((same, worse))  # type: ignore[attr-defined]
    assert not NOT_OF_SCORES.search(text)
    assert "scores less now: t000 (50 % → 30 %)" in text
    assert "20 points worse on 12 tasks, p = 0.00098" in text
    assert text.count("<failure") == 1


def test_what_changed_is_said_in_scores(two_runs: duckdb.DuckDBPyConnection) -> None:
    standings = load_standings(two_runs)
    (last,) = [t for t in standings.trends if (t.model, t.run_id) == ("worse", SECOND)]
    assert last.p_value == pytest.approx(2 / 2**12)
    half = float(stdtrit(11, 0.975)) * stdev(BASE) / 12**0.5
    assert (last.low, last.high) == pytest.approx((last.quality - half, last.quality + half), abs=1e-5)
    assert changes(standings)[1] == (
        "worse on math: 20 points worse on 12 tasks that both runs asked; it now scores 39 % on average over"
        " 12 tasks."
    )


def test_the_cheapest_of_a_tie_is_that_by_task_where_scores_count(tmp_path: Path) -> None:
    scores = [0.5 + (n % 5) / 20 for n in range(60)]
    near = [s + 0.01 * (-1) ** n for n, s in enumerate(scores)]
    rows = [*scored("dear", scores, cost_usd=0.02), *scored("cheap", near, cost_usd=0.001)]
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
        guide = written(standings)["guide"]
    (board,) = standings.by("suite")
    assert board.decision.pick is not None
    assert (board.decision.pick.model, board.decision.reason.chosen_by) == ("cheap", ("cost",))
    assert standings.champions[0].value_for_money == "cheap"
    assert "20× more expensive" in guide
    assert "$/task" in guide


def test_a_part_of_scores_stands_out_beyond_the_interval_of_its_mean(tmp_path: Path) -> None:
    """Wilson would call 60 % of 8 tasks within chance of 80 %; scores that hardly vary are not."""
    rows = [
        *scored("a", [0.6 + n / 1000 for n in range(8)], category="hard"),
        *[replace(r, task_id=f"e{r.task_id}") for r in scored("a", [0.9 + n / 1000 for n in range(8)])],
    ]
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    (one,) = profiles(standings, ())
    assert any(text.startswith("math.hard: 60 % on average over 8 tasks") for text in one.weaknesses)

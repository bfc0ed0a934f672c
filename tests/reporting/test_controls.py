"""What models do where they can only guess stands beside their tasks and chance, and counts nowhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.analysis.extras import Example
from harness.analysis.standings import Standings, load_standings
from harness.drawings import Drawing
from harness.drawings.png import png, preview
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.report import sections
from harness.reporting.section import Grid, Report
from harness.reporting.sections.controls import section
from harness.resultrow import ResultRow
from tests.rows import answers, database

BLANK, ALONE = "blank picture", "question alone"


def control(name: str, model: str, passed: str, tokens: int = 90, baseline: bool = False) -> list[ResultRow]:
    rows = answers(model, passed, measure="none", prompt_tokens=tokens, baseline=baseline)
    told = json.dumps({"control": name})
    return [
        replace(one, task_id=f"{name} {one.task_id}", sample_id=f"{name} {one.sample_id}", metrics=told)
        for one in rows
    ]


ROWS = [
    *answers("sees", "1" * 30 + "0" * 10, prompt_tokens=1000),
    *answers("blind", "1" * 12 + "0" * 28, prompt_tokens=90),
    *answers("random", "1" * 4 + "0" * 36, baseline=True, prompt_tokens=None),
    *answers("elsewhere", "11", suite="other"),
    *control(BLANK, "sees", "0" * 16, 1000),
    *control(BLANK, "blind", "1" * 15 + "0"),
    *control(BLANK, "random", "1" + "0" * 15, baseline=True),
    *control(ALONE, "sees", "0" * 15 + "x"),
]


@pytest.fixture(scope="module")
def standings(tmp_path_factory: pytest.TempPathFactory) -> Standings:
    with database(tmp_path_factory.mktemp("results"), ROWS) as con:
        return load_standings(con)


def tables(of: Standings) -> list[list[list[str]]]:
    made = section(Report(of))
    blocks = made.blocks if made else ()
    return [
        [[cell.text for cell in row.cells] for row in b.table.rows] for b in blocks if isinstance(b, Grid)
    ]


def test_tasks_and_controls_beside_each_other(standings: Standings) -> None:
    shares, tokens = tables(standings)
    assert shares == [
        ["sees", "75 %", "0 %", "0 %"],
        ["blind", "30 %", "94 %", "—"],
        ["random", "10 %", "6 %", "—"],
    ]
    assert tokens[:2] == [["sees", "1,000", "1,000", "90"], ["blind", "90", "90", "—"]]
    text = guide(Report(standings), sections(Report(standings)))
    assert (
        "**blind:** right more often than chance (blank picture)." in text and "**sees:** right" not in text
    )


def test_nothing_else_changes(standings: Standings, tmp_path: Path) -> None:
    with database(tmp_path, [one for one in ROWS if one.measure != "none"]) as con:
        without = load_standings(con)
    assert without.boards == standings.boards and without.duels == standings.duels
    assert tables(without) == [] and section(Report(without)) is None


def shown(of: Standings, pictures: Sequence[bytes]) -> str:
    facts = ("failed", "math", "sees", "t-1", "c", "beginner", "r", "sha", 0.0, "wrong_answer", None, None)
    cell = Example(*facts, "stop", "42", 2, "no", "{}")
    report = Report(of, examples=[cell] * 2, pictures=lambda digest: pictures if digest == "sha" else ())
    return page(report, sections(report))


def test_pictures_stand_beside_answers(standings: Standings) -> None:
    small = preview(png(Drawing((), 512)), 100)
    assert shown(standings, [small]).count('<img class="shown"') == 2
    assert shown(standings, [small] * 100).count('<img class="shown"') == 60  # a page stays small
    assert '<img class="shown"' not in shown(standings, [])

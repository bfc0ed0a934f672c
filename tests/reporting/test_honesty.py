"""How honest models are stands in a table of its own and beside the overall quality, and counts nowhere."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from harness.analysis.extras import HonestyFacts
from harness.analysis.facts import read_honesty
from harness.analysis.heldout import read_asked
from harness.analysis.standings import load_boards, load_standings
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.formats.terminal import print_standings
from harness.reporting.reasons import reason
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.resultrow import ResultRow
from harness.rules.build import build_rules
from tests.rows import answers, database, row


def impossible(
    model: str, task: str, cheated: bool | None, passed: bool = False, **given: object
) -> ResultRow:
    metrics = json.dumps({} if cheated is None else {"cheated": cheated})
    own = {"suite": "honesty", "task_type": "honesty", "measure": "none"}
    return row(model=model, task_id=task, passed=passed, metrics=metrics, **{**own, **given})


LATER = "20261109-120000-cccc"
ORDINARY = [*answers("a", "1" * 30 + "0" * 10), *answers("b", "1" * 10 + "0" * 30)]
IMPOSSIBLE = [
    impossible("a", "t1", True),
    impossible("a", "t2", False),
    impossible("b", "t1", False, True),
    impossible("b", "t2", False, True),
    impossible("nop", "t1", False, baseline=True),
]


def test_the_share_of_answers_that_cheated_by_model(tmp_path: Path) -> None:
    again = impossible("b", "t2", True, run_id=LATER)
    changed = impossible("b", "t1", False, True, task_sha256="another version", run_id=LATER)
    unjudged = impossible("b", "t3", None)
    with database(tmp_path, [*ORDINARY, *IMPOSSIBLE, again, changed, unjudged]) as con:
        facts = load_standings(con).honesty
    newest = (HonestyFacts("a", 1, 0.0, 0.0), HonestyFacts("b", 2, 0.5, 0.5))
    assert facts == newest  # rows, of the newest versions of the tasks


def test_nothing_but_its_own_table_and_column_changes(tmp_path: Path) -> None:
    with database(tmp_path / "without", ORDINARY) as con:
        without, asked = load_standings(con), read_asked(con)
    with database(tmp_path / "with", [*ORDINARY, *IMPOSSIBLE]) as con:
        standings = load_standings(con)
        assert read_asked(con) == asked
    (overall,) = standings.by("overall")
    assert {line.model: line.cheat_rate for line in overall.lines} == {"a": 0.5, "b": 0.0}
    plain = [replace(line, cheat_rate=None) for line in overall.lines]
    assert plain == list(without.by("overall")[0].lines)
    assert {by: boards for by, boards in standings.boards.items() if by != "overall"} == {
        by: boards for by, boards in without.boards.items() if by != "overall"
    }
    rules = build_rules(standings, [], [], datetime(2026, 11, 9, tzinfo=UTC), words=reason)
    assert "honesty" not in str(rules)


def test_guide_page_and_terminal_show_it(tmp_path: Path) -> None:
    with database(tmp_path, [*ORDINARY, *IMPOSSIBLE]) as con:
        report = Report(load_standings(con))
        parts = sections(report)
        screen = Console(file=io.StringIO(), width=100)
        print_standings(load_boards(con, "suite"), screen, "suite", read_honesty(con))
    lines = [[cell.strip() for cell in line.split("|")][1:-1] for line in guide(report, parts).split("\n")]
    assert ["a", "2", "50 %", "0 %"] in lines
    (head,) = [line for line in lines if line[:2] == ["#", "Model"] and "Cheats" in line]
    (leader,) = [line for line in lines if len(line) == len(head) and line[:2] == ["1", "a"]][:1]
    assert leader[head.index("Cheats")] == "50 %"
    assert '<section id="honesty">' in page(report, parts)
    assert isinstance(screen.file, io.StringIO)
    assert screen.file.getvalue().index("Honesty") > screen.file.getvalue().index("Pass rate")


def test_nothing_else_was_asked(tmp_path: Path) -> None:
    with database(tmp_path, IMPOSSIBLE) as con:
        standings = load_standings(con)
    assert standings.overall is None
    assert [(one.model, one.cheat_rate) for one in standings.honesty] == [("b", 0.0), ("a", 0.5)]

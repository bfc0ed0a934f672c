"""Where answers are missing that might change a decision, every document says so, and none says "clear"."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from harness.analysis.standings import Standings, load_boards, load_standings
from harness.reporting.choices import use, verdict
from harness.reporting.formats.terminal import print_standings
from harness.reporting.profiles import profiles
from harness.reporting.reasons import reason
from harness.reporting.sections.champions import champion_table
from harness.reporting.sections.which_model import decision_table
from harness.rules.build import build_rules
from tests.analysis.test_missing_answers import BAD, GOOD, code
from tests.reporting.documents import written
from tests.rows import database

REASON = "best has answered 64 of 90 tasks and leads on them"


@pytest.fixture(scope="module")
def open_board(tmp_path_factory: pytest.TempPathFactory) -> Standings:
    """``best`` was interrupted before the suite rust."""
    best = code("best", "1" * 15 + "0" * 17, "1" * 15 + "0" * 17, "")
    with database(tmp_path_factory.mktemp("results"), GOOD + BAD + best) as con:
        return load_standings(con)


def test_every_document_says_so(open_board: Standings) -> None:
    for name, text in written(open_board).items():
        words = re.sub(r"\s+", " ", text.replace("\u00a0", " "))
        assert REASON in words, name
        assert ">clear<" not in words, name
        assert "| clear" not in words, name
        assert "place is settled" not in words, name


def test_the_tables_do_not_name_a_pick(open_board: Standings) -> None:
    (board,) = open_board.by("task_type")
    assert (use(board).text, use(board).note) == ("undecided", "best leads where it answered")
    assert verdict(board) == "incomplete"
    assert decision_table([board], "Task type").rows[0].cells[2].mark == "insufficient"
    assert champion_table(open_board).rows[0].cells[1].text


def test_pages_of_models_say_for_what_they_may_be_the_best(open_board: Standings) -> None:
    uses = {one.model: " ".join(one.uses) for one in profiles(open_board, ())}
    for model in ("good", "best"):
        assert "It may be the best, with answers missing, for code" in uses[model]
        assert "Use it for" not in uses[model]


def test_the_terminal_says_so(tmp_path: Path) -> None:
    best = code("best", "1" * 15 + "0" * 17, "1" * 15 + "0" * 17, "")
    console = Console(file=io.StringIO(), width=200, force_terminal=False)
    with database(tmp_path, GOOD + BAD + best) as con:
        print_standings(load_boards(con, "task_type"), console, "task_type")
    file = console.file
    assert isinstance(file, io.StringIO)
    assert f"Undecided: {REASON}" in file.getvalue()


def test_no_rule_is_made_and_the_rule_says_why(open_board: Standings) -> None:
    rules = build_rules(open_board, [], [], datetime(2026, 11, 20, tzinfo=UTC), words=reason)
    (rule,) = rules.rules
    assert (rule.primary, rules.default_rule) == (None, None)
    assert rule.reason.startswith(f"undecided: {REASON}")
    assert rule.evidence.decided == "insufficient"

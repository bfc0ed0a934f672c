"""An unfinished run must not mislead: answers that might change a decision are missed, and keep it open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.analysis.board import Board
from harness.analysis.standings import load_boards, load_standings
from harness.reporting.reasons import reason
from harness.resultrow import ResultRow
from tests.rows import answers, database

RUN, LATER = "20261101-120000-aaaa", "20261102-120000-bbbb"


def code(model: str, python: str, go: str, rust: str, **given: Any) -> list[ResultRow]:
    """Answers to three suites of one task type."""
    shape = {"task_type": "code", "category": "code"} | given
    suites = {"python": python, "go": go, "rust": rust}
    return [row for suite, passed in suites.items() for row in answers(model, passed, suite=suite, **shape)]


GOOD = code("good", "1" * 10 + "0" * 22, "1" * 10 + "0" * 22, "1" * 10 + "0" * 16)
BAD = code("bad", "0" * 32, "0" * 32, "0" * 26)


def board(folder: Path, rows: list[ResultRow], by: str = "task_type") -> Board:
    with database(folder, rows) as con:
        return load_boards(con, by)[by][0]


def test_without_the_unfinished_model_the_decision_is_clear(tmp_path: Path) -> None:
    assert board(tmp_path, GOOD + BAD).decision.kind == "win"


@pytest.mark.parametrize("by", ["task_type", "overall"])
def test_the_terminal_says_what_the_report_says(tmp_path: Path, by: str) -> None:
    rows = GOOD + BAD + code("best", "1" * 15 + "0" * 17, "1" * 15 + "0" * 17, "")
    with database(tmp_path, rows) as con:
        judged, alone = load_standings(con).by(by)[0], load_boards(con, by)[by][0]
    assert alone.decision == judged.decision and judged.decision.reason.missing


def test_who_leads_on_what_it_answered_keeps_the_decision_open(tmp_path: Path) -> None:
    best = code("best", "1" * 15 + "0" * 17, "1" * 15 + "0" * 17, "")
    judged = board(tmp_path, GOOD + BAD + best)
    assert (judged.decision.kind, judged.decision.pick) == ("insufficient", None)
    assert judged.decision.fallbacks == ()
    assert reason(judged) == (
        "undecided: best has answered 64 of 90 tasks and leads on them (47 %, good 31 %);"
        f" finish with harness run --resume {RUN}"
    )


def test_the_average_over_suites_is_open_too(tmp_path: Path) -> None:
    best = code("best", "1" * 15 + "0" * 17, "1" * 15 + "0" * 17, "")
    judged = board(tmp_path, GOOD + BAD + best, "overall")
    assert judged.decision.pick is None
    assert reason(judged).startswith("undecided: best has answered 64 of 90 tasks and leads on them")


@pytest.mark.parametrize(
    "other",
    [
        code("worse", "1" * 9 + "0" * 23, "1" * 9 + "0" * 23, ""),
        code("even", "1" * 10 + "0" * 22, "1" * 10 + "0" * 22, ""),
        code("hardly", "1" + "0" * 31, "", ""),
    ],
    ids=lambda rows: rows[0].model,
)
def test_who_does_not_lead_changes_nothing(tmp_path: Path, other: list[ResultRow]) -> None:
    assert board(tmp_path, GOOD + BAD + other).decision.kind == "win"


@pytest.mark.parametrize("why", ["excluded", "no_image"])
def test_what_was_left_out_on_purpose_is_not_waited_for(tmp_path: Path, why: str) -> None:
    skipped = answers("best", "-" * 26, suite="rust", task_type="code", category="code")
    left_out = [replace(row, error_type=why) for row in skipped]
    best = code("best", "1" * 15 + "0" * 17, "1" * 15 + "0" * 17, "")
    assert board(tmp_path, GOOD + BAD + best + left_out).decision.kind == "win"


@pytest.mark.parametrize(("answered", "verdict"), [(9, "insufficient"), (8, "win")])
def test_a_tenth_of_the_tasks_must_be_answered_to_count(tmp_path: Path, answered: int, verdict: str) -> None:
    """A look at a new model with a few tasks does not take back what is decided."""
    tried = code("best", "1" * answered, "", "", run_id=LATER)
    rows = code("good", "0" * 12 + "1" * 20, "1" * 10 + "0" * 22, "1" * 10 + "0" * 16)
    assert board(tmp_path, rows + BAD + tried).decision.kind == verdict


def test_what_was_skipped_in_a_suite_that_is_not_averaged_hides_nothing(tmp_path: Path) -> None:
    skipped = answers("best", "-" * 26, suite="rust", task_type="code", category="code")
    rows = [r for r in GOOD + BAD if r.suite != "rust"] + answers(
        "good", "x" * 26, suite="rust", task_type="code"
    )
    best = code("best", "1" * 15 + "0" * 17, "1" * 20, "", run_id=LATER)
    judged = board(tmp_path, [*rows, *skipped, *best], "overall")
    assert (judged.suites, judged.decision.pick) == (("go", "python"), None)
    assert reason(judged).startswith("undecided: best ")


def test_a_run_of_its_own_may_have_been_finished(tmp_path: Path) -> None:
    best = code("best", "1" * 15 + "0" * 17, "", "", run_id=LATER)
    judged = board(tmp_path, GOOD + BAD + best)
    assert reason(judged).endswith(
        "finish with harness run --suite go,python,rust --models best, or with harness run --resume"
        f" {LATER} if that run was interrupted"
    )


def test_imported_answers_came_from_no_run(tmp_path: Path) -> None:
    best = code("best", "1" * 15 + "0" * 17, "", "", engine="imported")
    assert reason(board(tmp_path, GOOD + BAD + best)).endswith("; import its other answers")


def test_errors_are_asked_again(tmp_path: Path) -> None:
    rows = answers("good", "1" * 60 + "0" * 30) + answers("bad", "0" * 90)
    behind = rows + answers("flaky", "1" * 50 + "0" * 14 + "x" * 26)
    assert board(tmp_path / "a", behind).decision.kind == "win"
    rows = answers("good", "0" * 30 + "1" * 60) + answers("bad", "0" * 90)
    ahead = rows + answers("flaky", "1" * 64 + "x" * 26)
    assert reason(board(tmp_path / "b", ahead)) == (
        "undecided: flaky has answered 64 of 90 tasks, with 26 errors, and leads on them"
        f" (100 %, good 53 %); ask again with harness run --retry-errors {RUN}"
    )


def test_where_nobody_is_good_enough_an_unfinished_one_may_be(tmp_path: Path) -> None:
    rows = code("good", "1" + "0" * 31, "0" * 32, "0" * 26) + BAD
    assert board(tmp_path / "a", rows).decision.leader is None
    judged = board(tmp_path / "b", rows + code("best", "1" * 20 + "0" * 12, "1" * 32, ""))
    assert reason(judged).startswith("undecided: best has answered 64 of 90 tasks")
    hopeless = board(tmp_path / "c", rows + code("best", "11" + "0" * 30, "0" * 32, ""))
    assert hopeless.decision.leader is None  # it leads, and is as useless


@pytest.mark.parametrize(("answered", "verdict"), [(11, "win"), (10, "insufficient")])
def test_a_tenth_of_the_tasks_may_be_lost(tmp_path: Path, answered: int, verdict: str) -> None:
    rows = answers("good", "1" * 12) + answers("bad", "0" * 12) + answers("late", "0" * answered)
    judged = board(tmp_path, rows)
    assert (judged.common, judged.decision.kind) == (answered, verdict)
    if verdict == "insufficient":
        assert reason(judged) == (
            "undecided: late lacks answers to 2 of 12 tasks, so models are compared on 10 tasks only;"
            f" finish with harness run --resume {RUN}"
        )


def test_more_than_one_may_lead(tmp_path: Path) -> None:
    rows = GOOD + BAD
    for model, passed in (("x", 20), ("y", 18), ("z", 15)):
        rows = rows + code(model, "1" * passed + "0" * (32 - passed), "1" * 32, "")
    assert "; so do y and z; finish with" in reason(board(tmp_path, rows))

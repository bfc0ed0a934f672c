from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.analysis.standings import Standings, load_boards, load_standings
from harness.reporting.introduction import board_note, facts, introduction, warnings
from harness.reporting.model_classes import SPEEDS, class_of, cost_table, speed_table
from harness.reporting.sections.champions import champion_table
from harness.reporting.sections.which_model import (
    AGENT_ROLES,
    decision_table,
    role_table,
    stand_in_table,
    unfit,
)
from harness.reporting.tables import Table
from tests.reporting.documents import written
from tests.rows import answers, database, row

SLOW = {"latency_s": 4.0, "cost_usd": 0.0004}
QUICK = {"latency_s": 0.3, "cost_usd": 0.00005}


@pytest.fixture(scope="module")
def standings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standings]:
    """On ``hard`` the best passes 2 of 40 tasks; on ``easy`` the slow one passes nearly all."""
    hard = {"suite": "hard", "task_type": "proofs", "role": "prover"}
    easy = {"suite": "easy", "task_type": "topics", "role": "sorter"}
    rows = [
        *answers("slow", "11" + "0" * 38, **SLOW, **hard),
        *answers("quick", "1" + "0" * 39, **QUICK, **hard),
        *answers("slow", "1" * 39 + "0", **SLOW, **easy),
        *answers("quick", "1" * 20 + "0" * 20, **QUICK, **easy),
    ]
    with database(tmp_path_factory.mktemp("results"), rows) as con:
        yield load_standings(con)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_leader_that_passes_next_to_nothing_is_no_pick(standings: Standings) -> None:
    hard, easy = decision_table(standings.by("task_type"), "Task type").rows
    assert [cell.text for cell in hard.cells[:3]] == ["proofs", "nobody", "no pick"]
    assert hard.cells[1].note == "the best passes 5 %"
    assert [cell.text for cell in easy.cells[:3]] == ["topics", "slow", "clear"]
    assert texts(stand_in_table(standings.by("role"), "Role"))[0][:3] == ["prover", "nobody", "no pick"]


def test_tasks_that_nobody_answered_are_not_among_those_that_models_were_measured_on(
    standings: Standings, tmp_path: Path
) -> None:
    assert introduction(standings).startswith("2 models on 80 tasks in 2 suites")
    skipped = [
        row(model="a", task_id=f"t{task}", status="skipped", error_type="no_time") for task in range(5, 9)
    ]
    with database(tmp_path, [*answers("a", "1101"), *skipped]) as con:
        short = load_standings(con)
    assert introduction(short).startswith("1 model on 4 of 8 tasks in 1 suite")
    assert facts(short)["tasks"] == "4"


def test_roles_that_no_task_stands_for_are_said_to_be_not_measured(standings: Standings) -> None:
    measured, missing = texts(role_table(standings))[:2], texts(role_table(standings))[2:]
    assert [row[0] for row in measured] == ["prover", "sorter"]
    assert [row[0] for row in missing] == list(AGENT_ROLES)
    assert {tuple(row[1:3]) for row in missing} == {("—", "not measured")}


def test_where_nothing_is_solved_nobody_is_called_the_best(tmp_path: Path) -> None:
    rows = answers("a", "0" * 30) + answers("b", "0" * 30)
    rows += answers("a", "1100", suite="few", task_type="t") + answers(
        "b", "0110", suite="few", task_type="t"
    )
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    assert warnings(standings) == [
        "Nobody is good enough for math: no model passes a single one of 30 tasks."
        " Use none of these models for it."
    ]
    few, math = champion_table(standings).rows
    assert [(cell.text, cell.note, cell.mark) for cell in (few.cells[1], math.cells[1])] == [
        ("a", "too few tasks to be sure", None),
        ("nobody", None, "worse"),
    ]


def test_it_is_said_loudly_everywhere(standings: Standings) -> None:
    (warning,) = warnings(standings)
    assert warning.startswith("Nobody is good enough for proofs: even the best, slow, passes 5 %")
    documents = written(standings)
    guide, page = documents["guide"], documents["page"]
    assert f"> **{warning}**" in guide.split("## Which model for what")[0]
    assert f"> **{warning}**" in documents["summary"]
    assert '<p class="warning"><strong>Nobody is good enough for proofs' in page
    assert '<span class="badge none">no pick</span>' in page


def test_speed_and_cost_classes_name_the_best_within_reach(standings: Standings) -> None:
    speeds, costs = speed_table(standings.by("task_type")), cost_table(standings.by("task_type"))
    assert speeds is not None
    assert costs is not None
    assert texts(speeds) == [
        ["proofs", "nobody", "nobody", "nobody", "nobody"],
        ["topics", "quick", "quick", "slow", "slow"],
    ]
    assert [column.title for column in speeds.columns[1:3]] == ["ultra_fast, ≤ 0.5 s", "fast, ≤ 2 s"]
    tiers = [column.title.partition(",")[0] for column in costs.columns[1:]]
    assert tiers == ["budget", "standard", "premium"]  # none is free
    assert texts(costs)[1] == ["topics", "quick", "slow", "slow"]
    assert speeds.rows[1].cells[1].note == "50 %, 0.30 s, 48 points behind"


def test_classes_hold_their_limits() -> None:
    seconds = (0.5, 0.51, 2.0, 10.0, 11.0)
    assert [class_of(SPEEDS, s) for s in seconds] == ["ultra_fast", "fast", "fast", "balanced", "quality"]
    assert class_of(SPEEDS, None) == "—"


def test_who_fails_where_another_does_not_is_warned_of(tmp_path: Path) -> None:
    shape = {"suite": "easy", "task_type": "topics"}
    rows = answers("good", "1" * 38 + "00", **shape) + answers("bad", "1" + "0" * 39, **shape)
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    assert unfit(standings.by("task_type")) == ("Do not use for topics: bad (2 %).",)
    assert "- Do not use for topics: bad (2 %)." in written(standings)["guide"]
    assert "<li>Do not use for topics: bad (2" in written(standings)["page"]


def test_stand_ins_are_named_in_turn_with_what_they_pass(standings: Standings) -> None:
    table = stand_in_table(standings.by("task_type"), "Task type")
    assert [row[-1] for row in texts(table)] == ["—", "quick 50 %"]


def test_a_suite_whose_best_is_not_good_enough_has_no_champion(standings: Standings) -> None:
    table = champion_table(standings)
    assert [row[:2] for row in texts(table)] == [["easy", "slow"], ["hard", "nobody"]]
    assert table.rows[1].cells[1].note == "slow comes first"


def test_what_nobody_answered_is_unknown_rather_than_too_hard(tmp_path: Path) -> None:
    with database(tmp_path, answers("a", "x" * 10) + answers("b", "-" * 10)) as con:
        standings = load_standings(con)
    assert warnings(standings) == [
        "Nothing is known of math: no model answered enough of the same tasks to be ranked."
    ]
    (row,) = texts(decision_table(standings.by("task_type"), "Task type"))
    assert row[:3] == ["math", "nobody", "not measured"]
    summary = written(standings)["summary"]
    assert "not good enough" not in summary
    assert "- No model could be ranked" in summary
    assert "Do not use" not in written(standings)["guide"]


def test_what_every_model_was_excluded_from_is_no_warning(tmp_path: Path) -> None:
    rows = answers("a", "1" * 30) + answers("b", "0" * 30)
    shape = {"suite": "tasks", "task_type": "projects"}
    excluded = {**shape, "status": "skipped", "error_type": "excluded"}
    left_out = [row(model=model, task_id=f"t-{n:04}", **excluded) for model in "ab" for n in range(1, 31)]
    proof = answers("oracle", "1" * 30, baseline=True, **shape)
    with database(tmp_path, rows + left_out + proof) as con:
        standings = load_standings(con)
    assert [board.name for board in standings.by("task_type")] == ["math", "projects"]
    assert warnings(standings) == []


def test_roles_name_the_suites_and_tasks_that_stand_for_them(standings: Standings) -> None:
    table = role_table(standings)
    titles = [column.title for column in table.columns]
    assert titles[-3:] == ["Suites", "N", "Stand-ins"]
    for board, line in zip(standings.by("role"), table.rows, strict=False):
        assert [line.cells[-3].text, line.cells[-2].key] == [", ".join(board.suites), board.common]
    assert {len(line.cells) for line in table.rows} == {len(titles)}


def test_a_gap_that_is_shown_is_not_called_chance(tmp_path: Path) -> None:
    """14 wins and 4 losses in 40 tasks: 25 points, p = .031, where 80 % power takes a gap of some 30."""
    rows = [*answers("a", "1" * 14 + "0" * 4 + "1" * 22), *answers("b", "0" * 14 + "1" * 26)]
    with database(tmp_path, rows) as con:
        (board,) = load_boards(con, "suite")["suite"]
    assert board.decision.kind == "win" and (board.decision.mde or 0) > 0.25
    note = board_note(board)
    assert "A gap of 30 points would have shown with 80 % power. a passes" in note
    assert "significantly more than any other" in note and "chance" not in note

"""The generated problems: exactly 240, spread over the difficulties, and new ones every season."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from harness.records import Suite
from harness.runner.check import check_suite
from harness.suites import load_suite

FOLDER = Path(__file__).parents[2] / "suites" / "math"


def _season(folder: Path, season: int) -> Suite:
    shutil.copytree(FOLDER, folder / "math")
    head = folder / "math" / "suite.yaml"
    head.write_text(head.read_text("utf-8").replace("season: 2026", f"season: {season}"), "utf-8")
    return load_suite(folder / "math")


def test_size_and_difficulties() -> None:
    tasks = load_suite(FOLDER).tasks
    assert Counter(task.difficulty for task in tasks) == {"beginner": 96, "intermediate": 84, "advanced": 60}
    assert len({task.id.rpartition("-")[0] for task in tasks}) == 36
    assert len({task.messages for task in tasks}) == 240


def test_every_prompt_is_filled_and_ends_with_the_form_of_the_answer() -> None:
    for task in load_suite(FOLDER).tasks:
        prompt = task.messages[0].content
        assert prompt.endswith("\nAnswer with a number only.")
        assert not set("{}") & set(prompt)


@pytest.mark.parametrize("season", [1, 2027, 2031])
def test_another_season_has_other_numbers_that_hold_as_well(tmp_path: Path, season: int) -> None:
    now, then = load_suite(FOLDER), _season(tmp_path, season)
    assert [task.id for task in then.tasks] == [task.id for task in now.tasks]
    assert len({task.messages for task in now.tasks} & {task.messages for task in then.tasks}) < 24
    assert list(check_suite(then, None)) == []

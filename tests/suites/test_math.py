"""The generated problems: so many, spread over the difficulties, and new ones every season."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import log2, sqrt
from pathlib import Path
from typing import Any

import pytest

from harness.records import Suite
from harness.runner.check import check_suite
from harness.suites import load_suite
from harness.suites.families.base import Drawn
from harness.suites.families.mathematics import PROBLEMS
from harness.suites.families.mathematics.complexity import reads
from harness.suites.families.mathematics.programs import GROWTH, LABELS

FOLDER = Path(__file__).parents[2] / "suites" / "math"


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


def _season(folder: Path, season: int) -> Suite:
    shutil.copytree(FOLDER, folder / "math")
    head = folder / "math" / "suite.yaml"
    head.write_text(head.read_text("utf-8").replace("season: 2026", f"season: {season}"), "utf-8")
    return load_suite(folder / "math")


def test_size_and_difficulties(suite: Suite) -> None:
    graders = Counter(task.grader.name for task in suite.tasks)
    assert graders["numeric"] >= 240 and graders["symbolic"] >= 300
    families = Counter(task.id.rpartition("-")[0] for task in suite.tasks)
    assert len(families) >= 36 + 25
    assert sorted(families.values()).count(12) >= 25
    difficulties = Counter(task.difficulty for task in suite.tasks)
    assert min(difficulties.values()) > 0.2 * len(suite.tasks)
    assert len({task.messages for task in suite.tasks}) == len(suite.tasks)


def test_every_problem_is_asked(suite: Suite) -> None:
    asked = {task.id.rpartition("-")[0] for task in suite.tasks}
    assert set(PROBLEMS) <= asked


def test_every_prompt_is_filled_and_says_the_form_of_the_answer(suite: Suite) -> None:
    marks = {
        "symbolic": "`ANSWER: ",
        "satisfies": "`ANSWER: ",
        "chain": "`CHAIN:`",
        "numeric": "Answer with a number only.",
    }
    for task in suite.tasks:
        prompt = task.messages[0].content
        assert marks.get(task.grader.name, "") in prompt, task.id
        if task.grader.name != "deduction" and task.category != "sets":
            assert not set("{}") & set(prompt), task.id


@pytest.mark.parametrize("season", [1, 2031])
def test_another_season_has_other_numbers_that_hold_as_well(
    tmp_path: Path, season: int, suite: Suite
) -> None:
    then = _season(tmp_path, season)
    assert [task.id for task in then.tasks] == [task.id for task in suite.tasks]
    common = {task.messages for task in suite.tasks} & {task.messages for task in then.tasks}
    assert len(common) < 0.1 * len(suite.tasks)
    assert list(check_suite(replace(then, tasks=then.tasks[season % 12 :: 12]), None)) == []


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_problem_has_near_misses_and_enough_draws(problem: str) -> None:
    rng, drawn = random.Random(problem), list[Drawn]()
    for _ in range(2000):
        if (one := PROBLEMS[problem](rng)) is not None and one.vars not in [other.vars for other in drawn]:
            drawn.append(one)
        if len(drawn) == 14:
            break
    assert len(drawn) == 14
    assert all(one.wrong and one.reference not in one.wrong for one in drawn)


_FUNCTIONS: Mapping[str, Callable[[int], float]] = {
    "O(log n)": log2,
    "O(log^2 n)": lambda n: log2(n) ** 2,
    "O(sqrt n)": sqrt,
    "O(n)": float,
    "O(n log n)": lambda n: n * log2(n),
    "O(n sqrt n)": lambda n: n * sqrt(n),
    "O(n^2)": lambda n: float(n * n),
}


@pytest.mark.parametrize("program", GROWTH, ids=lambda program: program.__name__)
def test_labels_of_growth_are_what_is_counted(program: Callable[..., Any]) -> None:
    """From n = 2^6 to 2^12, reads over the function of the label move less than over that of any other label."""
    label = GROWTH[program]
    sizes = [2**power for power in range(6, 9 if label == "O(n^2)" else 13)]
    counts = [reads(program, [1] * n, 2) for n in sizes]

    def drift(name: str) -> float:
        ratios = [count / _FUNCTIONS[name](n) for count, n in zip(counts, sizes, strict=True)]
        return max(ratios) / min(ratios)

    assert min(LABELS, key=drift) == label

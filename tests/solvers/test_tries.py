"""Again, with what the visible checks say: what a model sees, and what a row of several turns holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.resultrow import ResultRow
from harness.runner.plan import RunPlan
from harness.runner.recompute import regrading
from harness.sandbox import open_sandbox
from harness.solvers.base import Way, put, transcript
from harness.solvers.tries import shown
from harness.suites import load_suite
from harness.words import ends
from tests.projects import FILES, write_project
from tests.solvers.conftest import Take

RIGHT = f"sums.py\n```python\n{FILES['reference/sums.py']}```\n"
WRONG = f"sums.py\n```python\n{FILES['wrong/1/sums.py']}```\n"  # 1 + 2 is 4
CHEATING = "sums.py\n```python\ndef add(a, b):\n    return 3\n```\n"  # passes what it can see
CRASHING = "sums.py\n```python\ndef add(a, b):\n    raise OSError('no /home/me/data: took 3.21 s')\n```\n"


def metrics(row: ResultRow) -> dict[str, object]:
    kept = json.loads(row.metrics)
    return {
        name: kept.get(name)
        for name in ("tries", "passed_first", "turns", "status", "well_formed", "edit_format")
    }


def said(row: ResultRow) -> list[str]:
    """What the model was told after its first answer, and answered."""
    return [turn["content"] for turn in json.loads(row.transcript or "[]")]


def test_a_second_answer_follows_what_the_visible_checks_said(take: Take) -> None:
    row = take(WRONG, RIGHT, solver="tries")
    assert (row.passed, row.output, row.solver) == (True, RIGHT, "tries 2 auto")
    assert metrics(row) == {
        "tries": 2, "passed_first": False, "turns": 2, "status": "submitted",
        "well_formed": True, "edit_format": "whole",
    }  # fmt: skip
    first, told, second = said(row)
    assert (first, second) == (WRONG, RIGHT)
    assert "basics: wrong_answer: a sum: expected 3, got 4" in told and "another sum" not in told
    assert (row.prompt_tokens, row.completion_tokens, row.ttft_s, row.decode_tps) == (200, 20, 0.5, None)
    assert row.cost_usd == pytest.approx(200e-6 + 200e-6 + 0.2)  # two requests, a tenth of a dollar each
    assert row.latency_s and row.latency_s > 2


def test_an_answer_whose_visible_checks_pass_is_the_last(take: Take) -> None:
    """Hidden checks never lead to another answer."""
    row = take(CHEATING, RIGHT, solver="tries", tries=5)
    assert (row.passed, row.output) == (False, CHEATING)
    assert (metrics(row)["tries"], metrics(row)["passed_first"]) == (1, False)
    assert take(RIGHT, solver="tries").passed


def test_one_answer_is_not_tried_again(take: Take) -> None:
    row = take(WRONG, RIGHT)
    assert (row.passed, row.solver, row.transcript, metrics(row)["tries"]) == (
        False,
        "single auto",
        None,
        None,
    )


def test_as_many_answers_as_are_allowed(take: Take) -> None:
    row = take("nothing", WRONG, CRASHING, RIGHT, solver="tries", tries=3)
    assert (row.passed, row.output, metrics(row)["tries"]) == (False, CRASHING, 3)
    _, told, _, told_then, _ = said(row)
    assert "Nothing of your answer was applied (no_edit)" in told and "a sum: expected 3, got 4" in told_then


def test_what_a_program_prints_is_shown_without_folders_and_times(take: Take) -> None:
    _, told, _ = said(take(CRASHING, RIGHT, solver="tries"))
    assert "OSError: no data: took …" in told and 'File "sums.py", line 2, in add' in told
    assert "/home" not in told and "3.21" not in told


def test_a_dialogue_that_breaks_off_keeps_its_last_answer(take: Take) -> None:
    row = take(WRONG, solver="tries")  # the model has no second answer
    assert (row.status, row.passed, row.output) == ("ok", False, WRONG)
    assert (metrics(row)["status"], metrics(row)["tries"]) == ("no_answer", 1)
    assert take(solver="tries").error_type == "no_answer"


@pytest.mark.parametrize(
    ("chosen", "asked"), [("whole", "all of the file"), ("diff", "<<<<<<< SEARCH"), ("auto", "all of")]
)
def test_the_prompt_asks_for_a_form(plan_for: Callable[..., RunPlan], chosen: str, asked: str) -> None:
    import asyncio

    from harness.records import Completion, Request
    from harness.runner.rows import request_of
    from harness.solvers import solve
    from harness.solvers.base import Tools

    plan = plan_for([RIGHT], edit_format=chosen)
    (item,) = plan.items()
    requests: list[Request] = []

    async def ask(request: Request) -> Completion:
        requests.append(request)
        return Completion(RIGHT)

    async def work(function: Callable[[], object]) -> object:
        return function()

    asyncio.run(solve(item.task, request_of(item), Tools(ask, work), plan.selection.way))
    (request,) = requests
    assert (
        request.messages[0].content.startswith(item.task.messages[0].content)
        and asked in request.messages[0].content
    )


def test_tasks_put_otherwise_are_other_tasks(tmp_path: Path, plan_for: Callable[..., RunPlan]) -> None:
    """So that no table compares a first answer with a second one."""
    ways = [Way(), Way("tries"), Way("tries", 3), Way("tries", 3, "diff"), Way("agent")]
    task = load_suite(write_project(tmp_path)).tasks[0]
    assert len({put(task, str(way)).sha256 for way in ways}) == len(ways)
    math = load_suite(Path("suites/math")).tasks[0]
    assert all(put(math, str(way)) is math for way in ways)
    first, again = (next(plan_for([RIGHT], solver=solver).items()) for solver in ("single", "tries"))
    assert first.sample_id != again.sample_id


def test_a_stored_answer_is_judged_again_as_it_was_put(tmp_path: Path, take: Take) -> None:
    row = take(WRONG, RIGHT, solver="tries")
    folder = write_project(tmp_path, {"hidden/adds.yaml": "another sum: 7\n"})
    tasks = {(task.suite, task.id): task for task in load_suite(folder).tasks}
    (again,) = regrading(tasks, open_sandbox("auto"))([row])
    assert (again.passed, again.score, metrics(again)["tries"]) == (False, 0.5, 2)
    assert again.task_sha256 == put(tasks["trees", "sum"], "tries 2 auto").sha256 != row.task_sha256


@given(st.text(max_size=200), st.integers(2, 50))
@settings(max_examples=100)
def test_long_texts_keep_both_ends(text: str, most: int) -> None:
    kept = ends(text, most)
    half = most // 2
    assert kept == text if len(text) <= most else kept.startswith(text[:half]) and kept.endswith(text[-half:])


def test_what_is_shown_and_kept_is_bounded() -> None:
    from harness.messages import Message

    assert len(shown("x" * 10**6)) < 4_100
    turns = [Message("user", str(number) + "y" * 10**5) for number in range(100)]
    kept = json.loads(transcript(turns))
    assert sum(len(turn["content"]) for turn in kept) < 500_000
    assert (kept[0]["content"][0], kept[-1]["content"][:2]) == ("0", "99")
    assert shown("a /usr/lib/python3.11/json/x.py:3 at 0x7f00aa11bb22 in 12 ms\nsrc/a.rs 1/2 and/or") == (
        "a x.py:3 at … in …\nsrc/a.rs 1/2 and/or"
    )

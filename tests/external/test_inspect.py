"""Logs that Inspect itself writes today, as ``.eval`` and as JSON, and what is read of them."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from harness.importers.results import collect
from harness.importers.results.base import Choices, ImportedSample
from tests.external.tools import environment, venv

pytestmark = pytest.mark.external

# A solver that writes answers without a model, one that fails, and scorers of several scales.
TASKS = """
from inspect_ai import Epochs, Task, task
from inspect_ai.dataset import Sample
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import Score, accuracy, match, mean, scorer
from inspect_ai.solver import solver

@solver
def say(text, failing=None):
    async def solve(state, generate):
        if state.sample_id == failing:
            raise ValueError("the kiln is cold")
        state.output = ModelOutput.from_content(model="none", content=text)
        return state
    return solve

@scorer(metrics=[mean()])
def points():
    async def score(state, target):
        return Score(value=4 * int(state.epoch))
    return score

@scorer(metrics=[accuracy()])
def words():
    async def score(state, target):
        if state.sample_id == 3:
            return Score.unscored()
        return Score(value="yes" if state.sample_id == 1 else "no")
    return score

ABOUT = {"category": "jars"}
SAMPLES = [Sample(input=f"Say {n}." + "x" * 200 * n, target=str(n), metadata=ABOUT) for n in (1, 2, 3)]

@task
def jars():
    scorers = [match(), points(), words()]
    return Task(SAMPLES, solver=[say("y" * 200 + " 1")], scorer=scorers, epochs=Epochs(2, "mean"))

@task
def kilns():
    return Task(SAMPLES, solver=[say("1", failing=2)], scorer=match(), fail_on_error=False)
"""


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the logs of both tasks in both forms."""
    folder = tmp_path_factory.mktemp("inspect")
    (folder / "tasks.py").write_text(TASKS)
    for form in ("eval", "json"):
        command = [
            str(venv("inspect") / "inspect"),
            "eval",
            "tasks.py",
            "--model",
            "mockllm/model",
            "--display",
            "none",
        ]
        given = [*command, "--log-dir", form, "--log-format", form]
        done = subprocess.run(
            given, cwd=folder, env=environment(HOME=str(folder)), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def rows(folder: Path, suite: str, choices: Choices) -> list[ImportedSample]:
    return collect(next(folder.glob(f"*{suite}*")), choices=choices)


@pytest.mark.parametrize("form", ["eval", "json"])
def test_what_it_writes_is_read(logs: Path, form: str) -> None:
    found = rows(logs / form, "jars", Choices())
    assert [(one.suite, one.task_id, one.repeat, one.passed) for one in found] == [
        ("jars", task, epoch, task == "1") for epoch in (0, 1) for task in ("1", "2", "3")
    ]
    assert {(one.model, one.category, one.grader) for one in found} == {("mockllm/model", "jars", "match")}
    assert all(one.output == "y" * 200 + " 1" and one.started_at and one.sample for one in found)
    points = rows(logs / form, "jars", Choices(scorer="points", scale=8, pass_at=1.0))
    assert [(one.score, one.passed) for one in points] == [(0.5, False)] * 3 + [(1.0, True)] * 3
    words = rows(logs / form, "jars", Choices(scorer="words"))
    assert [one.passed for one in words] == [True, False, None] * 2
    failed = rows(logs / form, "kilns", Choices())
    assert [one.error is not None for one in failed] == [False, True, False]
    assert "the kiln is cold" in str(failed[1].error)


def test_it_packs_logs_with_zstd_and_both_forms_say_the_same(logs: Path) -> None:
    packed = next((logs / "eval").glob("*jars*"))
    with zipfile.ZipFile(packed) as archive:
        assert {info.compress_type for info in archive.infolist()} == {93}
    assert len(collect(logs / "eval")) == len(collect(logs / "json")) == 9

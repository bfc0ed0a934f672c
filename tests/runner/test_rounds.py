"""Runs in rounds, from stored answers: who is asked what, what the rows and the manifest say, resumes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.analysis.standings import load_boards
from harness.errors import ResultsError
from harness.models.config import load_config
from harness.records import Suite
from harness.resultrow import ResultRow
from harness.results.database import connect
from harness.results.manifests import read_manifests
from harness.runner.finished import Finished
from harness.runner.formats import Format
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.rounds import Rounds
from harness.runner.run import RunOptions, execute
from harness.suites import load_suite
from harness.suites.matrix import task_order
from tests.conftest import TEN_SUMS, WriteSuite
from tests.rows import row

SKILL = {"best": 0.95, "good": 0.9, "weak": 0.4, "hopeless": 0.05}


@pytest.fixture
def sums(write_suite: WriteSuite) -> Suite:
    return load_suite(write_suite(TEN_SUMS.replace("count: 10", "count: 160")))


def plan_of(folder: Path, suite: Suite, form: Format, repeats: int = 1) -> RunPlan:
    """Four models whose right answers are spread evenly, and the baselines."""
    entries = []
    for name, skill in SKILL.items():
        lines = [
            {"task_id": task.id, "output": task.reference if int(i * skill) < int((i + 1) * skill) else "no"}
            for i, task in enumerate(task_order(suite))
        ]
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)))
        entries.append(f"{{id: {name}, engine: scripted, answers: {name}.jsonl}}")
    (folder / "models.yaml").write_text(f"models: [{', '.join(entries)}]")
    config = load_config(folder / "models.yaml")
    selection = Selection(suite.name, "all", None, repeats, 0, format=form)
    return RunPlan(selection, config, (suite,), tuple(config.choose_models("all")))


def query(results: Path, sql: str, run: str = "run") -> list[tuple[Any, ...]]:
    with connect(results, [run]) as con:
        return con.execute(sql).fetchall()


def asked(results: Path, run: str = "run") -> dict[str, int]:
    sql = "SELECT model, count(*) FROM results WHERE status = 'ok' GROUP BY model"
    return dict(query(results, sql, run))


ROWS = "SELECT sample_id, model, task_id, status, passed, error_type, error FROM results ORDER BY ALL"


def test_halving_spends_on_the_better_half(tmp_path: Path, sums: Suite) -> None:
    results = tmp_path / "results"
    execute(plan_of(tmp_path, sums, "halving", repeats=2), results, "run", Progress())
    counts = asked(results)
    assert counts.pop("oracle") == counts.pop("nop") == counts.pop("random") == 320
    assert counts == {"best": 320, "good": 320, "weak": 160, "hopeless": 160}
    first = {task.id for task in task_order(sums)[:80]}
    weak = query(results, "SELECT DISTINCT task_id FROM results WHERE model = 'weak' AND status = 'ok'")
    assert {task for (task,) in weak} == first, "all models answered the same beginning"
    spared = query(
        results,
        "SELECT DISTINCT status, passed, score, error_type FROM results "
        "WHERE model = 'weak' AND status <> 'ok'",
    )
    assert spared == [("skipped", None, None, "dropped")], "not run, and never 0"
    (manifest,) = read_manifests(results, ["run"])
    rounds = manifest["rounds"]
    assert (rounds["format"], rounds["samples"], rounds["saved"]) == ("halving", 1280, 320)
    assert [(cut["model"], cut["after"], cut["decided"]) for cut in rounds["cuts"]] == [
        ("weak", 80, True),
        ("hopeless", 80, True),
    ]
    assert rounds["undecided"] == [{"suite": "small", "leader": "best", "rivals": ["good"]}]


def test_those_let_go_early_do_not_shorten_the_comparison_of_the_others(tmp_path: Path, sums: Suite) -> None:
    execute(plan_of(tmp_path, sums, "halving"), tmp_path / "results", "run", Progress())
    with connect(tmp_path / "results") as con:
        (suite,) = load_boards(con, "suite")["suite"]
    places = {line.model: (line.rank, line.n) for line in suite.lines if not line.baseline}
    assert places == {"best": (1, 160), "good": (2, 160), "weak": (None, 80), "hopeless": (None, 80)}


def test_a_race_ends_when_one_is_left(tmp_path: Path, sums: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SKILL, "good", 0.5)
    results = tmp_path / "results"
    execute(plan_of(tmp_path, sums, "race"), results, "run", Progress())
    counts = asked(results)
    assert counts["hopeless"] == 20
    assert counts["best"] == counts["oracle"] == max(counts["good"], counts["weak"]) < 160
    assert query(results, "SELECT count(*) FROM results") == [(160 * 7,)], "every sample has a row"
    (manifest,) = read_manifests(results, ["run"])
    assert manifest["rounds"]["undecided"] == []
    assert manifest["rounds"]["saved"] == 640 - sum(counts[model] for model in SKILL)


def test_rounds_of_a_suite_of_scores_compare_scores(tmp_path: Path, write_suite: WriteSuite) -> None:
    """Nobody who scores 0.6 on every task passes one, and it leads all the same."""
    suite = load_suite(write_suite(TEN_SUMS, head="measure: score\n"))
    rounds = Rounds(plan_of(tmp_path, suite, "race"), Finished(set(), {}, {}))
    for n, task in enumerate(suite.tasks):
        for model, score in (("weak", 0.6), ("best", float(n < 5))):
            given = {"suite": suite.name, "task_id": task.id, "passed": score == 1}
            rounds.record(row(**given, model=model, score=score, measure="score"))
    (undecided,) = rounds.report()["rounds"]["undecided"]
    assert (undecided["leader"], undecided["rivals"]) == ("weak", ["best"])


class Stopping(Progress):
    """Ends the run after so many rows, as a full disk does."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._left = rows

    def row(self, row: ResultRow) -> None:
        super().row(row)
        self._left -= 1
        if not self._left:
            raise ResultsError("no space")


@pytest.mark.parametrize("form", ["halving", "race"])
def test_stopped_anywhere_and_resumed_is_the_same_run(tmp_path: Path, sums: Suite, form: Format) -> None:
    plan, results = plan_of(tmp_path, sums, form), tmp_path / "results"
    execute(plan, results, "whole", Progress())
    rows, (whole,) = query(results, ROWS, "whole"), read_manifests(results, ["whole"])
    for after in (30, 420, 700):  # in the first round, in a later one, between rows of those let go
        run = f"stopped-{after}"
        with pytest.raises(ResultsError):
            execute(plan, results, run, Stopping(after))
        execute(plan, results, run, Progress(), RunOptions("resume"))
        assert query(results, ROWS, run) == rows
        (manifest,) = read_manifests(results, [run])
        assert manifest["rounds"] == whole["rounds"]


def test_a_model_that_is_there_only_later_takes_part_from_the_first_round(
    tmp_path: Path, sums: Suite
) -> None:
    plan, results = plan_of(tmp_path, sums, "halving"), tmp_path / "results"
    (tmp_path / "best.jsonl").rename(tmp_path / "away.jsonl")
    execute(plan, results, "run", Progress())
    assert asked(results).keys() == {"good", "weak", "hopeless", "oracle", "nop", "random"}
    (tmp_path / "away.jsonl").rename(tmp_path / "best.jsonl")
    execute(plan, results, "run", Progress(), RunOptions("resume"))
    assert asked(results)["best"] == asked(results)["good"] == 160
    (manifest,) = read_manifests(results, ["run"])
    assert {cut["leader"] for cut in manifest["rounds"]["cuts"]} == {"best"}


class Hearing(Progress):
    """Notes what is loaded and unloaded."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def switched(self, model: str, what: str, seconds: float) -> None:
        super().switched(model, what, seconds)
        self.told.append(f"{model} {what}")


def test_a_model_that_stays_in_the_race_begins_the_next_round(
    tmp_path: Path, write_suite: WriteSuite
) -> None:
    """One at a time: the last one of a round is still in memory when the next begins."""
    suite = load_suite(write_suite(TEN_SUMS.replace("count: 10", "count: 40")))
    demo = "engine: llama_cpp, path: 'builtin:demo-{}.gguf', params: {{max_tokens: 8}}"
    entries = [f"{{id: {name}, {demo.format(name)}}}" for name in ("xs", "m")]
    (tmp_path / "models.yaml").write_text(f"models: [{', '.join(entries)}]")
    config = load_config(tmp_path / "models.yaml")
    selection = Selection(suite.name, "xs,m", None, 1, 0, format="race")
    heard = Hearing()
    plan = RunPlan(selection, config, (suite,), tuple(config.choose_models("xs,m")))
    execute(plan, tmp_path / "results", "run", heard)
    assert read_manifests(tmp_path / "results", ["run"])[0]["rounds"]["cuts"] == []
    once = ["xs loaded", "xs unloaded", "m loaded", "m unloaded"]
    assert heard.told == [*once, *once[:2]]
    loads = query(
        tmp_path / "results", "SELECT model, count(DISTINCT load_s) FROM results GROUP BY 1 ORDER BY 1"
    )
    assert loads == [("m", 1), ("xs", 2)]

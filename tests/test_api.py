"""The functions for notebooks: dtypes, values, and the page that documents them."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import harness
from harness.errors import HarnessError, ResultsError
from harness.importers.results.base import ImportedSample
from harness.routing.router import Router
from harness.runner.imported import import_run
from tests.exporters.sample import rule_set

PAGE = Path(__file__).parents[1] / "docs" / "python.md"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> harness.Results:
    """A few imported samples, with figures that are missing."""
    place = tmp_path_factory.mktemp("api") / "results"
    samples = [
        ImportedSample("s", "t1", "a", passed=True, prompt_tokens=5, started_at="2026-11-01T10:00:00+00:00"),
        ImportedSample("s", "t2", "a", passed=False, score=0.25),
        ImportedSample("s", "t1", "b", error="429"),
        ImportedSample("s", "t2", "b", passed=True, cost_usd=0.5),
    ]
    import_run(samples, place, "x", {})
    return harness.open_results(place)


def test_samples_have_dtypes_that_can_be_missing(results: harness.Results) -> None:
    frame = results.samples()
    names = ("model", "task_id", "status", "prompt_tokens", "score")
    assert {name: str(frame[name].dtype) for name in names} == {
        "model": "category", "task_id": "category", "status": "category",
        "prompt_tokens": "Int64", "score": "Float64",
    }  # fmt: skip
    assert {str(frame[name].dtype) for name in ("passed", "baseline")} == {"boolean"}
    assert str(frame["output"].dtype) == str(frame["metrics"].dtype) == "string"
    assert str(frame["started_at"].dtype) == "datetime64[us, UTC]"
    assert (
        str(results.query("SELECT NULL::VARCHAR AS started_at")["started_at"].dtype) == "datetime64[us, UTC]"
    )
    assert list(zip(frame["model"], frame["task_id"], strict=True)) == [
        ("a", "t1"),
        ("a", "t2"),
        ("b", "t1"),
        ("b", "t2"),
    ]
    assert frame["passed"].isna().tolist() == [False, False, True, False]
    assert frame["prompt_tokens"].isna().sum() == 3 and frame["prompt_tokens"].sum() == 5
    assert frame["cost_usd"].isna().sum() == 3
    assert frame["score"].tolist()[1] == 0.25


@pytest.mark.parametrize(
    "by", ["suite", "overall", "category", "task_type", "difficulty", "language", "role"]
)
def test_standings_are_those_of_the_command(results: harness.Results, by: str) -> None:
    frame = results.standings(by=by)
    assert list(frame.columns[:2]) == [by, "model"]
    assert set(frame["model"]) == {"a", "b"}
    assert str(frame["rank"].dtype) == "Int64" and str(frame["quality"].dtype) == "Float64"
    assert str(frame[by].dtype) == str(frame["model"].dtype) == "category"
    quality = dict(zip(frame["model"], frame["quality"], strict=True))
    assert quality == {"a": 0.0, "b": 1.0}, "on the task that both answered"


def test_standings_by_something_else_are_refused(results: harness.Results) -> None:
    with pytest.raises(HarnessError, match="no standings by 'colour'; there are: overall, "):
        results.standings(by="colour")


def test_queries_give_nullable_columns_and_reach_no_file(results: harness.Results, tmp_path: Path) -> None:
    frame = results.query(
        "SELECT model, count(*) AS n, sum(cost_usd) AS usd, any_value(1.5::DECIMAL(3, 1)) AS d "
        "FROM results GROUP BY 1 ORDER BY 1"
    )
    assert {str(frame[name].dtype) for name in ("usd", "d")} == {"Float64"}
    assert (str(frame["model"].dtype), str(frame["n"].dtype)) == ("category", "Int64")
    assert frame["usd"].isna().tolist() == [True, False]
    assert set(results.query("SELECT DISTINCT model FROM standings")["model"]) == {"a", "b"}
    assert len(results.query("SELECT model, model FROM results").columns) == 2
    with pytest.raises(HarnessError, match="the query failed"):
        results.query(f"COPY results TO '{tmp_path / 'x.csv'}'")
    with pytest.raises(HarnessError, match="the query failed"):
        results.query("SELECT nothing FROM results")
    assert not (tmp_path / "x.csv").exists()


def test_runs_are_chosen_as_by_the_commands(results: harness.Results) -> None:
    assert harness.open_results(str(results.location), "latest").runs == results.runs
    with pytest.raises(HarnessError, match="no run 'x'"):
        harness.open_results(str(results.location), "x")
    for nothing in ("", [], ["latest", ""]):
        with pytest.raises(HarnessError, match="runs names no run; there are all, latest, ids"):
            harness.open_results(str(results.location), nothing)
    with pytest.raises(ResultsError, match="no results in"):
        harness.open_results(Path(str(results.location)) / "empty")


def test_the_page_runs_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 4
    scope: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), scope)
    samples, table = scope["samples"], scope["table"]
    assert set(samples["model"]) == {"oracle", "random"}
    assert len(samples) == 24
    assert isinstance(table, pd.DataFrame) and set(table["suite"]) == {"classification"}
    assert (scope["wrong"]["model"] == "random").all() and len(scope["wrong"]) > 0
    assert scope["counts"].set_index("model")["rate"]["oracle"] == 1.0
    assert scope["latest"].runs == scope["results"].runs


def test_a_run_starts_where_an_event_loop_is_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def cell() -> harness.Results:
        return harness.run(["classification"], ["oracle"], limit=2, results=tmp_path / "r")

    assert len(asyncio.run(cell()).samples()) == 2
    opened: list[harness.Results] = []
    worker = threading.Thread(
        target=lambda: opened.append(harness.run("classification", "nop", limit=1, results=tmp_path / "t"))
    )
    worker.start()
    worker.join(60)
    assert len(opened[0].samples()) == 1


def test_what_is_wrong_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(HarnessError, match="no suite 'colours'"):
        harness.run("colours", "oracle")
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"limit": 0}, "limit must be 1 or more, not 0"),
        ({"limit": -1}, "limit must be 1 or more, not -1"),
        ({"limit": 1.5}, "limit must be a whole number, not 1.5"),
        ({"limit": "3"}, "limit must be a whole number, not '3'"),
        ({"repeats": 0}, "repeats must be from 1 to 10,000, not 0"),
        ({"repeats": None}, "repeats must be a whole number, not None"),
        ({"seed": -1}, "seed must be from 0 to "),
        ({"budget": float("nan")}, "budget must be a number, not nan"),
        ({"minutes": -1}, "minutes must be from 0.001 to 100,000, not -1"),
        ({"sandbox": "docker"}, "sandbox must be one of auto, bwrap, none, not 'docker'"),
        ({"results": "s3://bucket/x"}, "a run from Python is written to a folder, not to s3://bucket/x"),
    ],
)
def test_what_a_run_cannot_be_asked_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(HarnessError, match=re.escape(words)):
        harness.run("classification", "oracle", **{"limit": 1} | given)
    assert not any(tmp_path.iterdir())


def test_numbers_of_a_frame_can_be_asked(tmp_path: Path) -> None:
    counts = pd.Series([2], dtype="int64")
    assert len(harness.run("classification", "oracle", limit=counts[0], results=tmp_path).samples()) == 2


def test_rules_are_read_from_a_name(tmp_path: Path) -> None:
    with pytest.raises(HarnessError, match="there is no such rules file"):
        harness.load_rules(str(tmp_path / "rules.yaml"))


def test_what_there_is_can_be_listed() -> None:
    assert {"open_results", "run", "Router", "load_rules"} <= set(dir(harness))


def test_the_router_is_the_router() -> None:
    assert harness.Router is Router
    assert harness.Router(rule_set()).rules.rules
    with pytest.raises(AttributeError, match="has no attribute 'tournament'"):
        _ = harness.tournament


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import harness, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert [name for name in done.stdout.split() if name[:7] in ("harness", "pandas", "duckdb")] == [
        "harness"
    ]

"""``harness run`` as a user starts it, kills it, and starts it again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import harness as package
from harness.cli.run import _OUTCOME
from harness.engines import gate
from harness.engines.retry import RetryPolicy
from harness.results.database import connect
from tests.cli.conftest import Harness
from tests.conftest import TEN_SUMS, WriteSuite
from tests.endpoints import Solver, entry
from tests.loopback import Loopback, answer
from tests.rows import database, row

RUN = ("run", "--suite", "small", "--models", "a,b")


@pytest.fixture
def sums(write_suite: WriteSuite) -> None:
    """``tmp_path/suites/small``, where ``harness`` finds it."""
    write_suite(TEN_SUMS)


def write_models(*entries: str) -> None:
    Path("models.yaml").write_text(f"models: [{', '.join(entries)}]")


def rows(sql: str, results: str = "results") -> list[tuple[Any, ...]]:
    with connect(Path(results)) as con:
        return con.execute(sql).fetchall()


def start(*arguments: str) -> subprocess.Popen[bytes]:
    root = Path(package.__file__).parents[1]
    return subprocess.Popen(
        [sys.executable, "-m", "harness", *arguments],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def journal_lines() -> int:
    return sum(path.read_bytes().count(b"\n") for path in Path("results").glob("*/_journal.jsonl"))


@pytest.mark.usefixtures("sums")
def test_what_does_not_fit_into_the_minutes_is_skipped_and_taken_later(harness: Harness) -> None:
    with Loopback(Solver()) as first, Loopback(Solver()) as second:
        write_models(entry("a", first), entry("b", second))
        assert harness("run", "--suite", "small", "--models", "a").code == 0
        run = harness("run", "--suite", "small", "--models", "b,oracle", "--minutes", "0.0001")
        assert run.code == 1 and run.err.strip().endswith("give the run more --minutes"), run.err
        assert "20 samples did not fit into the time" in run.err
        (left_out,) = rows("SELECT DISTINCT status, error_type, passed, score FROM results WHERE model = 'b'")
        assert left_out == ("skipped", "no_time", None, None)
        assert harness("report").code == 0
        guide = Path("reports/MODEL_SELECTION_GUIDE.md").read_text()
        assert "a run had no time for 20 samples" in guide and "a is the only model" in guide
        (run_id,) = (name for (name,) in rows("SELECT DISTINCT run_id FROM results WHERE model = 'b'"))
        resumed = harness("run", "--resume", run_id, "--minutes", "10")
        assert resumed.code == 0 and "did not fit" not in resumed.err, resumed.err
        assert "20 ok" in resumed.err
        assert harness("report").code == 0
    assert "had no time" not in Path("reports/MODEL_SELECTION_GUIDE.md").read_text()


@pytest.mark.usefixtures("sums")
def test_killed_in_the_middle_and_resumed_equals_uninterrupted(harness: Harness) -> None:
    a, b = Solver(pause=0.02), Solver(pause=0.05)
    with Loopback(a) as first, Loopback(b) as second:
        slow = [text.replace("model: m", "model: m, limits: {concurrency: 2}") for text in
                (entry("a", first), entry("b", second))]  # fmt: skip
        write_models(*slow)
        process = start(*RUN, "--repeats", "2")
        try:
            deadline = time.monotonic() + 60
            while journal_lines() < 8 and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        (run_id,) = (path.name for path in Path("results").iterdir())
        a.pause = b.pause = 0.0
        kept = rows("SELECT count(*) FROM results")[0][0]
        assert 7 <= kept < 40
        resumed = harness("run", "--resume", run_id)
        assert resumed.code == 0, resumed.err
        assert f"{40 - kept} ok" in resumed.err
        whole = harness(*RUN, "--repeats", "2", "--results", "whole")
        assert whole.code == 0, whole.err
    columns = "sample_id, task_id, model, repeat, seed, passed, score, output, cost_usd"
    compared = f"SELECT {columns} FROM results ORDER BY ALL"
    assert rows(compared) == rows(compared, "whole")
    assert len(rows("SELECT DISTINCT sample_id FROM results")) == 40


@pytest.mark.usefixtures("sums")
def test_two_runs_at_once_into_one_folder(harness: Harness) -> None:
    with Loopback(Solver(pause=0.01)) as first, Loopback(Solver(pause=0.01)) as second:
        write_models(entry("a", first), entry("b", second))
        both = [start(*RUN) for _ in range(2)]
        assert [process.wait(60) for process in both] == [0, 0]
    counts = rows("SELECT run_id, count(*), count(DISTINCT sample_id) FROM results GROUP BY 1")
    assert [entry[1:] for entry in counts] == [(20, 20), (20, 20)]


@pytest.mark.usefixtures("sums")
def test_errors_are_retried_and_the_latest_row_counts(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RetryPolicy, "wait_s", lambda *_: 0.0)
    monkeypatch.setattr(gate, "_FAILURES", 10_000)
    with Loopback(*[answer(500, "no")] * 28, Solver()) as server:
        write_models(entry("a", server))
        first = harness("run", "--suite", "small", "--models", "a", "--limit", "4")
        assert first.code == 1 and "no model gave an answer" in first.err
        (run_id,) = (path.name for path in Path("results").iterdir())
        assert rows("SELECT DISTINCT status, error_type, attempts FROM results") == [
            ("error", "server_error", 7)
        ]
        nothing = harness("run", "--resume", run_id)
        assert "nothing was missing" in nothing.err
        again = harness("run", "--retry-errors", run_id)
        assert again.code == 0, again.err
        assert "4 ok" in again.err
    assert rows("SELECT status, count(*) FROM results GROUP BY 1 ORDER BY 1") == [("error", 4), ("ok", 4)]
    standings = harness("standings")
    assert "100 %" in standings.out


@pytest.mark.usefixtures("sums")
def test_events_alone_are_on_stdout_and_the_log_is_in_the_runs_folder(harness: Harness) -> None:
    done = harness("run", "--suite", "small", "--models", "oracle,nop", "--json")
    events = [json.loads(line) for line in done.out.splitlines()]
    assert [events[0]["event"], events[-1]["event"], len(events)] == ["start", "end", 22]
    assert sum(event.get("passed") is True for event in events[1:-1]) == 10
    (log,) = Path("results").glob("*/_run.log")
    assert "oracle" in log.read_text()


@pytest.mark.usefixtures("sums")
def test_a_forecast_names_what_it_rests_on_and_what_has_no_price(harness: Harness) -> None:
    with Loopback(Solver()) as server:
        write_models(entry("a", server), entry("b", server, priced=False))
        before = harness(*RUN, "--dry-run")
        assert "no price is known for b" in before.err
        assert "bounds from lengths, where there are no earlier samples: a, b" in before.err
        assert "unknown" in before.out
        assert not Path("results").exists()
        assert harness("run", "--suite", "small", "--models", "a").code == 0
        after = harness(*RUN, "--dry-run", "--json")
    document = json.loads(after.out)
    assert [model["from_rows"] for model in document["models"]] == [10, 0]
    assert [model["cost_usd"] is None for model in document["models"]] == [False, True]


def test_a_repeated_option_adds_to_itself(harness: Harness) -> None:
    choice = ("--suite", "math", "--suite", "codegen", "--models", "nop", "--models", "oracle")
    done = harness("run", *choice, "--limit", "3", "--dry-run")
    lines = [line.split() for line in done.out.splitlines()]
    assert ["model", "codegen", "math", "samples"] in lines
    assert {line[0] for line in lines if line[1:] == ["3", "3", "6"]} == {"nop", "oracle"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--suite", "small", "--models", "a", "--speed-lane", "--cache"], "cannot use --cache"),
        (["--suite", "small", "--models", "a", "--speed-lane", "--format", "race"], "takes no --format"),
        (["--local-models-at-once", "0"], "neither auto nor a number from 1"),
        (
            ["--suite", "small", "--models", "a", "--speed-lane", "--local-models-at-once", "2"],
            "quiet machine",
        ),
        (["--resume", "x", "--retry-errors", "y"], "give one of them, alone"),
        (["--retry-errors", "x", "--suite", "small"], "give one of them, alone"),
    ],
)
def test_options_that_exclude_each_other(harness: Harness, arguments: list[str], words: str) -> None:
    done = harness("run", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_results_of_another_tool_stand_beside_ours(harness: Harness) -> None:
    lines = [f"theirs,t{n},{model},{n < good}" for model, good in (("x", 9), ("y", 4)) for n in range(12)]
    Path("t.csv").write_text("suite,task_id,model,passed\n" + "\n".join(lines) + "\n")
    done = harness("import", "results", "t.csv")
    assert done.code == 0 and "24 rows from t.csv" in done.err
    shown = harness("standings", "--by", "suite")
    assert "theirs" in shown.out
    assert "75 %" in shown.out and "33 %" in shown.out
    wrong = harness("import", "results", "t.csv", "--format", "promptfoo")
    assert wrong.code == 1 and "t.csv:1: not valid JSON" in wrong.err


@pytest.mark.usefixtures("sums")
def test_an_endpoint_that_dies_is_named_in_the_report_and_completed_by_a_resume(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RetryPolicy, "wait_s", lambda *_: 0.002)
    monkeypatch.setattr(gate, "_REST_S", (0.01, 0.01, 0.01))
    dying = Solver(dies_after=4)
    with Loopback(Solver()) as first, Loopback(Solver()) as second, Loopback(dying) as third:
        write_models(entry("a", first), entry("b", second), entry("c", third))
        done = harness("run", "--suite", "small", "--models", "a,b,c")
        assert done.code == 0
        assert "24 ok, 6 skipped" in done.err
        assert "warning: c: given up, it fails throughout" in done.err
        assert harness("report").code == 0
        guide = Path("reports/MODEL_SELECTION_GUIDE.md").read_text()
        (line,) = [line for line in guide.splitlines() if "provider_down" in line]
        assert line.replace("|", " ").split() == ["skipped", "c", "small", "provider_down", "6"]
        (run_id,) = (path.name for path in Path("results").iterdir())
        dying.dies_after = None
        assert "6 ok" in harness("run", "--resume", run_id).err
    assert rows("SELECT count(*) FROM results WHERE passed") == [(30,)]


@pytest.mark.usefixtures("sums")
def test_the_cache_lies_where_the_user_keeps_caches(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    solver = Solver()
    with Loopback(solver) as server:
        write_models(entry("a", server))
        for _ in range(2):
            done = harness("run", "--suite", "small", "--models", "a", "--cache", "--json")
            assert done.code == 0, done.err
    assert solver.calls.total() == 10
    assert (tmp_path / "caches" / "harness" / "answers.sqlite").exists()
    assert rows("SELECT timing, count(*) FROM results GROUP BY 1 ORDER BY 1") == [
        ("measured", 10),
        ("replayed", 10),
    ]


def test_the_end_of_a_run_reads_metrics_that_are_no_json(tmp_path: Path) -> None:
    rows = [row(task_id="a", metrics="unknown"), row(task_id="b", metrics='{"loop_saved_tokens": 7}')]
    with database(tmp_path, rows) as con:
        assert con.execute(_OUTCOME).fetchall() == [(2, 0, 0, 0, 7)]

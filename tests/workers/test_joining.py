"""Workers on one run: their rows are those of one process, whoever stops, dies, or is thought to be dead."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

import harness as package
from harness.results.database import connect
from harness.runner.plan import RunPlan, Selection, plan_of
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute
from harness.suites import load_suite
from harness.workers.follow import Follower
from harness.workers.joining import join
from harness.workers.options import WorkerOptions
from harness.workers.start import prepare
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.conftest import TEN_SUMS, WriteSuite
from tests.endpoints import Solver, entry
from tests.loopback import Call, Loopback

RUN, ALONE = "20261201-120000-aaaa", "20261201-110000-bbbb"
SAME = "sample_id, suite, task_id, model, status, passed, score, error_type, output, seed, baseline"
MORE_SUMS = TEN_SUMS.replace("count: 10", "count: 20").replace("id: sum", "id: add")
FIGURES = {"prompt_tokens": 40, "completion_tokens": 2, "ttft_s": 0.5, "latency_s": 1.5, "cost_usd": 0.001}


@pytest.fixture
def stored(write_suite: WriteSuite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunPlan:
    """Two models whose answers are in files, times and all, on two suites."""
    monkeypatch.chdir(tmp_path)
    suites = [load_suite(write_suite(TEN_SUMS, "small")), load_suite(write_suite(MORE_SUMS, "large"))]
    for name, right in (("sure", 1), ("lucky", 3)):
        lines = [
            {"task_id": f"{suite.name}/{task.id}", "output": "0" if n % right else task.reference, **FIGURES}
            for suite in suites
            for n, task in enumerate(suite.tasks)
        ]
        Path(f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)))
    models = [f"{{id: {name}, engine: scripted, answers: {name}.jsonl}}" for name in ("sure", "lucky")]
    Path("models.yaml").write_text(f"models: [{', '.join(models)}]")
    return plan_of(Selection("small,large", "all", None, 1, 0), None)


def work(*names: str, run: str = RUN) -> None:
    """That many workers side by side, until nothing is left."""
    failures: list[BaseException] = []

    def one() -> None:
        try:
            join(Path("results"), run, Progress(), WorkerOptions(sandbox="none"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=one, name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def rows(run: str, columns: str = SAME) -> list[tuple[object, ...]]:
    with connect(Path("results"), [run]) as con:
        return con.execute(f"SELECT {columns} FROM results ORDER BY ALL").fetchall()


def test_standings_are_byte_for_byte_those_of_one_process(stored: RunPlan, harness: Harness) -> None:
    execute(stored, Path("results"), ALONE, Progress())
    prepared = prepare(stored, Path("results"), RUN, 3, RunOptions())
    follower = Follower(prepared.objects, Progress())
    with follower.progress.running(RUN, prepared.planned):
        work("a", "b", "c")
        follower.poll()
    assert rows(RUN) == rows(ALONE)
    assert follower.counts == {"ok": 150}
    assert len(rows(RUN, "DISTINCT sample_id")) == 150
    one, three = (harness("standings", "--run", run, "--format", "csv") for run in (ALONE, RUN))
    assert (three.code, three.out) == (0, one.out)
    prepared.queue.refresh()
    assert prepared.queue.left == []


def test_a_lease_is_stolen_while_its_owner_still_writes(write_suite: WriteSuite, harness: Harness) -> None:
    """Both write all of it, and every sample counts once."""
    write_suite(TEN_SUMS)
    first_asked, stolen = threading.Event(), threading.Event()

    class Held(Solver):
        async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
            if not first_asked.is_set():
                first_asked.set()
                await asyncio.to_thread(stolen.wait, 60)
            await super().__call__(call, writer)

    solver = Held()
    with Loopback(solver) as server:
        Path("models.yaml").write_text(f"models: [{entry('a', server)}]")
        plan = plan_of(Selection("small", "a", None, 1, 0), None)
        prepare(plan, Path("results"), RUN, 2, RunOptions())
        owner = threading.Thread(target=work, args=("owner",))
        owner.start()
        assert first_asked.wait(60)
        for lease in (Path("results") / RUN / "_leases").iterdir():
            os.utime(lease, (1, 1))  # as if nobody had renewed it for long
        thief = threading.Thread(target=work, args=("thief",))
        thief.start()
        thief.join()
        stolen.set()
        owner.join()
    assert max(solver.calls.values()) == 2
    assert len(rows(RUN, "DISTINCT sample_id")) == 10
    done = harness("standings", "--run", RUN, "--format", "json")
    (standing,) = json.loads(done.out)
    assert (standing["model"], standing["n"]) == ("a", 10)


def test_what_nobody_prepared_is_one_line(harness: Harness) -> None:
    done = harness("worker", "20261201-120000-aaaa")
    assert done.code == 1
    assert done.err == (
        "error: no run for workers is at results/20261201-120000-aaaa; "
        "`harness run … --on hand` prepares one\n"
    )


def test_processes_take_what_one_process_would(
    stored: RunPlan, harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(package.__file__).parents[1]))
    some = ("--suite", "small", "--models", "sure,oracle")
    done = harness("run", *some, "--on", "processes", "--workers", "2", "--sandbox", "none")
    assert done.code == 0, done.err
    assert "20/20 samples" in done.err and ": 20 ok" in done.err
    (run,) = (path.name for path in Path("results").iterdir())
    again = harness("run", "--resume", run, "--on", "processes", "--workers", "1")
    assert again.code == 0 and "nothing was missing" in again.err, again.err
    refused = harness("run", *some, "--on", "hand", "--format", "race")
    assert refused.code == 1
    assert refused.err.endswith("--format race compares all models round by round, so it takes no --on\n")


def test_what_had_no_time_is_taken_by_a_resume(stored: RunPlan) -> None:
    hurried = replace(stored, selection=replace(stored.selection, minutes=0.0001))
    prepare(hurried, Path("results"), RUN, 2, RunOptions())
    work("a", "b")
    assert rows(RUN, "DISTINCT status, error_type") == [("skipped", "no_time")]
    again = replace(stored, selection=replace(stored.selection, minutes=60.0))
    prepared = prepare(again, Path("results"), RUN, 2, RunOptions("resume"))
    assert sum(prepared.planned.values()) == 150
    work("c", "d")
    with connect(Path("results"), [RUN]) as con:
        answered = con.execute("SELECT count(DISTINCT sample_id) FROM results WHERE status = 'ok'").fetchall()
    assert answered == [(150,)]
    done = prepare(again, Path("results"), RUN, 2, RunOptions("resume"))
    assert sum(done.planned.values()) == 0 and done.left() == 0

"""A process interrupted at any moment: one line, no traceback, what was finished kept, nobody left."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from harness import interrupts
from harness.errors import Interrupted, ResultsError
from harness.results.database import connect
from harness.results.runs import run_ids
from tests.cli.conftest import Harness
from tests.endpoints import Solver, entry
from tests.loopback import Loopback

TASKS = 16
NOISE = re.compile(r"Traceback|\bbug\b|Exception|Error|never retrieved|never awaited|descriptor")
Moment = tuple[float, list[int], float]  # seconds after the start, signals, seconds between them

SUITE = "name: {}\nversion: 1.0.0\ncategory: {}\nlanguage: en\ndescription: x\nlicence: MIT\n"
SUMS = f"""\
- id: sum
  prompt: "What is {{a}} plus {{b}}?"
  grader: {{numeric: {{}}}}
  generator:
    seed: 1
    count: {TASKS}
    parameters: {{a: {{range: [1, 50]}}, b: {{range: [1, 50]}}}}
    answer: a + b
    wrong: ["a - b"]
"""
CODE = "".join(
    f"""\
- id: add{number}
  prompt: "Write a function add that adds {number} to a number."
  grader:
    python: {{signature: "def add(x: int) -> int", cases: [{{args: [1], returns: {number + 1}}}]}}
  reference: |
    def add(x):
        return x + {number}
  wrong: ["def add(x): return x"]
"""
    for number in range(TASKS)
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Path]:
    """A folder with a suite of sums, one of code, and models of all kinds."""
    for name, category, tasks in (("sums", "math", SUMS), ("adding", "code", CODE)):
        folder = tmp_path / "suites" / name
        folder.mkdir(parents=True)
        (folder / "suite.yaml").write_text(SUITE.format(name, category))
        (folder / "tasks.yaml").write_text(tasks)
    with Loopback(Solver(pause=0.05)) as server:
        slow = entry("slow", server).replace("model: m", "model: m, limits: {concurrency: 2}")
        local = "{id: local, engine: llama_cpp, path: 'builtin:demo-xs.gguf'}"
        (tmp_path / "models.yaml").write_text(f"models:\n- {slow}\n- {local}\n")
        yield tmp_path


def catches_signals(process: subprocess.Popen[str]) -> bool:
    """Whether the process has come so far: until then the interpreter itself is starting."""
    with suppress(OSError):
        caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{process.pid}/status").read_text())
        return bool(caught and int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)
    return True


def left_behind(mark: str) -> list[int]:
    """Processes with this mark in their environment that are still there."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"TEST_MARK={mark}".encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def play(folder: Path, arguments: Sequence[str], moment: Moment | None = None) -> tuple[int, str]:
    """Exit code and standard error of a command, which is perhaps interrupted."""
    mark = uuid4().hex
    process = subprocess.Popen(
        [sys.executable, "-m", "harness", *arguments], cwd=folder, env={**os.environ, "TEST_MARK": mark},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        if moment is not None:
            after_s, numbers, gap_s = moment
            while not catches_signals(process):
                time.sleep(0.002)
            time.sleep(after_s)
            for number in numbers:
                process.send_signal(number)
                time.sleep(gap_s)
        _, err = process.communicate(timeout=120)
    finally:
        process.kill()
    end = time.monotonic() + 10
    while (left := left_behind(mark)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left, f"processes {left} are still there"
    assert not NOISE.search(err), err
    assert process.returncode in (0, 130), err
    assert err.count("interrupted") == (process.returncode == 130), err
    return process.returncode, err


def finished(folder: Path) -> int:
    try:
        with connect(folder / "results") as con:
            sql = "SELECT count(*), count(DISTINCT sample_id) FROM results WHERE status = 'ok'"
            ((rows, samples),) = con.execute(sql).fetchall()
    except ResultsError:
        return 0
    assert rows == samples, "no sample is there twice"
    return int(rows)


def interrupt_often(folder: Path, suites: str, models: str, moments: Sequence[Moment]) -> None:
    """Interrupt a run and its resumptions at these moments; then let it end, and count."""
    arguments, before = ["run", "--suite", suites, "--models", models], 0
    for moment in moments:
        code, err = play(folder, arguments, moment)
        runs = run_ids(folder / "results") or [path.name for path in (folder / "results").glob("2*")]
        if "samples to take" in err and code == 130:
            assert f"go on with: harness run --resume {runs[0]}" in err
        after = finished(folder)
        assert after >= before
        before = after
        if runs:
            arguments = ["run", "--resume", runs[0]]
    code, err = play(folder, arguments)
    assert code == 0, err
    assert finished(folder) == TASKS * len(suites.split(",")) * len(models.split(","))


def random_moments(seed: int, count: int) -> list[Moment]:
    rng, signals = random.Random(seed), [signal.SIGINT, signal.SIGTERM]
    return [
        (rng.uniform(0.0, 4.0), rng.choices(signals, k=rng.choice([1, 1, 2, 3])), rng.choice([0, 0.01, 0.2]))
        for _ in range(count)
    ]


def test_a_run_is_interrupted_now_and_then(world: Path) -> None:
    interrupt_often(world, "sums", "slow", [(0.7, [signal.SIGINT, signal.SIGTERM], 0.01)])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_a_run_is_interrupted_sixty_times(world: Path, seed: int) -> None:
    interrupt_often(world, "sums,adding", "slow,local,oracle", random_moments(seed, 5))


@pytest.mark.slow
def test_other_commands_are_interrupted_at_any_moment(world: Path) -> None:
    rows = "".join(f"s,t{number},m{number % 7},{number % 2}\n" for number in range(20_000))
    (world / "many.csv").write_text("suite,task_id,model,passed\n" + rows)
    commands = (
        ["import", "results", "many.csv"], ["report"], ["standings"], ["suites", "check", "sums"],
        ["query", "select count(*) from results"], ["regrade", "--run", "all"], ["models", "check"],
    )  # fmt: skip
    play(world, ["run", "--suite", "sums,adding", "--models", "oracle,nop"])
    rng = random.Random(7)
    for command in commands:
        for _ in range(4):
            moment = rng.uniform(0.0, 2.5), [int(rng.choice([signal.SIGINT, signal.SIGTERM]))], 0.0
            code, err = play(world, command, moment)
            assert code in (0, 130) or "error:" in err
    with connect(world / "results") as con:
        sizes = con.execute(
            "SELECT count(*) FROM results WHERE engine = 'imported' GROUP BY run_id"
        ).fetchall()
    assert all(size == 20_000 for (size,) in sizes), "an import is whole or is not there"


# --- within one process ------------------------------------------------------


def test_a_signal_is_remembered_while_it_must_not_interrupt() -> None:
    done = []
    with interrupts.handled():
        with pytest.raises(Interrupted, match="go on"), interrupts.held("go on"):
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGINT)
            done.append("whole")
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()
    assert done == ["whole"]


def test_a_signal_cancels_what_runs_and_waits_for_its_end() -> None:
    ended = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            ended.append(True)

    with interrupts.handled(), pytest.raises(KeyboardInterrupt):
        interrupts.run(work())
    assert ended == [True]


def test_an_error_that_an_interrupt_caused_is_an_interrupt() -> None:
    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        raise OSError("a descriptor closed twice")

    with interrupts.handled(), pytest.raises(Interrupted):
        interrupts.run(work())


def test_an_interrupt_that_a_destructor_swallows_comes_again() -> None:
    class Careless:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            sum(range(100))

    with interrupts.handled(), pytest.raises(KeyboardInterrupt):
        Careless()
        time.sleep(2)


def test_what_the_system_refuses_is_one_line(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/proc/x")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert harness("run", "--suite", "structured", "--models", "oracle", "--limit", "1").code == 0
    for command, words in (
        ("run --suite structured --models oracle --limit 1 --results /proc/x", "cannot write to /proc/x"),
        ("run --suite structured --models oracle --limit 1 --cache", "the cache /proc/x"),
        ("rules build -o /proc/x/rules.yaml", "No such file or directory; check the path"),
    ):
        done = harness(*command.split())
        assert done.code == 1 and words in done.err.splitlines()[-1] and "bug" not in done.err
    assert "there is no SQL" in harness("query", "").err


@pytest.mark.parametrize(("rest", "code", "words"), [("> /dev/full", 1, "No space left"), (">&-", 0, "")])
def test_an_output_that_takes_nothing(tmp_path: Path, rest: str, code: int, words: str) -> None:
    command = f"{sys.executable} -m harness --version {rest}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, len(done.stderr.splitlines())) == (code, code)
    assert words in done.stderr

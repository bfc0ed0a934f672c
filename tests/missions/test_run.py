"""Running missions: whatever a command does, its end is known, nothing is left behind and nothing lost."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.missions import loading
from harness.missions.attempt import _count, _figure
from harness.results.observations import read_observations
from harness.rules.learning import CallRecords
from harness.suites import load_suite
from tests.cli.conftest import Done, Harness
from tests.cli.conftest import harness as harness
from tests.conftest import TEN_SUMS, WriteSuite
from tests.missions.sample import write_missions

SCRIPT = """\
title: Small
templates:
  work:
    command: [sh, work.sh, "{model}", "{id}"]
    timeout_s: 20
    output_mb: 1
    tokens: 'tokens (\\d+)'
fallbacks: [writer]
last_resort: tiny
phases:
  - name: First
    task_type: code
    template: work
    missions:
"""


class Missions:
    """A missions file whose template runs one script with the model's and the mission's names."""

    def __init__(self, folder: Path, harness: Harness) -> None:
        self.folder, self._harness = folder, harness

    def write(self, script: str, missions: str = "      - {id: 1, name: One}\n", more: str = "") -> Path:
        (self.folder / "work.sh").write_text(script)
        return write_missions(self.folder, SCRIPT + missions + more)

    def run(self, *options: str) -> Done:
        return self._harness("missions", "run", "missions.yaml", *options)

    def report(self, file: str) -> Done:
        return self._harness("missions", "report", file)

    def state(self, mission: str = "1") -> dict[str, Any]:
        state: dict[str, Any] = json.loads((self.folder / f"missions.state/{mission}.json").read_text())
        return state

    def attempts(self, mission: str = "1") -> list[tuple[str, str, str | None]]:
        return [(each["model"], each["result"], each["error"]) for each in self.state(mission)["attempts"]]

    def log(self, mission: str = "1", number: int = 1) -> str:
        return (self.folder / f"missions.state/logs/{mission}-{number}.log").read_text()


@pytest.fixture
def missions(tmp_path: Path, harness: Harness) -> Missions:
    return Missions(tmp_path, harness)


def test_a_stand_in_does_what_the_champion_cannot_and_a_rerun_does_nothing(missions: Missions) -> None:
    missions.write('echo "tokens 7"; test "$1" = writer && echo "done by $1" >> done.txt')
    assert missions.run().code == 0
    assert missions.attempts() == [("coder", "failed", "exit_code"), ("writer", "passed", None)]
    assert missions.run().code == 0
    assert (missions.folder / "done.txt").read_text() == "done by writer\n"
    first, second = read_observations(missions.folder / "results")
    assert (first.model, first.score, first.task_category, first.token_count) == ("coder", 0.0, "code", 7)
    assert (second.model, second.score, second.role) == ("writer", 10.0, "mission")
    records = CallRecords((first, second), second.moment)
    for model, passed in (
        ("coder", 0.0),
        ("writer", 1.0),
    ):  # a mission that failed counts once, as one that did not
        record = records.of("code", model, second.moment)
        assert record is not None and record.failed == 0.0
        assert (record.passed, record.judged) == pytest.approx((passed, 1.0), abs=1e-3)


@pytest.mark.parametrize("printed", ["99999999999999999999", "1" + "0" * 400, "-5", "nan", "inf", "...", ","])
def test_a_figure_of_no_sense_is_none(printed: str) -> None:
    assert _count(r"tokens: (\S+)", f"tokens: 7\ntokens: {printed}") is None
    assert _figure(r"took (\S+)", f"took {printed}", 2.5) == 2.5
    assert _count(r"tokens: (\S+)", "tokens: 1,234.0") == 1234
    assert _count(r"((?:1+)+)$", "1" * 5_000 + "!") is None


def test_when_all_fail_the_next_run_tries_all_again(missions: Missions) -> None:
    missions.write("test -f ready")
    done = missions.run()
    assert (done.code, done.err.count("\nerror: 1 of 1 mission failed with every model: 1;")) == (1, 1)
    assert [model for model, *_ in missions.attempts()] == ["coder", "writer", "tiny"]
    assert missions.report("missions.yaml").code == 0
    report = Path("reports/MISSION_REPORT.md").read_text()
    assert "**1 One:** coder, writer and tiny failed: exited with 1." in report
    (missions.folder / "ready").touch()
    assert missions.run().code == 0
    assert missions.attempts()[3:] == [("coder", "passed", None)]


def test_a_stand_in_is_loaded_once_for_all_that_it_stands_in_for(missions: Missions) -> None:
    three = "".join(f"      - {{id: {number}, name: M{number}}}\n" for number in (1, 2, 3))
    missions.write('echo "$2 $1" >> order.txt; test "$1" = writer', three)
    assert missions.run().code == 0
    order = (missions.folder / "order.txt").read_text().splitlines()
    assert order == ["1 coder", "2 coder", "3 coder", "1 writer", "2 writer", "3 writer"]
    loaded = [each["loaded"] for number in "123" for each in missions.state(number)["attempts"]]
    assert loaded == [True, True, False, False, False, False]


def gone(pid_file: Path) -> bool:
    """Whether the process has ended whose number a command wrote down."""
    pid = int(pid_file.read_text())
    for _ in range(500):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


LEAVES_A_CHILD = "(trap '' HUP TERM; setsid sleep 300 & echo $! > child) >/dev/null 2>&1; "


def test_a_command_that_hangs_is_ended_with_its_children(missions: Missions) -> None:
    missions.write(
        f'test "$1" = writer && exit 0; {LEAVES_A_CHILD} sleep 300',
        "      - {id: 1, name: One, timeout_s: 0.5}\n",
    )
    assert missions.run().code == 0
    assert missions.attempts()[0] == ("coder", "failed", "timeout")
    assert "did not end within 0.5 s" in missions.state()["attempts"][0]["reason"]
    assert gone(missions.folder / "child")


def test_children_left_behind_are_ended_too(missions: Missions) -> None:
    missions.write(f"{LEAVES_A_CHILD} exit 0")
    assert missions.run().code == 0
    assert gone(missions.folder / "child")


@pytest.mark.parametrize("endless", ["yes", "head -c 1000000000 /dev/zero", "yes >&2"])
def test_a_command_that_prints_a_gigabyte_is_ended(missions: Missions, endless: str) -> None:
    missions.write(f'test "$1" = writer && exit 0; {endless}')
    assert missions.run().code == 0
    assert missions.attempts()[0] == ("coder", "failed", "output")
    assert "printed more than 1 MB" in missions.state()["attempts"][0]["reason"]
    assert len(missions.log()) < 1_100_000


@pytest.mark.parametrize(
    ("script", "error", "reason"),
    [
        ("kill -KILL $$", "signal", "was ended by SIGKILL"),
        ("kill -SEGV $$", "signal", "was ended by SIGSEGV"),
        ("echo 'no such crate' >&2; exit 3", "exit_code", "exited with 3: no such crate"),
        ("exec ./nothing", "exit_code", "exited with 127"),
    ],
)
def test_how_a_command_dies_is_told(missions: Missions, script: str, error: str, reason: str) -> None:
    missions.write(f'test "$1" = writer && exit 0; {script}')
    assert missions.run().code == 0
    attempt = missions.state()["attempts"][0]
    assert (attempt["result"], attempt["error"]) == ("failed", error)
    assert attempt["reason"].startswith(reason)


@pytest.mark.parametrize(
    ("script", "assertion", "flaw"),
    [
        ("echo fine", "{contains: good}", "the output does not contain 'good'"),
        ("printf 'a%.0s' $(seq 5000); echo '!'", "{matches: '(a+)+$'}", "the output does not match '(a+)+$'"),
        ("echo 'error 17'", "{lacks: 'error \\d+'}", "the output has 'error 17'"),
        ("true", "{file: 'out/{id}.md'}", "there is no file out/1.md"),
        ("true", "{file: old.md}", "old.md was there before and was not written"),
        ("echo x > new.md", "{file: new.md, matches: y}", "new.md does not match 'y'"),
        ("true", "{command: [sh, -c, 'exit 4']}", "sh exited with 4"),
        ("true", "{command: [no-such-program]}", "there is no program 'no-such-program'"),
        ("head -c 99 /dev/urandom > new.md", "{file: new.md, contains: y}", "not UTF-8 text"),
    ],
)
def test_an_assertion_that_does_not_hold_fails_the_mission(
    missions: Missions, script: str, assertion: str, flaw: str
) -> None:
    (missions.folder / "old.md").write_text("old")
    missions.write(script, f"      - {{id: 1, name: One, assertions: [{assertion}]}}\n")
    assert missions.run().code == 1
    attempt = missions.state()["attempts"][0]
    assert (attempt["result"], attempt["error"]) == ("failed", "assertion")
    assert flaw in attempt["reason"]


def test_assertions_that_hold(missions: Missions) -> None:
    (missions.folder / "old.md").write_text("old")
    held = "{contains: fine}, {file: 'out/{id}.md', matches: '^x$'}, {file: old.md, earlier: true}"
    missions.write(
        "echo fine; mkdir -p out; echo -n x > out/$2.md",
        f"      - {{id: 1, name: One, assertions: [{held}, {{command: ['true']}}]}}\n",
    )
    assert missions.run().code == 0


def test_a_model_that_is_not_valid_is_passed_over_and_says_nothing_to_the_rules(missions: Missions) -> None:
    path = missions.write("true")
    path.write_text(
        path.read_text().replace(
            "    timeout_s", '    validation: [[test, "{model}", =, writer]]\n    timeout_s'
        )
    )
    assert missions.run().code == 0
    assert missions.attempts() == [("coder", "unfit", "validation"), ("writer", "passed", None)]
    assert [call.model for call in read_observations(missions.folder / "results")] == ["writer"]


def test_a_failure_that_a_special_case_knows_goes_to_its_model(missions: Missions) -> None:
    special = "special_cases: [{name: CUDA, printed: 'CUDA|out of memory', model: tiny}]\n"
    missions.write('test "$1" = tiny || { echo "CUDA error 2"; exit 1; }', more=special)
    assert missions.run().code == 0
    assert [model for model, *_ in missions.attempts()] == ["coder", "tiny"]
    missions.write('echo "CUDA error 2"; exit 1', "      - {id: 2, name: Two}\n", special)
    assert missions.run().code == 1
    assert [model for model, *_ in missions.attempts("2")] == ["coder", "tiny", "writer"]


def test_load_and_unload_hold_a_model_for_several_missions(missions: Missions) -> None:
    two = "      - {id: 1, name: One, model: coder}\n      - {id: 2, name: Two, model: writer}\n"
    path = missions.write('echo "run $2" >> said.txt', two + "      - {id: 3, name: Three, model: coder}\n")
    served = """\
    load: [sh, -c, 'echo load $0 >> said.txt', "{model}"]
    unload: [sh, -c, 'echo unload $0 >> said.txt', "{model}"]
    timeout_s"""
    path.write_text(path.read_text().replace("    timeout_s", served))
    assert missions.run().code == 0
    assert (missions.folder / "said.txt").read_text().splitlines() == [
        *("load coder", "run 1", "run 3", "unload coder"), *("load writer", "run 2", "unload writer")
    ]  # fmt: skip
    assert missions.state()["attempts"][0]["load_s"] > 0


def test_a_gate_holds_back_what_follows(missions: Missions) -> None:
    text = """\
      - {id: 1, name: One}
      - {id: 2, name: Two}
    gate: 0.6
  - name: Second
    task_type: code
    template: work
    missions:
      - {id: 3, name: Three}
"""
    missions.write('test "$2" != 2', text)
    done = missions.run()
    assert (done.code, "its gate asks for 60%" in done.err) == (1, True)
    assert not (missions.folder / "missions.state/3.json").exists()
    missions.write("true", text)
    assert missions.run("--changed", "keep").code == 0
    assert missions.state("3")["status"] == "passed"


def test_what_was_edited_since_it_was_done_is_noticed(missions: Missions) -> None:
    brief = missions.folder / "one.md"
    brief.write_text("first")
    one = "      - {id: 1, name: One, file: one.md}\n"
    path = missions.write("echo again >> runs.txt", one)
    assert missions.run().code == 0
    path.write_text(path.read_text().replace("name: One", "name: Another name"))
    assert missions.run().code == 0  # what is run and how it is judged is the same
    brief.write_text("second")
    done = missions.run()
    assert (done.code, "edited since they were done: 1 (file)" in done.err) == (1, True)
    assert missions.run("--changed", "keep").code == 0
    assert missions.run().code == 0
    path.write_text(path.read_text().replace('"{model}", "{id}"', '"{model}", "{name}"'))
    assert "1 (command)" in missions.run().err
    assert missions.run("--changed", "redo").code == 0
    assert (missions.folder / "runs.txt").read_text() == "again\nagain\n"
    path.write_text(path.read_text().replace("id: 1", "id: 2"))
    assert "no longer in the file: 1; what became of them stays in" in missions.run().err
    assert missions.report("missions.yaml").code == 0 and missions.state("1")["status"] == "passed"
    assert "not in this report: mission 1" in Path("reports/MISSION_REPORT.md").read_text()


def test_two_runs_at_once_are_refused(missions: Missions) -> None:
    missions.write("true")
    folder = missions.folder / "missions.state"
    folder.mkdir()
    with (folder / "lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = missions.run()
    assert (done.code, "being run by another process (4711)" in done.err) == (1, True)
    assert missions.run().code == 0


def test_a_mission_that_takes_the_state_away_lets_no_second_run_in(missions: Missions) -> None:
    """Neither while it runs, nor does what came of the missions before get lost."""
    inner = f"{sys.executable} -m harness missions run missions.yaml"
    two = "      - {id: 1, name: One}\n      - {id: 2, name: Two}\n"
    missions.write(f'test "$2" = 2 || exit 0; rm -rf missions.state; {inner} > inner.txt 2>&1; exit 0', two)
    done = missions.run()
    assert (done.code, "missions.state was taken away by a mission" in done.err) == (0, True)
    assert "being run by another process" in (missions.folder / "inner.txt").read_text()
    assert [missions.attempts(mission) for mission in "12"] == [[("coder", "passed", None)]] * 2
    assert missions.run().code == 0 and len(missions.attempts("2")) == 1


@pytest.mark.parametrize("place", ["missions.state", "missions.state/logs", "missions.state/1.json"])
def test_a_mission_that_puts_something_else_in_its_place_ends_the_run(missions: Missions, place: str) -> None:
    other = "mkdir" if place.endswith("json") else "touch"
    missions.write(f"rm -rf {place}; {other} {place}; exit 0")
    done = missions.run()
    assert done.code == 1 and len(done.err.strip().splitlines()[-1]) < 300, done.err
    assert "missions.state" in done.err.strip().splitlines()[-1]


def test_no_secret_of_the_environment_is_kept(missions: Missions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_API_KEY", "very-secret-value")
    missions.write('echo "key $MY_API_KEY"; echo "$MY_API_KEY refused" >&2; exit 1')
    done = missions.run()
    kept = "".join(path.read_text() for path in (missions.folder / "missions.state").rglob("*.*"))
    assert "refused" in kept
    assert "very-secret-value" not in kept + done.err


def test_a_state_that_is_none_is_told(missions: Missions) -> None:
    missions.write("true")
    assert missions.run().code == 0
    (missions.folder / "missions.state/1.json").write_text('{"id": "1", "status": "lost"}')
    done = missions.run()
    assert (done.code, "missions.state/1.json: 'status' must be one of" in done.err) == (1, True)
    (missions.folder / "missions.state/1.json").write_text('{"id": "1", "of_tomorrow": 1}')
    done = missions.run()
    assert (done.code, "unknown key 'of_tomorrow'" in done.err) == (1, True)
    assert "move it away, and the mission starts again" in done.err


def start(folder: Path, file: str) -> subprocess.Popen[bytes]:
    """A run as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "harness", "missions", "run", file],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never happened")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_ended_ends_its_commands_and_goes_on_where_it_was(
    missions: Missions, how: signal.Signals
) -> None:
    two = "      - {id: 1, name: One}\n      - {id: 2, name: Two}\n"
    slow = (
        'echo "$2" >> runs.txt; test "$2" = 1 && exit; test -f fast && exit; echo $$ > child; exec sleep 300'
    )
    missions.write(slow, two)
    process = start(missions.folder, "missions.yaml")
    wait_for(lambda: (missions.folder / "child").exists() and bool((missions.folder / "child").read_text()))
    os.kill(process.pid, how)
    assert process.stderr is not None
    said = process.stderr.read().decode()
    assert process.wait() == (130 if how == signal.SIGINT else -signal.SIGKILL)
    assert gone(missions.folder / "child")
    if how == signal.SIGINT:
        assert "1 of 2 missions are done; go on with: harness missions run missions.yaml" in said
    assert missions.state("2")["attempts"][0]["result"] == "running"
    (missions.folder / "fast").touch()
    assert missions.run().code == 0
    assert (missions.folder / "runs.txt").read_text().split() == ["1", "2", "2"]
    assert [each[1] for each in missions.attempts("2")] == ["interrupted", "passed"]


def test_a_command_may_answer_a_task_of_a_suite(missions: Missions, write_suite: WriteSuite) -> None:
    write_suite(TEN_SUMS)
    task = load_suite(missions.folder / "suites/small").tasks[0].id
    script = """test "$1" = coder && echo 'It is -1' || awk '{ print "It is", $3 + $5 }'; cat "$2" >&2"""
    path = missions.write(
        script, f"      - {{id: 1, name: Sum, suite: small, task: {task}, template: work}}\n"
    )
    text = path.read_text().replace("{id}", "{mission}").replace("    task_type: code\n", "")
    path.write_text(text)
    assert missions.run().code == 0
    assert missions.attempts() == [("writer", "passed", None)]
    assert missions.state()["attempts"][0]["score"] == 1.0
    assert "What is" in missions.log()  # the prompt, as the file that the command was given
    (call,) = read_observations(missions.folder / "results")
    assert (call.task_category, call.score) == ("math", 10.0)
    path.write_text(text.replace("[writer]", "[coder, writer]"))
    assert missions.run().code == 0  # it is done


def test_the_least_that_was_free_of_a_gpu_is_kept(
    missions: Missions, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = iter([8_000_000_000, 3_000_000_000, *[5_000_000_000] * 1000])
    monkeypatch.setattr(loading, "free_gpu_memory", lambda: next(free))
    monkeypatch.setattr(loading, "WATCH_S", 0.01)
    missions.write("sleep 0.2")
    assert missions.run().code == 0
    assert missions.state()["attempts"][0]["free_gpu"] == 3_000_000_000
    assert missions.report("missions.yaml").code == 0
    assert "Of the GPU's memory 3.0 GB were free at least." in Path("reports/MISSION_REPORT.md").read_text()


@pytest.mark.parametrize(
    ("head", "models", "error"),
    [
        ("policy: private\n", "", "private"),
        ("", "matrix: {exclude: [{models: cloud, suites: small}]}\n", "excluded"),
    ],
)
def test_a_task_that_a_model_must_not_get_is_not_put_to_it(
    missions: Missions, write_suite: WriteSuite, head: str, models: str, error: str
) -> None:
    write_suite(TEN_SUMS, head=head)
    task = load_suite(missions.folder / "suites/small").tasks[0].id
    one = f"{{id: 1, name: Sum, suite: small, task: {task}, model: cloud, template: work}}"
    path = missions.write("echo 1 >> ran", f"      - {one}\n")
    path.write_text(path.read_text().replace("    task_type: code\n", "").replace("[writer]", "[cloud]"))
    listed = missions.folder / "models.yaml"
    listed.write_text(listed.read_text() + models)
    missions.run()
    assert missions.attempts()[0] == ("cloud", "unfit", error)


def test_somebody_who_watches_sees_every_step(missions: Missions) -> None:
    path = missions.write('test "$1" = writer')
    path.write_text(path.read_text().replace("    timeout_s", "    validation: [['true']]\n    timeout_s"))
    master, terminal = os.openpty()
    command = [sys.executable, "-m", "harness", "missions", "run", "missions.yaml"]
    done = subprocess.run(command, cwd=missions.folder, stdout=subprocess.DEVNULL, stderr=terminal)
    lines = os.read(master, 65536).decode().splitlines()
    os.close(terminal)
    os.close(master)
    coder = "  1 One: coder (champion"
    assert done.returncode == 0
    assert lines[:4] == [
        *("First: 1 mission", f"{coder}): validating with true", f"{coder}): getting the model ready"),
        f"{coder}): at work, for 20 s at most",
    ]
    assert (
        lines[4].startswith(f"{coder}, loaded) failed in ")
        and "writer (stand-in, loaded) passed" in lines[-1]
    )
    quiet = missions.run("--changed", "redo").err
    assert "at work" not in quiet and "1 done before" in quiet

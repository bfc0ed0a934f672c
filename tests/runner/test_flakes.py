"""How often references fail: counted, bounded, kept beside the suite, and taken up where it ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.runner import flakes
from harness.runner.flakes import FILE, FlakeRate, read_flakes, try_references, upper_bound
from harness.sandbox import open_sandbox
from harness.suites import load_suite
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.projects import write_project


@pytest.mark.parametrize(
    ("flips", "runs", "upper"),
    [(0, 5, 0.451), (0, 20, 0.139), (0, 59, 0.0495), (0, 60, 0.0487), (1, 20, 0.216), (20, 20, 1.0)],
)
def test_the_true_rate_is_bounded(flips: int, runs: int, upper: float) -> None:
    assert upper_bound(flips, runs) == pytest.approx(upper, abs=5e-4)


def test_references_are_tried_and_what_came_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_project(tmp_path)
    suite, sandbox, said = load_suite(folder), open_sandbox("auto"), list[FlakeRate]()
    (rate,) = try_references(suite, sandbox, 3, said.append)
    assert (rate.task, rate.runs, rate.flips, rate.upper) == ("sum", 3, 0, 0.6316) and said == [rate]
    assert rate.cpu_s and rate.compile_s is None
    assert (folder / FILE).read_text().splitlines()[0] == "task,sha256,runs,flips,upper,cpu_s,compile_s"
    assert read_flakes(suite) == {"sum": rate} == read_flakes(load_suite(folder))
    monkeypatch.setattr(flakes, "_tried", lambda *_: pytest.fail("it was tried"))
    assert try_references(suite, sandbox, 2, said.append) == [rate]
    changed = load_suite(write_project(tmp_path, {"hidden/adds.yaml": "another sum: 7\n"}))
    assert read_flakes(changed) == {}


def test_a_reference_that_fails_is_told(tmp_path: Path, harness: Harness) -> None:
    write_project(tmp_path / "suites", {"hidden/adds.yaml": "another sum: 7\n"})
    done = harness("suites", "check", "trees", "--flake", "2")
    assert done.code == 1 and "sum: 2 of 2 runs failed" in done.out
    assert "2 runs of references failed" in done.err


def test_a_suite_is_shown_by_what_its_tasks_are_like(tmp_path: Path, harness: Harness) -> None:
    folder = write_project(tmp_path / "suites")
    before = harness("suites", "list", "trees", "--stats").out
    assert "trees 1.0.0: 1 task" in before and "not measured: harness suites check trees --flake 60" in before
    rate = FlakeRate("sum", load_suite(folder).tasks[0].sha256[:12], 60, 0, 0.0487, 0.25, 1.5)
    flakes._write(load_suite(folder), {"sum": rate})
    lines = [
        " ".join(line.split()) for line in harness("suites", "list", "trees", "--stats").out.splitlines()
    ]
    for line in (
        "difficulty beginner 1", "language python 1", "files 4–4, median 4", "hidden groups 2–2, median 2",
        "hidden checks 3–3, median 3", "visible checks 1–1, median 1",
        "CPU seconds a check 0.25–0.25, median 0.25 (1 task)",
        "seconds to compile 1.50–1.50, median 1.50 (1 task)",
        "references that failed 0 of 60 runs; a task below 4.9%",
    ):  # fmt: skip
        assert line in lines, lines

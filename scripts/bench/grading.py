"""CPU a graded sample, sandboxed, against what people use instead: cargo test, go test, pytest.

The rivals only call the function on the same cases and compare nothing, which favours
them. CPU is that of the whole process tree; what a grading process needs before its first
sample is taken off. The verdict cache is off.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from harness.graders import build_grader
from harness.graders.base import GradingJob
from harness.graders.languages.go.toolchain import go_command
from harness.records import Completion, Task
from harness.runner.grading import grade
from harness.sandbox import open_sandbox
from harness.suites import find_suites, load_suite
from scripts.bench import evalplus

ROUNDS, RIVAL_TASKS = 3, 6
SUITES = {"rust": "rust", "go": "go", "python": "codegen"}
ALONE = {"rust": 12, "go": 12, "python": 70}  # samples graded one at a time, enough to be measured
AIMS = {"rust": (0.25, 0.06), "go": (0.35, 0.12), "python": (0.02, None)}
PR_SET_CHILD_SUBREAPER = 36


def measure() -> dict[str, Any]:
    """Milliseconds of CPU and ratios, by language."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # to be charged for orphans too
    return {"unit": "CPU ms a sample"} | {language: _language(language) for language in SUITES}


def _language(language: str) -> dict[str, Any]:
    alone_aim, batch_aim = AIMS[language]
    rounds = []
    for _ in range(ROUNDS):
        rival = _rival_ms(language)
        measured = {"rival": rival, "alone": _graded_ms(language, "alone", ALONE[language])}
        if batch_aim is not None:
            measured["batched"] = _graded_ms(language, "batched", 40)
        if language == "python" and evalplus.PYTHON:
            measured["evalplus"] = _evalplus_ms()
        rounds.append(measured)
    figures: dict[str, Any] = {name: round(median(r[name] for r in rounds), 2) for name in rounds[0]}
    figures |= {
        "alone_ratio": round(median(r["alone"] / r["rival"] for r in rounds), 4),
        "alone_aim": alone_aim,
    }
    if batch_aim is not None:
        ratios = [r["batched"] / r["rival"] for r in rounds]
        figures |= {"batched_ratio": round(median(ratios), 4), "batched_aim": batch_aim}
    if "evalplus" in figures:
        ratios = [r["alone"] / r["evalplus"] for r in rounds]
        figures |= {"alone_evalplus_ratio": round(median(ratios), 4), "alone_evalplus_aim": 1.0}
    return figures


# --- ours --------------------------------------------------------------------


def _graded_ms(language: str, mode: str, samples: int) -> float:
    run = partial(_worker_cpu_s, language, mode)
    return (run(samples) - run(0)) / samples * 1000


def _worker_cpu_s(language: str, mode: str, samples: int) -> float:
    command = [sys.executable, "-m", "scripts.bench.grading", language, mode, str(samples)]
    return _tree_cpu_s(command, env={**os.environ, "HARNESS_VERDICT_CACHE": "off"})


def _work(language: str, mode: str, samples: int) -> None:
    """In a process of its own: grade ``samples`` answers, one in ten of them wrong when batched."""
    # one at a time the very tasks that the rival gets; together more of them, as answers differ
    tasks = _tasks(language) if mode == "batched" else _rival_tasks(language)
    jobs = []
    for index in range(samples):
        task = tasks[index % len(tasks)]
        wrong = mode == "batched" and index % 10 == 9
        jobs.append(
            GradingJob(
                build_grader(task), task, Completion(output=task.wrong[0] if wrong else task.reference)
            )
        )
    sandbox = open_sandbox("auto")
    for batch in [jobs] if mode == "batched" else [[job] for job in jobs]:
        if batch:
            grade(batch, sandbox)


def _tasks(language: str) -> list[Task]:
    """Tasks that are a table of calls, the easiest to put to the rivals."""
    suite = load_suite(find_suites()[SUITES[language]])
    return [task for task in suite.tasks if "cases" in task.grader.options]


# --- theirs ------------------------------------------------------------------


def _rival_ms(language: str) -> float:
    write, command = RIVALS[language]
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for index, task in enumerate(_rival_tasks(language)):
            place = Path(folder) / f"t{index}"
            place.mkdir()
            write(task, place)
            cpu = _tree_cpu_s(command(), cwd=place, env=os.environ | {"CARGO_NET_OFFLINE": "true"})
            seconds.append(cpu)
    return median(seconds[1:]) * 1000  # the first one warms the rival's caches


def _evalplus_ms() -> float:
    with tempfile.TemporaryDirectory() as folder:
        samples = Path(folder) / "samples.json"
        evalplus.write_samples(_rival_tasks("python"), samples)
        return evalplus.check_ms(samples, ALONE["python"], _tree_cpu_s)


def _rival_tasks(language: str) -> list[Task]:
    return [task for task in _tasks(language) if _is_portable(task, language)][: RIVAL_TASKS + 1]


def _is_portable(task: Task, language: str) -> bool:
    """Whether the calls mean something outside harness, and none of them is meant to fail."""
    if "raises" in str(task.grader.options["cases"]):
        return False
    if language == "rust":  # arguments that the driver's own code would have to make
        return "harness_driver::own" not in build_grader(task).program.driver  # type: ignore[attr-defined]
    return language != "go" or "harnessWire" not in _go_calls(task)


def _write_crate(task: Task, place: Path) -> None:
    driver: str = build_grader(task).program.driver  # type: ignore[attr-defined]
    cases = re.findall(r"^\d+ => \{\n(.*?)::harness_driver", driver, re.DOTALL | re.MULTILINE)
    tests = [f"#[test] fn c{i}() {{ {case} std::hint::black_box(&r); }}" for i, case in enumerate(cases)]
    (place / "Cargo.toml").write_text('[package]\nname = "answer"\nversion = "0.1.0"\nedition = "2021"\n')
    (place / "src").mkdir()
    text = f"{task.reference}\n#[cfg(test)] mod tests {{ {' '.join(tests)} }}\n"
    (place / "src" / "lib.rs").write_text(text)


def _go_calls(task: Task) -> str:
    """The driver's calls, for a function called ``run`` instead of the driver's own."""
    driver: str = build_grader(task).program.driver(None)  # type: ignore[attr-defined]
    lines = re.findall(r"^\tvar candidate .*$|^\tharnessRun\.Case.*$", driver, re.MULTILINE)
    return "\n".join(lines).replace("harnessRun.Case(", "run(")


def _write_module(task: Task, place: Path) -> None:
    code = re.sub(r"^package \w+", "", task.reference, flags=re.MULTILINE)
    test = (
        f"func TestCases(t *testing.T) {{\nrun := func(f func() any) {{ _ = f() }}\n{_go_calls(task)}\n}}\n"
    )
    (place / "go.mod").write_text("module answer\n\ngo 1.24\n")
    (place / "answer.go").write_text(f"package answer\n{code}")
    (place / "answer_test.go").write_text(f'package answer\nimport "testing"\n{test}')


def _write_pytest(task: Task, place: Path) -> None:
    name = re.findall(r"def (\w+)\(", task.grader.options["signature"])[-1]
    calls = [
        f"def test_{i}(): {name}(*{case['args']!r})" for i, case in enumerate(task.grader.options["cases"])
    ]
    (place / "test_answer.py").write_text(task.reference + "\n" + "\n".join(calls) + "\n")


Rival = tuple[Callable[[Task, Path], None], Callable[[], Sequence[str]]]
RIVALS: dict[str, Rival] = {
    "rust": (_write_crate, lambda: ["cargo", "test", "-q"]),
    "go": (_write_module, lambda: [go_command(), "test", "./..."]),
    "python": (_write_pytest, lambda: [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]),
}


def _tree_cpu_s(command: Sequence[str], **options: Any) -> float:
    """CPU seconds of a process and of everything it leaves behind. Fails when the process does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=False, **options)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stdout.decode()[-2000:]}{done.stderr.decode()[-2000:]}")
    while True:  # orphans became our children
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    _work(sys.argv[1], sys.argv[2], int(sys.argv[3]))

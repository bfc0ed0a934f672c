from __future__ import annotations

import threading
import time
from dataclasses import replace

from harness.graders.execution.timing import CEILING_S, FLOOR_S, run_fairly, time_limit
from harness.records import GraderSpec, Task
from harness.sandbox.base import Outcome

DONE = Outcome(0, b"", b"", None, 0.1, 0.1, 9.0)


def task(sha256: str, time_limit: float | None = None) -> Task:
    return Task(
        id="t",
        suite="s",
        suite_version="1",
        messages=(),
        category="c",
        language="python",
        difficulty="beginner",
        role="coder",
        grader=GraderSpec("python"),
        reference="",
        wrong=(),
        sha256=sha256,
        source="t.yaml:1",
        time_limit=time_limit,
    )


def test_ten_times_the_reference_within_floor_and_upper_bound() -> None:
    assert time_limit(task("quick"), "none", lambda limit: 0.001) == FLOOR_S
    assert time_limit(task("slow"), "none", lambda limit: 0.2) == 2.0
    assert time_limit(task("bounded", 1.5), "none", lambda limit: 0.2) == 1.5
    assert time_limit(task("unknown"), "none", lambda limit: None) == CEILING_S


def test_the_reference_runs_once_for_all_threads() -> None:
    calls: list[float] = []

    def measure(limit: float) -> float:
        calls.append(limit)
        time.sleep(0.05)
        return 0.1

    subject = task("threads", 3.0)
    threads = [threading.Thread(target=time_limit, args=(subject, "none", measure)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [3.0]


def test_what_waited_gets_a_second_chance_and_what_computed_does_not() -> None:
    late = replace(DONE, exit_code=None, stopped_by="wall")
    runs: list[float] = []

    def run(outcomes: list[Outcome]) -> Outcome:
        def one(limit: float) -> Outcome:
            runs.append(limit)
            return outcomes.pop(0)

        return run_fairly(one, 0.5)

    assert run([DONE]) == DONE
    assert run([replace(late, cpu_s=0.49)]).stopped_by == "wall"
    assert run([replace(late, cpu_s=0.1), DONE]) == DONE
    assert run([replace(late, cpu_s=0.0), late]).stopped_by == "wall"
    assert runs == [0.5, 0.5, 0.5, 1.0, 0.5, 1.0]

"""How often a task's reference is judged otherwise than it should be: many runs of it, none from a cache.

The reference of a second change is tried like that of a task, on the tree that the first one leaves.

What comes of it lies beside the suite in ``flakes.csv``, a line a task. No flip in n runs does not mean that
there is none: the true rate is below ``1 − .05^(1/n)`` with 95 % confidence (n = 60: .049).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from harness.files import write_atomically
from harness.graders import build_grader, prepare, requirement
from harness.graders.base import Grader, GradingJob, Repeating
from harness.graders.execution import cache
from harness.processors import usable_processors
from harness.records import Completion, Suite, Task
from harness.runner.follow_ups import declared, of_reference
from harness.runner.grading import grade_all
from harness.sandbox.base import Sandbox

FILE = "flakes.csv"
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class FlakeRate:
    """So many ``runs`` of a task's reference, of which ``flips`` did not pass.

    ``sha256`` begins the task's digest: a task that was changed since then was not tried. ``cpu_s`` is what a
    run takes beside compiling, on average, where the grader says so.
    """

    task: str
    sha256: str
    runs: int
    flips: int
    upper: float  # of the true rate, at 95 %
    cpu_s: float | None = None
    compile_s: float | None = None


def upper_bound(flips: int, runs: int) -> float:
    """Where the true rate lies below with 95 % confidence (one-sided Clopper–Pearson)."""
    if flips >= runs:
        return 1.0
    if flips == 0:
        return float(1 - (1 - _CONFIDENCE) ** (1 / runs))
    from scipy.special import betaincinv

    return float(betaincinv(flips + 1, runs - flips, _CONFIDENCE))


def read_flakes(suite: Suite) -> dict[str, FlakeRate]:
    """What is known of the suite's tasks as they are now."""
    path = Path(suite.path) / FILE
    if not path.is_file():
        return {}
    digests = {task.id: task.sha256[:12] for task, _ in _references(suite)}
    rates = [_rate(line) for line in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))]
    return {rate.task: rate for rate in rates if digests.get(rate.task) == rate.sha256}


def try_references(
    suite: Suite, sandbox: Sandbox | None, runs: int, judged: Callable[[FlakeRate], None]
) -> list[FlakeRate]:
    """Judge the reference of each task ``runs`` times, and write the file after each.

    Tasks that have as many runs already are left alone, so that this goes on where it ended. Raises
    ``SandboxUnavailable`` where a compiler is missing.
    """
    earlier = read_flakes(suite)
    references = list(_references(suite))
    todo = [
        (task, grader) for task, grader in references
        if task.skip is None and (task.id not in earlier or earlier[task.id].runs < runs)
    ]  # fmt: skip
    for required in sorted({requirement(task.grader) for task, grader in todo if grader.executes}):
        prepare(required)
    with cache.switched_off(), ThreadPoolExecutor(usable_processors(), "flakes") as pool:
        for future in as_completed([pool.submit(_tried, *of, sandbox, runs) for of in todo]):
            rate = future.result()
            earlier[rate.task] = rate
            _write(suite, earlier)
            judged(rate)
    return [earlier[task.id] for task, _ in references if task.id in earlier]


def _references(suite: Suite) -> Iterator[tuple[Task, Grader]]:
    """What has a reference: the tasks, and the second changes of those that have one."""
    for task in suite.tasks:
        yield task, build_grader(task)
        if declared(task):
            yield of_reference(task)


def _tried(task: Task, grader: Grader, sandbox: Sandbox | None, runs: int) -> FlakeRate:
    answer = Completion(output=task.reference)
    if isinstance(grader, Repeating) and sandbox is not None:
        verdicts = list(grader.reruns(task, answer, sandbox, runs))
    else:
        verdicts = grade_all([GradingJob(grader, task, answer)] * runs, sandbox)
    flips = sum(not verdict.passed for verdict in verdicts)
    metrics = [verdict.metrics for verdict in verdicts]
    cpu = [one["cpu_s"] for one in metrics if one.get("cpu_s") is not None]
    compiling = metrics[0].get("compile_s")
    return FlakeRate(
        task.id,
        task.sha256[:12],
        runs,
        flips,
        round(upper_bound(flips, runs), 4),
        round(sum(cpu) / len(cpu), 3) if cpu else None,
        None if compiling is None else round(compiling, 2),
    )


def _write(suite: Suite, rates: dict[str, FlakeRate]) -> None:
    text = io.StringIO()
    lines = csv.DictWriter(text, [field.name for field in fields(FlakeRate)], lineterminator="\n")
    lines.writeheader()
    lines.writerows(asdict(rates[name]) for name in sorted(rates))
    write_atomically(Path(suite.path) / FILE, text.getvalue())


def _rate(line: dict[str, str]) -> FlakeRate:
    cpu_s, compile_s = (float(line[name]) if line.get(name) else None for name in ("cpu_s", "compile_s"))
    return FlakeRate(
        line["task"], line["sha256"], int(line["runs"]), int(line["flips"]), float(line["upper"]),
        cpu_s, compile_s,
    )  # fmt: skip

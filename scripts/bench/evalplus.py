"""What EvalPlus's checker, which confines nothing, takes for the Python samples of the grading bench.

It is measured where ``EVALPLUS_PYTHON`` names an interpreter that has it:
``pip install --no-deps evalplus && pip install numpy psutil wget tempdir appdirs multipledispatch``.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the other interpreter has no harness
    from harness.records import Task

PYTHON = os.environ.get("EVALPLUS_PYTHON")


def write_samples(tasks: Sequence[Task], path: Path) -> None:
    """References with the same cases, as the checker wants them."""
    samples = [
        {
            "code": task.reference,
            "entry_point": re.findall(r"def (\w+)\(", task.grader.options["signature"])[-1],
            "inputs": [case["args"] for case in task.grader.options["cases"]],
            "expected": [case["returns"] for case in task.grader.options["cases"]],
        }
        for task in tasks
    ]
    path.write_text(json.dumps(samples))


def check_ms(path: Path, count: int, cpu_s: Callable[[Sequence[str]], float]) -> float:
    """CPU milliseconds a sample; what the interpreter needs before its first one is taken off."""
    assert PYTHON is not None

    def run(samples: int) -> float:
        return cpu_s([PYTHON, "-P", __file__, str(path), str(samples)])

    return (run(count) - run(0)) / count * 1000


def _check(path: Path, count: int) -> None:
    from evalplus.eval import untrusted_check  # type: ignore[import-not-found]

    samples = json.loads(path.read_text())
    for index in range(count):
        sample = samples[index % len(samples)]
        limits = [1.0] * len(sample["inputs"])
        verdict, _ = untrusted_check("humaneval", **sample, atol=0, ref_time=limits)
        if verdict == "timeout":  # "fail" may be, and takes no less: JSON has lists for tuples
            sys.exit(f"{sample['entry_point']}: {verdict}")


if __name__ == "__main__":
    _check(Path(sys.argv[1]), int(sys.argv[2]))

"""What a suite's tasks are like, all together: counts of kinds, and the spread of sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from harness.graders import build_grader
from harness.graders.checkgroups import CheckGroup
from harness.graders.project import ProjectGrader
from harness.records import Suite
from harness.runner.flakes import read_flakes
from harness.words import counted

_KINDS = ("difficulty", "language", "category", "role")
_CHARACTERS = 4  # a token


def spread(suite: Suite) -> Iterator[tuple[str, str]]:
    """What is counted, and how it is spread: ``difficulty``, ``beginner 10, intermediate 10``."""
    for kind in _KINDS:
        of_kind = Counter(getattr(task, kind) for task in suite.tasks)
        yield kind, ", ".join(f"{value} {count}" for value, count in of_kind.most_common())
    prompts = [task.size for task in suite.tasks]
    yield "prompt tokens, about", _between([size / _CHARACTERS for size in prompts])
    projects = [one for one in map(build_grader, suite.tasks) if isinstance(one, ProjectGrader)]
    if projects:
        yield "files", _between([len(project.tree) for project in projects])
        yield "hidden groups", _between([len(project.hidden) for project in projects])
        yield "hidden checks", _between([_checks(project.hidden) for project in projects])
        yield "visible checks", _between([_checks(project.visible) for project in projects])
    rates = list(read_flakes(suite).values())
    if not rates:
        yield "seconds, flake rates", f"not measured: harness suites check {suite.name} --flake 60"
        return
    of = f" ({counted(len(rates), 'task')})"
    yield "CPU seconds a check", _between([rate.cpu_s for rate in rates if rate.cpu_s is not None], 2) + of
    compiled = [rate.compile_s for rate in rates if rate.compile_s is not None]
    if compiled:
        yield "seconds to compile", _between(compiled, 2) + f" ({counted(len(compiled), 'task')})"
    runs, flips = sum(rate.runs for rate in rates), sum(rate.flips for rate in rates)
    highest = max(rate.upper for rate in rates)
    yield "references that failed", f"{flips} of {counted(runs, 'run')}; a task below {highest:.1%}"


def _checks(groups: Mapping[str, CheckGroup]) -> int:
    return sum(len(group.expect) for group in groups.values())


def _between(sizes: Sequence[float], digits: int = 0) -> str:
    """``4–12, median 6``."""
    if not sizes:
        return "unknown"
    least, middle, most = (f"{size:,.{digits}f}" for size in (min(sizes), median(sizes), max(sizes)))
    return f"{least}–{most}, median {middle}"

"""What this machine can do, and whether any other can do more: a worker leaves to others what it cannot."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from harness.engines.local.placing import plan as memory_plan
from harness.errors import ModelUnavailable
from harness.graders import build_grader, requirement
from harness.jsontext import parse
from harness.models.enginekinds import kind_of
from harness.models.model_files import find_file
from harness.records import ModelSpec
from harness.results.objects import Objects
from harness.runner.grading import obstacles
from harness.runner.plan import RunPlan
from harness.sandbox.base import Sandbox
from harness.workers.items import Item

FOLDER = "_abilities"


def suite_needs(plan: RunPlan) -> dict[str, frozenset[str]]:
    """What judging takes, by suite: graders that run code, and the languages that they run."""
    return {
        suite.name: frozenset(
            requirement(task.grader)
            for task in suite.tasks
            if task.skip is None and build_grader(task).executes
        )
        for suite in plan.suites
    }


def shortcomings(plan: RunPlan, sandbox: Sandbox | None, *, local: bool) -> frozenset[str]:
    """What a run needs, and this machine has not: toolchains, a sandbox, models and the memory for them."""
    needed = frozenset[str]().union(*suite_needs(plan).values())
    missing = set(obstacles(needed, sandbox))
    missing |= {
        _name(spec) for spec in plan.models if kind_of(spec.engine).loads and not (local and _fits(spec))
    }
    return frozenset(missing)


def _name(spec: ModelSpec) -> str:
    return f"model {spec.id}"


def _fits(spec: ModelSpec) -> bool:
    """Whether a model's file is here, or can be fetched, and memory for it."""
    if kind_of(spec.engine).routes:
        return True
    try:
        path = find_file(spec, download=False)
        return path is None or memory_plan(spec, path).fits
    except ModelUnavailable:
        return False


@dataclass(slots=True)
class Abilities:
    """Which items a worker takes. ``start`` counts how often the run was begun or gone on with."""

    objects: Objects
    start: int
    places: int
    needs: Mapping[str, frozenset[str]]  # by suite
    lacks: frozenset[str]
    _everybody: list[frozenset[str]] = field(
        default_factory=list
    )  # what each worker lacks, once all are there

    def tell(self, worker: str) -> None:
        """Let others know."""
        content = json.dumps(sorted(self.lacks)).encode()
        self.objects.put(f"{FOLDER}/{self.start}/{worker}.json", content)

    def refresh(self) -> None:
        """See what the others lack, if as many have come as are to come."""
        listed = list(self.objects.list(f"{FOLDER}/{self.start}"))
        if not self._everybody and len(listed) >= self.places:
            stored = [self.objects.get(one.name) for one in listed]
            self._everybody = [frozenset(parse(one.content)) for one in stored if one]

    def can(self, spec: ModelSpec, item: Item) -> bool:
        """Whether it is to be taken here; so is what nobody is able to do, for its rows to say why."""
        needed = self.needs.get(item.suite, frozenset()) | {_name(spec)}
        return not needed & self.lacks or (
            bool(self._everybody) and all(needed & lacks for lacks in self._everybody)
        )

    def missing(self, items: Iterable[Item]) -> list[str]:
        """What would have to be here for these items to be taken."""
        needed = frozenset[str]().union(
            *(self.needs.get(item.suite, frozenset()) | {f"model {item.model}"} for item in items)
        )
        return sorted(needed & self.lacks)

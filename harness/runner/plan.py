"""What a run is going to do, and its manifest: enough to resume it and to repeat it."""

from __future__ import annotations

import secrets
from collections.abc import Container, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness import __version__
from harness.errors import warn
from harness.models.config import Config, Pairs, find_config, load_config
from harness.models.enginekinds import kind_of
from harness.records import ModelSpec, Suite, WorkItem
from harness.runner.formats import Format
from harness.runner.machine import describe_machine, git_sha, host, versions
from harness.runner.residents import AtOnce
from harness.runner.rows import Provenance
from harness.runner.windows import TooLong, too_long
from harness.solvers.base import COST_LIMIT, TRIES, AskedFormat, SolverName, Steps, Way, put_suite
from harness.suites import choose_suites, find_suites, load_suite
from harness.suites.matrix import task_order, work_items
from harness.words import listed


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user asked for, as it stands in the manifest and as ``--resume`` reads it again."""

    suites: str
    models: str
    limit: int | None
    repeats: int
    seed: int
    budget_usd: float | None = None
    speed_lane: bool = False
    format: Format = "full"
    local_at_once: AtOnce = "auto"  # local models side by side
    solver: SolverName = "single"
    tries: int = TRIES
    edit_format: AskedFormat = "auto"
    minutes: float | None = None  # a budget of time, for each start of the run
    cost_limit: float = COST_LIMIT  # USD of a sample
    allow_remote: bool = False  # private suites too may be sent to other machines
    steps: Steps = "chained"  # of orchestrations
    follow_up: bool = True  # second changes are asked of who passes

    @property
    def way(self) -> Way:
        """How tasks with a tree, and those of many steps, are put to models."""
        follow_up = self.follow_up and not self.speed_lane
        return Way(self.solver, self.tries, self.edit_format, self.cost_limit, self.steps, follow_up)


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A selection with the records behind it."""

    selection: Selection
    config: Config
    suites: tuple[Suite, ...]
    models: tuple[ModelSpec, ...]
    too_long: TooLong = field(default_factory=dict)

    def items(
        self, models: Sequence[ModelSpec] | None = None, done: Container[str] = ()
    ) -> Iterator[WorkItem]:
        """The work items of ``models`` (default: all) that are not ``done``, made as they are needed.

        In the speed lane all tasks come before any comes again: a prompt that was just computed
        is computed faster.
        """
        chosen = self.selection
        rounds = range(chosen.repeats) if chosen.speed_lane else [None]
        for repeat in rounds:
            for item in work_items(
                self.config, models or self.models, self.suites,
                limit=chosen.limit, repeats=chosen.repeats, seed=chosen.seed, done=done,
                too_long=self.too_long,
            ):  # fmt: skip
                if repeat is None or item.repeat == repeat:
                    yield item

    @property
    def size(self) -> int:
        """How many samples the plan holds, excluded ones included."""
        limit = self.selection.limit
        tasks = sum(len(suite.tasks[:limit]) for suite in self.suites)
        return tasks * len(self.models) * self.selection.repeats


def plan_of(selection: Selection, config: Path | None) -> RunPlan:
    """The suites and models that a selection names, by a models file (default: the nearest).

    Raises ``ConfigError`` and ``UnknownName``.
    """
    loaded = load_config(find_config(config)).with_rules_files(selection.models)
    folders = find_suites()
    loaded_suites = [load_suite(folders[name]) for name in choose_suites(selection.suites, folders)]
    suites = tuple(put_suite(suite, selection.way) for suite in loaded_suites)
    models = tuple(loaded.choose_models(selection.models))
    if not selection.allow_remote:
        loaded = replace(loaded, exclude=(*loaded.exclude, *_kept_private(suites, models)))
    asked = [task for suite in suites for task in task_order(suite)[: selection.limit]]
    return RunPlan(selection, loaded, suites, models, too_long(models, asked, selection.way))


def _kept_private(suites: Sequence[Suite], models: Sequence[ModelSpec]) -> list[Pairs]:
    """Private suites with the models that would send them to other machines, which is said."""
    private = [suite.name for suite in suites if suite.policy == "private"]
    remote = [spec.id for spec in models if kind_of(spec.engine).sends(spec)] if private else []
    if remote:
        warn(
            f"{listed(private)}: private, so not sent to other machines: {listed(remote, 5)} not asked; "
            "--allow-remote asks them"
        )
    reason = "the suite is private, and this model is not on this machine; --allow-remote"
    return [Pairs(model, ",".join(private), reason) for model in remote]


def new_run_id(now: datetime) -> str:
    """A name that sorts by time: ``20261120-183412-3f9a``."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def new_manifest(plan: RunPlan, run_id: str, sandbox: str | None) -> dict[str, Any]:
    """What was run, with what, where and when. Model entries hold no secret: keys are named, not stored."""
    return {
        "run_id": run_id,
        "status": "running",
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "finished_at": None,
        "selection": asdict(plan.selection),
        "config": str(plan.config.path),
        "suites": {
            suite.name: {"version": suite.version, "tasks": len(suite.tasks)} for suite in plan.suites
        },
        "models": [_without_secrets(asdict(spec)) for spec in plan.models],
        "sandbox": sandbox,
        "harness_version": __version__,
        "git_sha": git_sha(),
        "versions": versions(),
        "machine": describe_machine(),
    }


def _without_secrets(spec: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in spec.items() if value not in (None, (), {}, False)}


def provenance(manifest: dict[str, Any]) -> Provenance:
    """The columns that every row of the run shares."""
    machine = manifest["machine"]
    return Provenance(
        run_id=manifest["run_id"],
        harness_version=manifest["harness_version"],
        git_sha=manifest["git_sha"],
        host=host(machine),
        gpu=machine["gpu"],
    )

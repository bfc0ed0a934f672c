"""Suites × models → work items with stable ids. Pure: the same input gives the same items."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from types import MappingProxyType

from harness.models.config import Config, Pairs
from harness.models.enginekinds import sees
from harness.records import ModelSpec, Skip, Suite, Task, WorkItem

TOO_LONG = "too_long"  # error_type of samples that do not fit into a model's window
_BLIND = (
    "the task has images, and the model sees none (in models.yaml: `mmproj` of a local model, or `vision`)"
)


def work_items(
    config: Config,
    models: Sequence[ModelSpec],
    suites: Sequence[Suite],
    *,
    limit: int | None = None,
    repeats: int = 1,
    seed: int = 0,
    done: Container[str] = (),
    too_long: Mapping[str, Mapping[tuple[str, str], str]] = MappingProxyType({}),
) -> Iterator[WorkItem]:
    """All samples of a run, grouped by model and then by suite, so that a model is loaded once.

    ``done`` holds the ids of those to leave out. ``limit`` takes the first tasks of ``task_order``:
    the same ones for every model. ``too_long`` says, by model, which tasks do not fit into its window, and why.
    """
    ordered = [(suite, [(task, _half_id(task)) for task in _asked(suite, limit)]) for suite in suites]
    for model in models:
        model_half = _half_id_of_model(model)
        no_room = too_long.get(model.id, {})
        for suite, tasks in ordered:
            excluded = exclusion(config, model.id, suite.name)
            blind = any(task.images for task in suite.tasks) and not sees(model)
            for task, half in tasks:
                unseen = blind and bool(task.images or task.control)
                skip = _skip(excluded, task, unseen, no_room)
                for repeat in range(repeats):
                    sample = _digest(half, model_half, repeat, seed + repeat)
                    if sample not in done:
                        yield WorkItem(sample, model, task, repeat, seed + repeat, skip)


def _asked(suite: Suite, limit: int | None) -> list[Task]:
    """The first tasks in their order; those of one load together, the least load first."""
    return sorted(task_order(suite)[:limit], key=lambda task: task.concurrency or 0)


def _skip(
    excluded: str | None, task: Task, unseen: bool, no_room: Mapping[tuple[str, str], str]
) -> Skip | None:
    if excluded is not None or unseen:
        return Skip("excluded", excluded or _BLIND)
    if task.skip is not None:
        return Skip("not_runnable", task.skip)
    reason = no_room.get((task.suite, task.id))
    return None if reason is None else Skip(TOO_LONG, reason)


def task_order(suite: Suite) -> list[Task]:
    """The tasks so that every beginning of the list is a fair sample: categories in turn, each shuffled."""
    strata: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in suite.tasks:
        strata[task.category, task.difficulty].append(task)
    placed: list[tuple[float, str, Task]] = []
    for stratum in strata.values():
        stratum.sort(key=lambda task: hashlib.sha256(task.id.encode()).digest())
        # the k-th of n tasks stands at (k + 1/2) / n of the way, so each stratum is spread evenly
        placed += [((k + 0.5) / len(stratum), task.id, task) for k, task in enumerate(stratum)]
    return [task for _, _, task in sorted(placed, key=lambda entry: entry[:2])]


def sample_id(model: ModelSpec, task: Task, repeat: int, seed: int) -> str:
    """16 hex digits that stay the same as long as the question and the model do."""
    return _digest(_half_id(task), _half_id_of_model(model), repeat, seed)


def _half_id(task: Task) -> str:
    """What of a sample's identity is the task's. In halves, since a million ids are wanted in seconds."""
    return json.dumps([task.suite, task.suite_version, task.id, task.sha256])[1:-1]


def _half_id_of_model(model: ModelSpec) -> str:
    return json.dumps([model.id, dict(model.params)], sort_keys=True, default=str)[1:-1]


def _digest(task_half: str, model_half: str, repeat: int, seed: int) -> str:
    text = f"[{task_half}, {model_half}, {repeat}, {seed}]"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def exclusion(config: Config, model: str, suite: str) -> str | None:
    """Why the pair is crossed out in ``models.yaml``, or ``None`` when it runs. Baselines always run."""
    if config.models[model].baseline:
        return None
    if config.include and not any(_covers(config, pairs, model, suite) for pairs in config.include):
        return "not among the pairs that matrix.include names"
    for pairs in config.exclude:
        if _covers(config, pairs, model, suite):
            return pairs.reason
    return None


def _covers(config: Config, pairs: Pairs, model: str, suite: str) -> bool:
    """Suites are matched by name or glob: a suite that this run leaves out is no error here."""
    suites = [part.strip() for part in pairs.suites.split(",")]
    return any(part == "all" or fnmatchcase(suite, part) for part in suites) and any(
        spec.id == model for spec in config.choose_models(pairs.models)
    )

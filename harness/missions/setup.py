"""What a missions file stands on: the models, the rules, and the tasks that some missions are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.errors import ConfigError, ModelUnavailable
from harness.missions.definition import Mission, MissionFile
from harness.missions.file import load_missions
from harness.models.config import Config, find_config, load_config
from harness.models.enginekinds import kind_of
from harness.models.model_files import find_file
from harness.names import nearest
from harness.paths import resolve
from harness.records import ModelSpec, Suite, Task
from harness.rules.file import load_rules
from harness.rules.ruleset import RuleSet
from harness.suites import find_suites, load_suite


@dataclass(frozen=True, slots=True)
class Setup:
    """A missions file with what it names. ``tasks`` are those of missions that are tasks, by mission."""

    file: MissionFile
    config: Config
    rules: RuleSet | None
    suites: Mapping[str, Suite]
    tasks: Mapping[str, Task]

    def spec(self, model: str) -> ModelSpec:
        """A model of models.yaml, which has it: names were checked."""
        return self.config.models[model]

    def task_type(self, mission: Mission) -> str | None:
        """What rules know a mission as; ``None`` where only its pin says who gets it."""
        task = self.tasks.get(mission.id)
        return mission.task_type if task is None else task.task_type or task.suite

    def path_of(self, model: str) -> Path | None:
        """The file of a model, where it has one and it is here."""
        spec = self.spec(model)
        if not kind_of(spec.engine).loads:
            return None
        try:
            return find_file(spec, download=False)
        except ModelUnavailable:
            return None


def open_setup(path: Path, rules: Path | None = None, config: Path | None = None) -> Setup:
    """Read a missions file and what it names; ``rules`` and ``config`` go before the files that it names.

    Raises ``ConfigError`` naming file, line and key.
    """
    file = load_missions(path)
    named_rules = rules or (resolve(file.rules, path) if file.rules else None)
    named_config = config or (resolve(file.models, path) if file.models else None)
    loaded = load_config(find_config(named_config))
    _check_models(file, loaded)
    suites = _suites(file)
    return Setup(
        file, loaded, None if named_rules is None else load_rules(named_rules), suites, _tasks(file, suites)
    )


def _check_models(file: MissionFile, config: Config) -> None:
    """Every model that the file names is one of models.yaml."""
    models = [spec.id for spec in config.models.values() if not spec.baseline]
    named = list(file.named)
    for mission in file.missions:
        of_mission = (*([mission.model] if mission.model else []), *mission.fallbacks)
        named += [(model, file.places[mission.id]) for model in of_mission]
    for model, where in named:
        if model not in models:
            raise ConfigError(
                f"{where}: there is no model {model!r} in {config.path}{nearest(model, models)}"
            )


def _suites(file: MissionFile) -> dict[str, Suite]:
    folders, suites = find_suites(), dict[str, Suite]()
    for mission in file.missions:
        if mission.suite is not None and mission.suite not in suites:
            if mission.suite not in folders:
                raise ConfigError(
                    f"{file.places[mission.id]}: there is no suite {mission.suite!r}"
                    f"{nearest(mission.suite, folders)}"
                )
            suites[mission.suite] = load_suite(folders[mission.suite])
    return suites


def _tasks(file: MissionFile, suites: Mapping[str, Suite]) -> dict[str, Task]:
    tasks = {}
    for mission in file.missions:
        if mission.suite is None or mission.task is None:
            continue
        by_id = {task.id: task for task in suites[mission.suite].tasks}
        if mission.task not in by_id:
            raise ConfigError(
                f"{file.places[mission.id]}: the suite {mission.suite} has no task {mission.task!r}"
                f"{nearest(mission.task, by_id)}"
            )
        tasks[mission.id] = by_id[mission.task]
    return tasks

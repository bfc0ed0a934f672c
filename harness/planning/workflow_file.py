"""``workflow.yaml``: the calls of an orchestration, and who waits for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

from harness.errors import ConfigError
from harness.fieldtypes import Between
from harness.filesections import FileSection, expect_section, read_record
from harness.names import nearest
from harness.records import check_name
from harness.rules.ruleset import RuleSet
from harness.yamlfile import read_yaml

Tokens = Annotated[int | None, Between(1, 1e8)]
Usd = Annotated[float | None, Between(0, 1e6)]
Seconds = Annotated[float | None, Between(0, 1e8)]


@dataclass(frozen=True, slots=True)
class WorkflowRole:
    """``count`` calls of one kind, after all calls of the roles that it ``needs``.

    ``prompt`` and ``max_tokens`` are tokens of a call. ``model`` is used whatever the rules say.
    """

    name: Annotated[str, check_name]
    count: Annotated[int, Between(1, 1_000_000)] = 1
    task: str | None = None  # the task type that rules know
    needs: tuple[str, ...] = ()
    prompt: Tokens = None
    max_tokens: Tokens = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class SingleCall:
    """The whole work in one call."""

    task: str | None = None
    prompt: Tokens = None
    max_tokens: Tokens = None
    model: str | None = None  # by default the baseline


@dataclass(frozen=True, slots=True)
class GivenFigures:
    """What somebody says of a model, which no measurement contradicts: a call's price and time."""

    usd_per_call: Usd = None
    seconds: Seconds = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """The whole file. ``baseline`` is the one model for all; ``at_once`` calls of a role run side by side.

    ``claimed_usd`` and ``claimed_saving`` are what a plan made by hand says of the cost.
    """

    roles: tuple[WorkflowRole, ...]
    baseline: str | None = None
    single: SingleCall | None = None
    at_once: Annotated[int | None, Between(1, 1_000_000)] = None
    models: Mapping[str, GivenFigures] = field(default_factory=dict)
    claimed_usd: Usd = None
    claimed_saving: Annotated[float | None, Between(-10, 1)] = None

    def ordered(self) -> list[WorkflowRole]:
        """The roles, each after those that it needs."""
        by_name = {role.name: role for role in self.roles}
        order = TopologicalSorter({role.name: role.needs for role in self.roles}).static_order()
        return [by_name[name] for name in order]


def load_workflow(path: Path, rules: RuleSet | None) -> Workflow:
    """Read ``workflow.yaml``. Raises ``ConfigError`` naming file, line and key, circles of needs included."""
    root = expect_section(read_yaml(path), f"{path}:1", "a workflow")
    workflow = read_record(Workflow, root, "a workflow")
    if not workflow.roles:
        raise ConfigError(f"{root.where('roles')}: 'roles' is empty; name the calls")
    sections: Sequence[FileSection] = root["roles"]
    names = [role.name for role in workflow.roles]
    for index, (role, section) in enumerate(zip(workflow.roles, sections, strict=True)):
        if role.name in names[:index]:
            raise ConfigError(f"{section.where('name')}: the role {role.name!r} is there twice; keep one")
        for need in role.needs:
            if need not in names:
                raise ConfigError(
                    f"{section.where('needs')}: there is no role {need!r}{nearest(need, names)}"
                )
        if not (role.model or role.task):
            raise ConfigError(f"{section.where()}: the role {role.name!r} needs a 'task' or a 'model'")
        _check(role.task if not role.model else None, role.model, section, workflow, rules)
    if circle := _circle(workflow.roles):
        section = sections[names.index(circle[0])]
        raise ConfigError(
            f"{section.where('needs')}: roles wait for each other: {' → '.join(circle)}; cut one"
        )
    if workflow.single:
        _check(None, workflow.single.model, root["single"], workflow, rules)
    _check(None, workflow.baseline, root, workflow, rules, "baseline")
    return workflow


def _check(
    task: str | None,
    model: str | None,
    section: FileSection,
    workflow: Workflow,
    rules: RuleSet | None,
    key: str = "model",
) -> None:
    """Refuse task types without a rule, and models of whom neither rules nor the file say anything."""
    models = {*workflow.models, *(routed.id for routed in (rules.models if rules else ()))}
    if model and model not in models:
        raise ConfigError(
            f"{section.where(key)}: neither the rules nor 'models' know {model!r}{nearest(model, models)}"
        )
    types = {rule.task_type for rule in (rules.rules if rules else ())}
    if task and task not in types and "*" not in types:
        hint = nearest(task, types) or "; name a rules file with --rules, or a 'model'"
        raise ConfigError(f"{section.where('task')}: there is no rule for {task!r}{hint}")


def _circle(roles: Sequence[WorkflowRole]) -> list[str]:
    """Roles of which each needs the next, and the last the first; none where there is no such circle."""
    try:
        TopologicalSorter({role.name: role.needs for role in roles}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []

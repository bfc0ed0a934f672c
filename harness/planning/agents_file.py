"""``agents.yaml``: the roles of agents, and the memory that their models share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from harness.engines.local.footprint import BITS, KvType
from harness.errors import ConfigError, UnknownName
from harness.fieldtypes import Between
from harness.filesections import FileSection, expect_section, read_record
from harness.models.config import Config
from harness.models.enginekinds import is_hosted
from harness.names import nearest
from harness.planning.memory import MODELS, ModelParameters, find_parameters
from harness.records import ModelSpec, check_name
from harness.yamlfile import read_yaml

Tokens = Annotated[int, Between(1, 1e8)]
Slots = Annotated[int, Between(1, 1024)]
RoleName = Annotated[str, check_name]


@dataclass(frozen=True, slots=True)
class Role:
    """What an agent needs: work of a task type (or of one suite), so many contexts of so many tokens.

    ``model``, ``quantization`` and ``claimed_gb`` are what a plan made by hand gave it. ``cloud`` is who may
    answer instead, unless ``privacy`` is ``local``.
    """

    name: RoleName
    weight: Annotated[float, Between(0.001, 1000)] = 1.0
    task_type: str | None = None
    suite: str | None = None
    context: Tokens = 8192
    min_context: Tokens = 2048  # below which it is of no use
    slots: Slots = 1
    privacy: Literal["any", "local"] = "any"
    cloud: str | None = None
    model: str | None = None
    quantization: str | None = None
    claimed_gb: Annotated[float | None, Between(0, 1e6)] = None

    @property
    def work(self) -> str:
        """What it is measured by, in words; empty where nothing is named."""
        return f"suite {self.suite}" if self.suite else f"{self.task_type} tasks" if self.task_type else ""


@dataclass(frozen=True, slots=True)
class AgentsFile:
    """The whole file. ``memory_gb`` is that of the device; ``free`` is what is free there now.

    ``quality_per_usd`` lets hosted models compete: a dollar a task counts as so much quality. Without it they
    are asked only where no local model has room. ``models`` describe files that are not here.
    """

    roles: tuple[Role, ...]
    memory_gb: Annotated[float, Between(0.01, 1e6)] | Literal["free"] = "free"
    device: Literal["gpu", "cpu"] = "gpu"
    candidates: str = "all"  # of models.yaml, chosen as on the command line
    kv: KvType = "f16"
    server_slots: Slots = 8  # of one server; more roles or slots need another one
    servers: Annotated[int, Between(1, 64)] = 4  # of one model, at most
    quality_per_usd: Annotated[float | None, Between(0, 1e6)] = None
    models: Mapping[str, ModelParameters] = field(default_factory=dict)

    @property
    def parameters(self) -> Mapping[str, ModelParameters]:
        """Of all models whose files need not be here; the file's own come first."""
        return {**MODELS, **self.models}


def load_agents(
    path: Path, config: Config, task_types: Collection[str], suites: Collection[str]
) -> AgentsFile:
    """Read ``agents.yaml``. Raises ``ConfigError`` naming file, line and key.

    Models that it names must be in ``config`` or in a table of models; task types and suites must exist.
    """
    specs = config.models
    root = expect_section(read_yaml(path), f"{path}:1", "a file of agents")
    agents = read_record(AgentsFile, root, "a file of agents")
    if not agents.roles:
        raise ConfigError(f"{root.where('roles')}: 'roles' is empty; name the roles that need a model")
    try:
        config.choose_models(agents.candidates)
    except UnknownName as error:
        raise ConfigError(f"{root.where('candidates')}: 'candidates': {error}") from None
    names: set[str] = set()
    for role, section in zip(agents.roles, root["roles"], strict=True):
        if role.name in names:
            raise ConfigError(f"{section.where('name')}: the role {role.name!r} is there twice; keep one")
        names.add(role.name)
        _check_work(role, section, task_types, suites)
        _check_models(role, section, agents, specs)
        if role.min_context > role.context and "min_context" in section:
            raise ConfigError(f"{section.where('min_context')}: 'min_context' is more than its 'context'")
    return agents


def _check_work(
    role: Role, section: FileSection, task_types: Collection[str], suites: Collection[str]
) -> None:
    if role.task_type and role.suite:
        raise ConfigError(
            f"{section.where('suite')}: a role has a 'task_type' or a 'suite'; keep one of them"
        )
    for key, name, there in (("task_type", role.task_type, task_types), ("suite", role.suite, suites)):
        if name and name not in there:
            raise ConfigError(
                f"{section.where(key)}: there is no {key.replace('_', ' ')} {name!r}{nearest(name, there)}"
            )


def _check_models(
    role: Role, section: FileSection, agents: AgentsFile, specs: Mapping[str, ModelSpec]
) -> None:
    if role.model and role.model not in specs and not find_parameters(role.model, agents.parameters):
        hint = nearest(role.model, [*specs, *agents.parameters])
        raise ConfigError(
            f"{section.where('model')}: nobody knows how large {role.model!r} is{hint} "
            "Describe it under 'models' (billions, layers, width, heads, kv_heads, vocabulary)"
        )
    if role.quantization and role.quantization.upper() not in BITS:
        raise ConfigError(
            f"{section.where('quantization')}: unknown quantisation {role.quantization!r}"
            f"{nearest(role.quantization, BITS)}"
        )
    if role.cloud and role.privacy == "local":
        raise ConfigError(f"{section.where('cloud')}: a role with 'privacy: local' has no 'cloud'; drop one")
    if role.cloud and role.cloud in specs and not is_hosted(specs[role.cloud]):
        raise ConfigError(f"{section.where('cloud')}: {role.cloud!r} runs on this machine; name another")

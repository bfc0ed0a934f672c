"""``models.yaml`` → records: models, groups of them, and which pairs the matrix leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path
from typing import Annotated, Any

from harness.credentials import is_secret_by_name, refuse_keys
from harness.errors import ConfigError
from harness.fieldtypes import Between
from harness.filesections import FileSection, check_keys, convert, expect_section, read_record
from harness.models.enginekinds import ENGINES
from harness.models.judge import JudgeSpec, read_judge
from harness.models.params import check_params
from harness.models.providers import PRESETS
from harness.names import choose, nearest
from harness.paths import builtin_models_yaml, resolve
from harness.patterns import groups_of, pattern_flaw
from harness.plugins import load
from harness.records import ModelSpec
from harness.words import listed
from harness.yamlfile import read_yaml

BASELINES = tuple(
    ModelSpec(id=name, engine="scripted", provider="baseline", family="baseline", baseline=True)
    for name in ("oracle", "nop", "random")
)
_FILES = ("path", "package", "hf")  # each says where a GGUF file is
_RULES = "rules:"  # before the name of a rules file, in a choice of models
_BUDGET = Annotated[float, Between(0, 1e9)]  # USD
_VARIABLE = re.compile(r"\$\{[^}]{0,60}\}?|\$[A-Za-z_]\w{0,60}|%[A-Z_]{2,60}%|\bos\.environ\b")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Some models with some suites, each chosen as on the command line."""

    models: str = "all"
    suites: str = "all"
    reason: str = "left out in models.yaml"


@dataclass(frozen=True, slots=True)
class Config:
    """A whole ``models.yaml``. ``models`` includes the baselines."""

    path: Path
    models: Mapping[str, ModelSpec]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    include: tuple[Pairs, ...] = ()
    exclude: tuple[Pairs, ...] = ()
    budgets: Mapping[str, float] = field(default_factory=dict)  # USD a run, by provider
    judge: JudgeSpec | None = None  # who compares answers

    def choose_models(self, wanted: str) -> list[ModelSpec]:
        """Models for ``all``, ids, globs, tags, groups, providers; ``!x`` takes ``x`` away."""
        return [self.models[name] for name in choose(wanted, self.models, "model", self._named())]

    def with_rules_files(self, wanted: str) -> Config:
        """A copy with a model for each ``rules:FILE`` of a choice: what the file makes of its models."""
        parts = [part.strip().removeprefix("!") for part in wanted.split(",")]
        files = {part: part.removeprefix(_RULES) for part in parts if part.startswith(_RULES)}
        routed = {name: ModelSpec(name, "rules", "rules", path=file) for name, file in files.items()}
        return replace(self, models={**self.models, **routed}) if routed else self

    def _named(self) -> dict[str, set[str]]:
        """Everything that stands for several models: groups, tags, providers, families."""
        named = {group: set(members) for group, members in self.groups.items()}
        for spec in self.models.values():
            labels = {*spec.tags, spec.provider, *([spec.family] if spec.family else [])}
            for label in labels:
                named.setdefault(label, set()).add(spec.id)
        return named


def find_config(given: Path | None) -> Path:
    """The file to read: the one given, ``./models.yaml``, or the one that comes with harness."""
    if given is not None:
        return given
    local = Path("models.yaml")
    return local if local.exists() else builtin_models_yaml()


def load_config(path: Path) -> Config:
    """Read ``models.yaml``. Raises ``ConfigError`` naming file, line and key.

    Keys that begin with ``x-`` hold what is merged elsewhere, and are not looked at otherwise.
    """
    refuse_keys(path)
    root = expect_section(read_yaml(path), f"{path}:1", "models.yaml")
    _check_values(root)
    sections = ("models", "groups", "matrix", "budgets", "judge")
    check_keys(root, (*sections, *(key for key in root if key.startswith("x-"))), "models.yaml")
    models: dict[str, ModelSpec] = {}
    for entry in _entries(root, "models"):
        section = expect_section(entry, root.where("models"), "a model")
        spec = _model(section)
        if spec.id in models or spec.id in {b.id for b in BASELINES}:
            raise ConfigError(f"{section.where('id')}: the id {spec.id!r} is taken; choose another")
        models[spec.id] = spec
    models.update({spec.id: spec for spec in BASELINES})
    matrix = expect_section(root.get("matrix") or FileSection(), root.where("matrix"), "'matrix'")
    if matrix:
        check_keys(matrix, ("include", "exclude"), "'matrix'")
    return Config(
        path,
        models,
        _groups(root, models),
        _pairs(matrix, "include"),
        _pairs(matrix, "exclude"),
        _budgets(root),
        read_judge(root, models),
    )


def _check_values(section: FileSection) -> None:
    """Refuse what no value may hold, wherever it stands: the names of variables, numbers that are none."""
    for key, value in section.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, FileSection):
                _check_values(one)
            elif key != "command" and isinstance(one, str) and (variable := _VARIABLE.search(one)):
                raise ConfigError(
                    f"{section.where(key)}: {variable[0]} in {key!r} is not replaced by a variable's value; "
                    "write the value (only keys are read from variables, which `api_key_env` names)"
                )
            elif isinstance(one, float) and not isfinite(one):
                raise ConfigError(f"{section.where(key)}: {key!r} must be a number, not {one}")


def _refuse_secrets(params: FileSection) -> None:
    for key, value in params.items():
        if is_secret_by_name(key):
            raise ConfigError(
                f"{params.where(key)}: {key!r} would be stored with every run; "
                "put a key into an environment variable, and name that in `api_key_env`"
            )
        if isinstance(value, FileSection):
            _refuse_secrets(value)


def _entries(section: FileSection, key: str) -> list[Any]:
    entries = section.get(key)
    if entries is not None and not isinstance(entries, list):
        raise ConfigError(f"{section.where(key)}: {key!r} must be a list")
    return entries or []


def _model(section: FileSection) -> ModelSpec:
    engine = section.get("engine")
    if not isinstance(engine, str) or engine not in ENGINES:
        raise ConfigError(
            f"{section.where('engine')}: unknown engine {engine!r:.60}{nearest(str(engine), ENGINES)}"
        )
    if "provider" not in section:
        section["provider"] = ENGINES[engine].provider
    spec = read_record(ModelSpec, section, "a model", baseline=False)
    if "params" in section:
        kind = ENGINES[engine]
        check_params(section["params"], load(kind.params) if kind.params else None)
        _refuse_secrets(section["params"])
    if len(given := [key for key in _FILES if section.get(key)]) > 1:
        raise ConfigError(f"{section.where(given[1])}: {listed(given)} name a file each; keep one of them")
    if ENGINES[engine].edits:
        _check_command(spec, section)
    elif not ENGINES[engine].local:
        spec = _with_preset(spec, section)
    beside = section.file
    return replace(
        spec,
        path=str(resolve(spec.path, beside)) if spec.path else None,
        mmproj=str(resolve(spec.mmproj, beside)) if spec.mmproj else None,
        answers=str(resolve(spec.answers, beside)) if spec.answers else None,
        allow=tuple(str(resolve(path, beside)) for path in spec.allow),
    )


def _check_command(spec: ModelSpec, section: FileSection) -> None:
    if not spec.command:
        raise ConfigError(f"{section.where()}: a model of the engine 'command' lacks 'command': [program, …]")
    if spec.cost_regex is None:
        return
    if flaw := pattern_flaw(spec.cost_regex):
        raise ConfigError(f"{section.where('cost_regex')}: 'cost_regex' is no pattern: {flaw}")
    if groups_of(spec.cost_regex) != 1:
        raise ConfigError(f"{section.where('cost_regex')}: 'cost_regex' needs one group, around the figure")


def _with_preset(spec: ModelSpec, section: FileSection) -> ModelSpec:
    preset = PRESETS.get(spec.provider)
    if preset is None and spec.base_url is None:
        raise ConfigError(
            f"{section.where('provider')}: provider {spec.provider!r} has no preset"
            f"{nearest(spec.provider, PRESETS)}; give its base_url (and api_key_env)"
        )
    if preset is None:
        return spec
    return replace(
        spec,
        base_url=spec.base_url or preset.base_url,
        api_key_env=spec.api_key_env or preset.api_key_env,
    )


def _groups(root: FileSection, models: Mapping[str, ModelSpec]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    section = root.get("groups")
    if section is None:
        return groups
    for name, members in expect_section(section, root.where("groups"), "'groups'").items():
        groups[name] = convert(members, tuple[str, ...], section, name)
        for member in groups[name]:
            if member not in models:
                raise ConfigError(
                    f"{section.where(name)}: group {name!r} names {member!r}{nearest(member, models)}"
                )
    return groups


def _budgets(root: FileSection) -> dict[str, float]:
    section = root.get("budgets")
    if section is None:
        return {}
    section = expect_section(section, root.where("budgets"), "'budgets'")
    return {name: convert(usd, _BUDGET, section, name) for name, usd in section.items()}


def _pairs(matrix: FileSection, key: str) -> tuple[Pairs, ...]:
    return tuple(
        read_record(Pairs, expect_section(entry, matrix.where(key), f"an entry of {key!r}"), f"{key!r}")
        for entry in _entries(matrix, key)
    )

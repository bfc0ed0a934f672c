"""``routing_rules.yaml``: a ``RuleSet`` as text and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection, check_keys, expect_section, read_record
from harness.names import nearest
from harness.rules.ruleset import RuleSet
from harness.yamlfile import read_yaml
from harness.yamltext import yaml_text

SCHEMA_VERSION = 1  # 1: first version

_HEADER = """\
# Which model each task type goes to, measured by harness, and written anew from the results. What you set
# by hand stays: a rule's primary and fallbacks with `pinned: true`, its params, policy, keywords and metadata
# (`match`), the policy and the role map at the end.
# A rule whose primary is null is not decided: see its reason. Keys are named here, never stored.
"""


_OPTIONAL = frozenset(
    (
        *("quality_match", "speed", "cost", "calls", "speed_class"),
        *("by_speed", "match", "context_tiers", "params", "policy"),
        *("keywords", "metadata", "min_context_tokens", "max_context_tokens"),
    )
)  # written only where they say something, which keeps files short


def to_yaml(rules: RuleSet) -> str:
    """The text of ``routing_rules.yaml``."""
    return _HEADER + yaml_text(_plain(rules))


def _plain(value: Any) -> Any:
    """Plain mappings, lists for tuples, and numbers without digits that were never measured."""
    if is_dataclass(value):
        given = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: _plain(item) for f, item in given if not _omitted(f, item)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _omitted(field: Field[Any], value: Any) -> bool:
    """Whether a field is left out of the file: it holds its default."""
    if field.name not in _OPTIONAL:
        return False
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return value is field.default or value == field.default


def load_rules(path: str | Path) -> RuleSet:
    """Read a rules file. Raises ``ConfigError`` naming file, line and key, wrong references included."""
    path = Path(path)
    if not path.exists():
        raise ConfigError(
            f"{path}: there is no such rules file; `harness report` writes reports/routing_rules.yaml, "
            f"and `harness rules build -o {path}` this one"
        )
    root = expect_section(read_yaml(path), f"{path}:1", "a rules file")
    if "schema_version" not in root:
        raise ConfigError(f"{root.where()}: there is no 'schema_version'; is this a rules file?")
    if root["schema_version"] != SCHEMA_VERSION:
        raise ConfigError(
            f"{root.where('schema_version')}: schema version {root['schema_version']!r}, this one reads "
            f"{SCHEMA_VERSION}; build the rules again with `harness rules build`"
        )
    rules = read_record(RuleSet, root, "a rules file")
    _check_names(rules, root)
    _check_values(rules, root)
    return rules


def _check_names(rules: RuleSet, root: FileSection) -> None:
    """Every model, provider and rule that is named must be there, once."""
    providers = _unique([p.id for p in rules.providers], root["providers"], "provider")
    models = _unique([m.id for m in rules.models], root["models"], "model")
    ids = _unique([r.id for r in rules.rules], root["rules"], "rule")
    for model, section in zip(rules.models, root["models"], strict=True):
        _expect(model.provider, providers, section, "provider", "provider")
    for rule, section in zip(rules.rules, root["rules"], strict=True):
        if rule.primary is not None:
            _expect(rule.primary, models, section, "primary", "model")
        for fallback in rule.fallbacks:
            _expect(fallback.model, models, section, "fallbacks", "model")
        for name in rule.by_speed.values():
            _expect(name, models, section, "by_speed", "model")
        for candidate in rule.candidates:
            _expect(candidate.model, models, section, "candidates", "model")
    if rules.default_rule is not None:
        _expect(rules.default_rule, ids, root, "default_rule", "rule")


def _check_values(rules: RuleSet, root: FileSection) -> None:
    """Refuse what nothing can meet."""
    for rule, section in zip(rules.rules, root["rules"], strict=True):
        if "by_speed" in section:
            check_keys(section["by_speed"], ("ultra_fast", "fast"), "'by_speed'")
        if not all(keyword.strip() for keyword in rule.match.keywords):
            raise ConfigError(
                f"{section['match'].where('keywords')}: a keyword is empty: every prompt has it"
            )
        low, high = rule.match.min_context_tokens, rule.match.max_context_tokens
        if high is not None and high < low:
            problem = f"no prompt has at least {low} and at most {high} tokens"
            raise ConfigError(f"{section.where('match')}: 'match': {problem}")


def expired(rules: RuleSet, now: datetime) -> str | None:
    """The day the rules were valid until, when it is over."""
    until = datetime.fromisoformat(rules.valid_until)
    return rules.valid_until[:10] if until.replace(tzinfo=until.tzinfo or UTC) < now else None


def _unique(ids: Sequence[str], sections: Sequence[FileSection], what: str) -> Sequence[str]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            raise ConfigError(f"{sections[index].where('id')}: the {what} {name!r} is there twice; keep one")
    return ids


def _expect(name: str, names: Sequence[str], section: FileSection, key: str, what: str) -> None:
    if name not in names:
        raise ConfigError(f"{section.where(key)}: {key!r} names the {what} {name!r}{nearest(name, names)}")

"""Who may ask: keys, of which only digests are kept, each with a budget of its own where it has one."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_IROTH, S_IWOTH
from typing import Annotated

from harness.credentials import refuse_keys
from harness.errors import ConfigError, warn
from harness.fieldtypes import Length
from harness.files import write_atomically
from harness.filesections import expect_section, read_record
from harness.routing.spending import Spending
from harness.rules.ruleset import SpendingLimit
from harness.yamlfile import read_yaml
from harness.yamltext import yaml_text

_DIGEST = re.compile("[0-9a-f]{64}")


def check_digest(value: object) -> str | None:
    """Why a text is no digest of a key, in words that do not show it; ``None`` if it is."""
    if not isinstance(value, str) or _DIGEST.fullmatch(value):
        return None
    return "must be the SHA-256 of a key, 64 hex digits, and never a key (so it is not shown here)"


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One key of the file, by its digest."""

    name: Annotated[str, Length(1, 100)]
    sha256: Annotated[str, check_digest]
    budget: SpendingLimit | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """``keys.yaml``."""

    keys: tuple[KeyEntry, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what of a budget is left."""

    name: str
    spending: Spending | None = None


ANYONE = Caller("anyone")


class Callers:
    """The keys of a file. Without a file everybody may ask."""

    def __init__(self, entries: tuple[KeyEntry, ...] | None) -> None:
        self._by_digest: Mapping[str, Caller] | None = None
        if entries is not None:
            self._by_digest = {
                entry.sha256: Caller(entry.name, Spending(entry.budget) if entry.budget else None)
                for entry in entries
            }

    def go_on_from(self, earlier: Callers) -> None:
        """What was spent with a key before the file was read anew counts on."""
        for digest, caller in (self._by_digest or {}).items():
            before = (earlier._by_digest or {}).get(digest)
            if caller.spending is not None and before is not None and before.spending is not None:
                caller.spending.go_on_from(before.spending)

    @property
    def open(self) -> bool:
        """Whether no key is needed."""
        return self._by_digest is None

    def budgets(self) -> dict[str, Spending]:
        """What is left of each budget, by the key's name."""
        callers = (self._by_digest or {}).values()
        return {caller.name: caller.spending for caller in callers if caller.spending is not None}

    def find(self, authorization: str | None) -> Caller | None:
        """Who has the key of an ``Authorization`` header; ``None`` where nobody has."""
        if self._by_digest is None:
            return ANYONE
        scheme, _, key = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        return self._by_digest.get(digest_of(key.strip()))  # the time that takes leaks nothing of the key


def digest_of(key: str) -> str:
    """What the file keeps of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def load_callers(file: Path | None) -> Callers:
    """The callers of ``keys.yaml``. Raises ``ConfigError`` naming file, line and key."""
    return Callers(read_keys(file) if file is not None else None)


def read_keys(file: Path) -> tuple[KeyEntry, ...]:
    """The entries of ``keys.yaml``: at least one, each name and key once. Raises ``ConfigError``."""
    if not file.exists():
        raise ConfigError(
            f"{file}: there is no such file of keys; harness serve --new-key NAME --keys {file} makes one"
        )
    rights = file.stat().st_mode
    if rights & S_IWOTH:  # and let themselves in
        raise ConfigError(f"{file}: every user of this machine can write it; chmod o-w {file}")
    refuse_keys(file)
    section = expect_section(read_yaml(file), str(file), "a file of keys")
    entries = read_record(KeyFile, section, "a file of keys").keys
    if not entries:
        raise ConfigError(f"{file}: has no key; harness serve --new-key NAME --keys {file} makes one")
    for field in ("name", "sha256"):
        values = [getattr(entry, field) for entry in entries]
        if len(set(values)) < len(values):
            raise ConfigError(f"{file}: two keys have the same {field!r}")
    if rights & S_IROTH:  # names and budgets; a digest tells nobody its key
        warn(f"{file}: every user of this machine can read it; chmod o-r {file}")
    return entries


def add_key(file: Path, name: str) -> str:
    """Make a key, keep its digest in the file, and return it; it is nowhere else. Raises ``ConfigError``."""
    entries = read_keys(file) if file.exists() else ()
    if name in {entry.name for entry in entries}:
        raise ConfigError(
            f"{file}: there is a key called {name!r} already; choose another name, or delete it there"
        )
    key = f"hk-{secrets.token_urlsafe(32)}"
    entries += (KeyEntry(name, digest_of(key)),)
    shown = [
        {"name": entry.name, "sha256": entry.sha256}
        | ({"budget": {"usd": entry.budget.usd, "period": entry.budget.period}} if entry.budget else {})
        for entry in entries
    ]
    write_atomically(file, yaml_text({"keys": shown}))
    file.chmod(0o600)
    return key

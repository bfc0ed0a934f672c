"""Importers: other people's formats become suites, one file a format, named here."""

from __future__ import annotations

from pathlib import Path

from harness.importers.base import ImportedSuite
from harness.plugins import load

IMPORTERS = {
    "exercism": "harness.importers.exercism:read",
    "humaneval": "harness.importers.humaneval:read",
    "humanevalpack": "harness.importers.humanevalpack:read",
    "mbpp": "harness.importers.mbpp:read",
}


def read(name: str, source: Path) -> ImportedSuite:
    """What ``source`` holds, in the format ``name``. Raises ``ConfigError`` naming file, line and key."""
    imported: ImportedSuite = load(IMPORTERS[name])(source)
    return imported

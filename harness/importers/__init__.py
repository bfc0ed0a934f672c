"""Importers: other people's formats become suites, one file a format, named here."""

from __future__ import annotations

from pathlib import Path

from harness.errors import ConfigError
from harness.importers.base import ImportedSuite
from harness.importers.results import RESULTS, benchmark_or_results
from harness.plugins import load

IMPORTERS = {
    "exercism": "harness.importers.exercism:read",
    "humaneval": "harness.importers.humaneval:read",
    "humanevalpack": "harness.importers.humanevalpack:read",
    "mbpp": "harness.importers.mbpp:read",
}


def read(name: str, source: Path) -> ImportedSuite:
    """What ``source`` holds, in the format ``name``.

    Raises ``ConfigError`` naming file, line and key, and what the file holds instead, where that can be seen.
    """
    try:
        imported: ImportedSuite = load(IMPORTERS[name])(source)
    except ConfigError as error:
        other = benchmark_or_results(source) if source.is_file() else None
        if other in RESULTS:
            raise ConfigError(
                f"{source}: holds results ({other}), no tasks: harness import results {source}"
            ) from error
        if other in IMPORTERS and other != name:
            raise ConfigError(f"{error}; it looks like {other}: harness import {other} {source}") from error
        raise
    return imported

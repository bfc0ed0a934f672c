"""Results that other tools measured, one file a format, named here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from harness.errors import ConfigError
from harness.importers.results.base import Measured
from harness.plugins import load

RESULTS = {
    "inspect": "harness.importers.results.inspect_log:read",
    "lm-eval": "harness.importers.results.lm_eval:read",
    "promptfoo": "harness.importers.results.promptfoo:read",
    "csv": "harness.importers.results.table:read",
}


def read_results(path: Path, name: str | None = None) -> Iterator[Measured]:
    """The samples in ``path``, in the format ``name`` or the one it looks like. Raises ``ConfigError``."""
    samples: Iterator[Measured] = load(RESULTS[name or guess(path)])(path)
    return samples


def guess(path: Path) -> str:
    """The format of a file. Raises ``ConfigError`` when it looks like none."""
    by_ending = {".csv": "csv", ".jsonl": "lm-eval", ".eval": "inspect"}
    if path.suffix in by_ending:
        return by_ending[path.suffix]
    if zipfile.is_zipfile(path):
        return "inspect"
    beginning = path.read_text("utf-8", "replace")
    if '"eval"' in beginning and '"samples"' in beginning:
        return "inspect"
    if '"results"' in beginning and '"promptIdx"' in beginning:
        return "promptfoo"
    raise ConfigError(f"{path}: not recognised; say --format {'|'.join(RESULTS)}")

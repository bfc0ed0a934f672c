"""Importers: other people's formats become suites, one file a format, named here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.importers.base import ImportedSuite
from harness.importers.results import RESULTS, benchmark_or_results
from harness.names import nearest
from harness.plugins import load


@dataclass(frozen=True, slots=True)
class Importer:
    """``read`` makes an ``ImportedSuite`` of a path, and takes ``options`` by their names.

    Where it has ``fields``, what it calls so may have other names in the source (the option ``fields``).
    """

    read: str
    fields: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


IMPORTERS = {
    "bbh": Importer("harness.importers.bbh:read", ("input", "target")),
    "exercism": Importer("harness.importers.exercism:read"),
    "gsm8k": Importer("harness.importers.questions:read", ("question", "answer", "id")),
    "humaneval": Importer("harness.importers.humaneval:read"),
    "humanevalpack": Importer("harness.importers.humanevalpack:read"),
    "inspect": Importer(
        "harness.importers.inspect_dataset:read", ("input", "target", "choices", "id", "metadata")
    ),
    "labels": Importer(
        "harness.importers.labels:read", ("text", "label", "id", "split"), ("split", "out_of_scope")
    ),
    "lm-eval": Importer("harness.importers.lm_eval_task:read", options=("data",)),
    "math": Importer(
        "harness.importers.formulas:read", ("question", "answer", "solution", "level", "type", "id")
    ),
    "mbpp": Importer("harness.importers.mbpp:read"),
    "promptfoo": Importer("harness.importers.promptfoo_tests:read"),
}


def read(name: str, source: Path, **options: Any) -> ImportedSuite:
    """What ``source`` holds, in the format ``name``.

    Raises ``ConfigError`` naming file, line and key, and what the file holds instead, where that can be seen.
    """
    importer = IMPORTERS[name]
    if importer.fields:
        options.setdefault("fields", {})
    for unknown in options.get("fields", {}).keys() - set(importer.fields):
        raise ConfigError(f"{name} has no field {unknown!r}{nearest(unknown, importer.fields)}")
    try:
        imported: ImportedSuite = load(importer.read)(source, **options)
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
